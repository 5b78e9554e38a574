"""Which events are one: the alike, two side by side, what is said of two, merging and taking apart again."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import event_merges
from annotator.api.access import ProjectView
from annotator.api.parsing import storable
from annotator.api.problems import understood
from annotator.api.shapes import event as shapes
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.intents import fields
from annotator.intents.event_merge import parse_comparison, parse_merge
from annotator.intents.refusal import Refused
from annotator.models import EventMerge
from annotator.queries import event_identity_json as told
from annotator.queries.event_twins import twins_of
from annotator.queries.events import event_called
from sources.models import Role

SIDES = 5


@extend_schema_view(
    get=extend_schema(summary="List events that may be this one", responses=shapes.AlikeEvents),
)
class AlikeEventsView(ProjectView):
    """{"results": [{"uuid", "label", "said", "score", "reasons"}]}, the likeliest first."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        event = event_called(project, uuid)
        if event is None:
            raise Http404
        return Response({"results": told.twins_json(twins_of(event))})


@extend_schema_view(
    get=extend_schema(
        summary="Compare events",
        parameters=[uuid_asked("event", "Each of them.", many=True)],
        responses=shapes.EventSides,
    ),
    post=extend_schema(
        summary="Say whether two events may be one",
        request=shapes.EventComparisonSent,
        responses=shapes.EventComparisonAnswer,
    ),
)
class ComparedEventsView(ProjectView):
    """`?event=` a UUID, twice and more: {"sides": [SIDE]} in that order, merged ones as their survivors.

    POST {"one", "other", "sameness": "perhaps", "different" or "" (taken back), "note"}: {"comparison"}, null
    where it was taken back.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug, Role.VIEWER)
        asked = request.query_params.getlist("event")
        with understood():
            if not 1 < len(asked) <= SIDES:
                raise Refused("event", "items", f"two to {SIDES} are compared at once")
            uuids = [fields.identifier(storable(one, "event"), "event") for one in asked]
        sides = told.sides_json(project, uuids, role)
        if sides is None:
            raise Http404
        return Response({"sides": sides})

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_comparison(request.data)
        said = event_merges.compare(by=request.user, project=project, intent=intent)
        return Response({"comparison": told.comparison_json(said)})


@extend_schema_view(
    get=extend_schema(
        summary="List an event's merges",
        parameters=[uuid_asked("event", "On either side.", required=True)],
        responses=shapes.EventMerges,
    ),
    post=extend_schema(
        summary="Merge two events", request=shapes.EventMergeSent, responses={201: shapes.EventMergeAnswer}
    ),
)
class EventMergesView(ProjectView):
    """`?event=` UUID: {"results": [MERGE]}, on either side of which it stands, the newest first; to readers
    of a public project those in force.

    POST {"survivor", "other", "survivor_version", "other_version", "reason"}: 201 {"merge"}. Asking twice is
    asking once; 412 with `current` where a version is no longer what it was.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        with understood():
            event = fields.identifier(storable(request.query_params.get("event", ""), "event"), "event")
        return Response({"results": told.merges_json(told.merges_of(project, event, role))})

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_merge(request.data)
        made = event_merges.merge(by=request.user, project=project, intent=intent)
        return Response({"merge": _told(made)}, status=201)


@extend_schema_view(
    post=extend_schema(summary="Take apart merged events", request=None, responses=shapes.EventMergeAnswer),
)
class UndoneEventMergeView(ProjectView):
    """POST: {"merge"}. Undoing twice is undoing once."""

    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        try:
            merge = event_merges.undo(by=request.user, project=project, uuid=uuid)
        except EventMerge.DoesNotExist:
            raise Http404 from None
        return Response({"merge": _told(merge)})


def _told(merge: EventMerge) -> told.Json:
    return told.merges_json(EventMerge.objects.filter(pk=merge.pk))[0]
