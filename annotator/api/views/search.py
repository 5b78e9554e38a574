"""Finding claims and articles at once."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.problems import refused
from annotator.api.shapes.found import Found
from annotator.api.shapes.page import LIMIT, words
from annotator.intents.refusal import Refused
from annotator.queries.finding import found_json


class SearchView(ProjectView):
    """Words in claims and in articles."""

    @extend_schema(
        summary="Search claims and articles",
        parameters=[
            words(
                "q",
                'Words that must stand there, in any order; `"words in quotation marks"` in that order; '
                "`begin*` finds what begins so; `-word` must not be there.",
                500,
            ),
            LIMIT,
        ],
        responses=Found,
    )
    def get(self, request: Request, slug: str) -> Response:
        """At most `limit` of each, the newest claims and the latest articles first; the lists of claims and
        of articles take the same `q` and go on."""
        project, role = self.enter(request, slug)
        asked = Parameters(request, "q", "limit")
        typed = asked.text("q", 500)
        if not typed:
            raise refused(Refused("q", "required", "says what to look for"), 400)
        return Response(found_json(project, role, typed, asked.limit))
