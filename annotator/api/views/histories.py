"""What became of a claim, an actor, an event or a whole project: who changed what, when, in words."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.http import Http404, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.files import RENDERERS, streamed
from annotator.api.lists import Parameters, page, wrong
from annotator.api.shapes.changes_made import ChangeMade
from annotator.api.shapes.history import HistoryTold
from annotator.api.shapes.page import PAGE, choice, page_of, uuid, words
from annotator.models import Actor, Event
from annotator.queries import project_history as query
from annotator.queries.histories import history_of, public_history_of
from annotator.queries.history_json import entries_json, history_json
from annotator.queries.history_kinds import KINDS
from sources.models import Project, Role, User

from .claim_parts import found

HISTORY = (
    words("person", "By whom: the name that they sign in with.", 150),
    choice("kind", "Of what.", list(KINDS)),
    words("since", "From that day on (UTC).", 10),
    words("until", "Until that day, it included.", 10),
    uuid("article", "Of that article’s record and the parts of its texts."),
    uuid("mark", "Of that annotation, with what it marks."),
    words("member", "What was done to that member’s standing: the name that they sign in with.", 150),
)

LINES = "application/x-ndjson"
AT_ONCE = 200
"""Lines that are sent together."""


class ProjectHistoryView(ProjectView):
    @extend_schema(
        summary="List all that was changed", parameters=[*PAGE, *HISTORY], responses=page_of(ChangeMade)
    )
    def get(self, request: Request, slug: str) -> Response:
        """One change of one row each, the latest first; what meets every condition. For members; e-mail
        addresses of invited people are told to managers alone."""
        project, role = self.enter(request, slug, Role.VIEWER)
        parameters = Parameters(request, *(one.name for one in HISTORY), paged=True)
        changes = query.changes_in(project, _asked(parameters, project))
        return page(
            parameters, changes, query.LATEST, lambda keys: entries_json(query.entries(project, keys, role))
        )


class ProjectHistoryFileView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(
        summary="Download all that was changed",
        parameters=[*HISTORY],
        responses={(200, LINES): OpenApiResponse(OpenApiTypes.BINARY, description="The file.")},
    )
    def get(self, request: Request, slug: str) -> StreamingHttpResponse:
        """The same changes, the oldest first, as JSON Lines: a record a line, with each row as it was stored
        before and after. For members."""
        project, role = self.enter(request, slug, Role.VIEWER)
        parameters = Parameters(request, *(one.name for one in HISTORY))
        changes = query.changes_in(project, _asked(parameters, project))
        return streamed(_lines(query.exported(changes, role)), f"{project.slug}-history.jsonl", LINES)


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Some at a time: a piece for each line would be slow to send."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some).encode()


def _asked(parameters: Parameters, project: Project) -> query.Asked:
    """Raises Problem (400), naming the parameter."""
    first, last = parameters.day("since"), parameters.day("until")
    if first and last and first > last:
        raise wrong("until", "order", "ends the period before it begins")
    named = {one: parameters.text(one, 150) for one in ("person", "member")}
    people = {one.username: one for one in query.people_of(project)} if any(named.values()) else {}
    return query.Asked(
        person=_one_of(people, "person", named["person"]),
        kind=parameters.choice("kind", KINDS),
        first=first,
        last=last,
        article=parameters.uuid("article"),
        mark=parameters.uuid("mark"),
        member=_one_of(people, "member", named["member"]),
    )


def _one_of(people: dict[str, User], name: str, said: str) -> User | None:
    if said and said not in people:
        raise wrong(name, "known", "names nobody who is or was a member")
    return people[said] if said else None


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
