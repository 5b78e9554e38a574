"""What became of a claim, an actor or an event: who changed what, when, in words."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.shapes.history import HistoryTold
from annotator.models import Actor, Event
from annotator.queries.histories import history_of, public_history_of
from annotator.queries.history_json import history_json
from sources.models import Role

from .claim_parts import found


class ClaimHistoryView(ProjectView):
    @extend_schema(summary="Read a claim's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first; the last 3,000 changes. Readers of a public project are told nothing of the
        time before it was handed in but who marked it and when."""
        project, role = self.enter(request, slug)
        Parameters(request)
        claim = found(project, role, uuid)
        deeds = history_of(claim) if role else public_history_of(claim)
        return Response({"results": history_json(deeds)})


class ActorHistoryView(ProjectView):
    @extend_schema(summary="Read an actor's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        actor = Actor.objects.filter(project=project, uuid=uuid).first()
        if actor is None:
            raise Http404
        return Response({"results": history_json(history_of(actor))})


class EventHistoryView(ProjectView):
    @extend_schema(summary="Read an event's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        event = Event.objects.filter(project=project, uuid=uuid).first()
        if event is None:
            raise Http404
        return Response({"results": history_json(history_of(event))})
