"""Which numbers the words of a text give: proposals, never stored."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.parsing import words_asked
from annotator.api.problems import Problem
from annotator.api.shapes.page import words
from annotator.api.shapes.room import NumbersMeant
from annotator.queries.numbers import number_meant, numbers_within, text_called
from sources.text.offsets import BadExtent, Extent


@extend_schema_view(
    get=extend_schema(
        summary="Propose which numbers words give",
        parameters=[
            words("extent", "Stretches of the text, as in 10-40;52-90.", 2000),
            words("words", "Words to be read as a whole.", 4000),
        ],
        responses=NumbersMeant,
    ),
)
class NumbersView(ProjectView):
    """`?extent=10-40;52-90`: the numbers within those stretches, in code points. `?words=`: the one that
    these words give as a whole. {"numbers": [{"words", "qualifier", "low", "high", "unit"}]}, empty in any
    doubt."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug)
        snapshot = text_called(project, uuid)
        if snapshot is None:
            raise Http404
        if "words" in request.query_params:
            found = number_meant(words_asked(request, 300, "words"), snapshot.article.language)
            return Response({"numbers": [found] if found else []})
        try:
            extent = Extent.parse(request.query_params.get("extent", ""))
            extent.check_within(len(snapshot.text))
        except BadExtent as error:
            told = {"field": "extent", "rule": "extent", "message": error.reason}
            raise Problem(400, f"extent: {error.reason}", [told]) from error
        return Response({"numbers": numbers_within(snapshot, extent)})
