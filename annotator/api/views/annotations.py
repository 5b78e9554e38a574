"""The annotations of a project; and saving, removing and bringing back one of them under the UUID that its
maker gave it."""

from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import annotations, claims
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import Problem, understood
from annotator.api.shapes import annotation as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.api.shapes.search import moment, several
from annotator.intents.annotation import parse_annotation
from annotator.models import Actor, Annotation, Event, Kind, Origin, SupportingSpan
from annotator.queries.annotation_json import actors_json, annotations_json
from annotator.queries.annotations_listed import IN_TURN, WantedAnnotations, annotations_like
from annotator.queries.event_json import events_json
from annotator.queries.owned import NOTHING, owned
from annotator.queries.reading import marked_in
from sources.models import Project, Role

SPANS = (
    *("link__claim", "source__attribution__claim", "party__attribution__claim", "party__claim", "claim"),
)
"""Ways from supporting words to the claim that they support."""


def _any_of(model: type[Model], ways: tuple[str, ...], claim: int, column: str) -> QuerySet[Any]:
    """Rows that any of the ways joins to the claim; a union, so that each way has its index."""
    first, *others = (model._default_manager.filter(Q((way, claim))).values(column) for way in ways)
    return first.union(*others)


def _spans_of(claim: int) -> QuerySet[Any]:
    return _any_of(SupportingSpan, SPANS, claim, "annotation")


def answer(annotation: Annotation, status: int = 200, role: Role | None = Role.VIEWER) -> Response:
    """What `told` says, under the annotation's version."""
    body = told(annotation, role)
    return Response(body, status=status, headers={"ETag": f'"{body["annotation"]["version"]}"'})


def told(annotation: Annotation, role: Role | None = Role.VIEWER) -> dict[str, Any]:
    """The annotation with what came with it: its supporting spans, the actors and events it names."""
    parts = owned([annotation.pk]) if annotation.kind == Kind.CLAIM else NOTHING
    itself, also = annotations_json([annotation.pk], role, parts)[0], []
    actors, events = Actor.objects.none(), Event.objects.none()
    if parts & {"links", "targets", "words"}:
        also = annotations_json(Annotation.objects.filter(pk__in=_spans_of(annotation.pk)))
    if parts & {"links", "targets"}:
        named = ("attributions__attribution__claim", "parties__attribution__claim", "parties__claim")
        actors = Actor.objects.filter(pk__in=_any_of(Actor, named, annotation.pk, "survivor"))
    if annotation.kind == Kind.ACTOR:
        actors = Actor.objects.filter(family__mentions=annotation.pk)
        reasons = Annotation.objects.filter(support__actor__mentions=annotation.pk)
        also = annotations_json(reasons.filter(snapshot=annotation.snapshot_id))
    elif annotation.kind == Kind.EVENT:
        meant = Event.objects.filter(mentions=annotation.pk).values("survivor_key")
        events = Event.objects.filter(pk__in=meant)
        own_event = Annotation.objects.filter(support__event__survivor_key__in=meant)
        also = annotations_json(own_event.filter(snapshot=annotation.snapshot_id))
    return {
        "annotation": itself,
        "also": also,
        "actors": actors_json(actors),
        "events": events_json(events),
    }


def _found(project: Project, uuid: UUID) -> Annotation:
    """Raises Annotation.DoesNotExist."""
    return Annotation.objects.get(project=project, uuid=uuid)


@extend_schema_view(
    get=extend_schema(
        summary="List annotations",
        parameters=[
            uuid_asked("text", "Of this text alone."),
            uuid_asked("article", "Of this article alone."),
            several("kind", "What the words are.", Kind.values),
            several("author", "Usernames, or UUIDs."),
            several("origin", "How they came.", Origin.values),
            moment("since", "Changed at that moment or later."),
            *PAGE,
        ],
        responses=page_of(shapes.AnnotationShape),
    ),
)
class AnnotationsView(ProjectView):
    """Those that stand, as they were made: {"results": [ANNOTATION], "next", "previous"}. `?text=` or
    `?article=` a UUID; `?kind=`, `?origin=` and `?author=` (a username or UUID), each several times and then
    any of them; `?since=` when they were changed last, at the earliest."""

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        several = ("kind", "author", "origin")
        asked = lists.Parameters(request, "text", "article", "since", several=several, paged=True)
        wanted = WantedAnnotations(
            text=asked.uuid("text"),
            article=asked.uuid("article"),
            kind=asked.choices("kind", Kind.values),
            author=asked.texts("author", 150),
            origin=asked.choices("origin", Origin.values),
            since=asked.moment("since"),
        )
        found = annotations_like(project, role, wanted)
        tell = lists.in_order(Annotation, lambda rows: annotations_json(rows, role))
        return lists.page(asked, found, IN_TURN, tell)


@extend_schema_view(
    get=extend_schema(
        summary="Read an annotation",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.AnnotationAnswer, 304: None},
    ),
    put=extend_schema(
        summary="Make or change an annotation",
        description="Under a UUID of the client's making. 201 where it is new, 200 where it is there.",
        request=shapes.AnnotationSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.AnnotationAnswer, 201: shapes.AnnotationAnswer},
        examples=[shapes.A_CLAIM],
    ),
    delete=extend_schema(
        summary="Withdraw a claim, or delete a mention",
        description="A claim is kept, and can be brought back. What something else stands on stays: 409.",
        parameters=[IF_MATCH],
        responses={204: None},
    ),
)
class AnnotationView(ProjectView):
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        found = _found(project, uuid)
        if role is None and not marked_in(found.snapshot).filter(pk=found.pk).exists():
            raise Annotation.DoesNotExist
        body = told(found, role)
        tag = versions.of_all(body["annotation"]["version"], body)
        return versions.tagged(request, body, tag)

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_annotation(uuid, request.data)
        saved = annotations.save(by=request.user, project=project, intent=intent, version=version)
        return answer(saved.annotation, 201 if saved.created else 200)

    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        annotations.remove(by=request.user, project=project, uuid=uuid, version=version_asked(request))
        return Response(status=204)


@extend_schema_view(
    post=extend_schema(
        summary="Bring back a withdrawn claim",
        description="Of what is no claim, 409: make it anew.",
        request=None,
        responses=shapes.AnnotationAnswer,
    ),
)
class RestoreView(ProjectView):
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        annotation = _found(project, uuid)
        if annotation.kind != Kind.CLAIM:
            raise Problem(
                409, "Only a claim is withdrawn and brought back; what else is deleted is made anew."
            )
        claims.restore(by=request.user, claim=annotation.claim)
        return answer(annotation)
