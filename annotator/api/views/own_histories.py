"""What became of one claim, actor, event, outlet, article or code: who changed what, when, in words."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.shapes.history import HistoryTold
from annotator.models import Actor, Code, Event
from annotator.queries.histories import history_of, public_history_of
from annotator.queries.history_json import history_json
from sources.models import Article, Publication, Role

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


class OwnHistoryView(ProjectView):
    """Of a `model` of the project, for its members."""

    model: type[Model]

    def told(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        rows: QuerySet[Any] = self.model._default_manager.filter(project=project, uuid=uuid)
        if (one := rows.first()) is None:
            raise Http404
        return Response({"results": history_json(history_of(one))})


class ActorHistoryView(OwnHistoryView):
    model = Actor

    @extend_schema(summary="Read an actor's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first. For members."""
        return self.told(request, slug, uuid)


class EventHistoryView(OwnHistoryView):
    model = Event

    @extend_schema(summary="Read an event's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first. For members."""
        return self.told(request, slug, uuid)


class OutletHistoryView(OwnHistoryView):
    model = Publication

    @extend_schema(summary="Read an outlet's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first, with what was merged into it. For members."""
        return self.told(request, slug, uuid)


class ArticleHistoryView(OwnHistoryView):
    model = Article

    @extend_schema(summary="Read an article's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Of its record, of the parts of its texts and of likely reprints; the latest act first.
        For members."""
        return self.told(request, slug, uuid)


class CodeHistoryView(OwnHistoryView):
    model = Code

    @extend_schema(summary="Read a code's history", responses=HistoryTold)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The latest act first, with merges. For members."""
        return self.told(request, slug, uuid)
