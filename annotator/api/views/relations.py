"""What claims do to each other: said, told, taken back."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import relations
from annotator.api import lists
from annotator.api.access import ProjectView
from annotator.api.problems import understood
from annotator.api.shapes import relation as shapes
from annotator.api.shapes.page import PAGE, page_of
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.api.shapes.search import several
from annotator.intents.relation import parse_relation
from annotator.models import ClaimRelation
from annotator.queries.keyset import Order, whole
from annotator.queries.relations import relations_json, relations_seen
from sources.models import Project, Role

AS_SAID = Order(("pk",), (whole,), descending=False)


class RelationsView(ProjectView):
    @extend_schema(
        summary="List what claims do to each other",
        parameters=[
            uuid_asked("claim", "Of this claim alone, from either end."),
            several("kind", "Keys of the codebook's relation kinds."),
            *PAGE,
        ],
        responses=page_of(shapes.RelationShape),
    )
    def get(self, request: Request, slug: str) -> Response:
        """As they were said, between claims that stand."""
        project, role = self.enter(request, slug)
        asked = lists.Parameters(request, "claim", several=("kind",), paged=True)
        found = relations_seen(project, role, asked.uuid("claim"))
        if kinds := asked.texts("kind"):
            found = found.filter(kind__key__in=kinds)
        return lists.page(asked, found, AS_SAID, lists.in_order(ClaimRelation, relations_json))


@extend_schema_view(
    get=extend_schema(summary="Read a relation", responses=shapes.RelationShape),
    put=extend_schema(
        summary="Say what a claim does to another",
        description="Said once, under whichever UUID; said otherwise it has to be taken back first.",
        request=shapes.RelationSent,
        responses={200: shapes.RelationShape, 201: shapes.RelationShape},
        examples=[shapes.A_DENIAL],
    ),
    delete=extend_schema(summary="Take back a relation", responses={204: None}),
)
class RelationView(ProjectView):
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        return Response(_told(relations_seen(project, role).filter(uuid=uuid)))

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_relation(uuid, request.data)
        relation, made = relations.state(by=request.user, project=project, intent=intent)
        return Response(_told(ClaimRelation.objects.filter(pk=relation.pk)), status=201 if made else 200)

    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        relations.unrelate(by=request.user, relation=_found(project, uuid))
        return Response(status=204)


def _found(project: Project, uuid: UUID) -> ClaimRelation:
    relation = ClaimRelation.objects.filter(project=project, uuid=uuid).first()
    if relation is None:
        raise Http404
    return relation


def _told(found: Any) -> dict[str, Any]:
    told = relations_json(found)
    if not told:
        raise Http404
    return told[0]
