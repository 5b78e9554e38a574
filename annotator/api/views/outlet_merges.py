"""Which outlets are one: said, told, and taken back."""

from uuid import UUID

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import outlets as act
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.problems import understood
from annotator.api.shapes.headers import ETAG
from annotator.api.shapes.outlet import Outlet, OutletMergeSent
from annotator.api.shapes.page import PAGE, page_of
from annotator.intents.outlet import parse_outlet_merge
from annotator.intents.refusal import Refused
from annotator.queries import article_json as query
from annotator.queries.outlets import merged_into
from sources.models import Publication, Role

from .outlets import found, outlet_answer

TWO = "c0ffee00-0000-4000-8000-00000000000"
A_MERGE = OpenApiExample(
    "Two that are one",
    {
        "gone": f"{TWO}1",
        "kept": f"{TWO}2",
        "gone_version": 1,
        "kept_version": 3,
        "reason": "Renamed in 2019.",
    },
    request_only=True,
)


class OutletMergesView(ProjectView):
    @extend_schema(
        summary="Merge two outlets",
        parameters=[ETAG],
        request=OutletMergeSent,
        responses=Outlet,
        examples=[A_MERGE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """What points to the one points to the other from now on, which is called by both names and found at
        both’s sites; the answer is that other one. 412 with `current` where one is no longer what was looked
        at."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_outlet_merge(request.data)
        try:
            kept = act.merge(by=request.user, project=project, intent=intent)
        except Publication.DoesNotExist:
            raise Refused("", "exists", "one of the two is not in this project") from None
        return outlet_answer(request, kept)


class MergedOutletsView(ProjectView):
    @extend_schema(
        summary="List what was merged into an outlet", parameters=[*PAGE], responses=page_of(Outlet)
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """By name. Their articles are counted as its own."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, paged=True)
        rows = merged_into(found(project, uuid))
        return page(asked, rows, query.BY_NAME, lambda keys: query.merged_outlets_json(rows, keys))


class UndoneOutletMergeView(ProjectView):
    @extend_schema(summary="Take apart merged outlets", request=None, parameters=[ETAG], responses=Outlet)
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Asked of the one that was merged: it stands for itself again, with what was moved and still is
        where the merge left it. Twice is once."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        return outlet_answer(request, act.undo_merge(by=request.user, outlet=found(project, uuid)))
