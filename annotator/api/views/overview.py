"""A project at a glance: how far its claims are, who speaks how often, of what, when, and after whom."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.claim_search import asked_of, order_of, wanted_of
from annotator.api.lists import MOST_AT_ONCE
from annotator.api.shapes import overview as shapes
from annotator.api.shapes.page import LIMIT
from annotator.api.shapes.search import CLAIM_SEARCH
from annotator.queries.overview import claims_of
from annotator.queries.overview_json import overview_json

ROWS = 50
"""Of each ranking, where nobody says how many."""


class OverviewView(ProjectView):
    @extend_schema(
        summary="Read a project's numbers", parameters=[*CLAIM_SEARCH, LIMIT], responses=shapes.Overview
    )
    def get(self, request: Request, slug: str) -> Response:
        """Of the claims that the same search finds. The page shows them with `once`."""
        project, role = self.enter(request, slug)
        asked = asked_of(request, "limit", paged=False)
        order_of(asked)
        most = asked.number("limit", MOST_AT_ONCE, ROWS)
        return Response(overview_json(claims_of(project, wanted_of(asked), role), most))
