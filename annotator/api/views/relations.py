"""What claims do to each other: said, told, taken back."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import relations
from annotator.api.access import ProjectView
from annotator.api.parsing import storable
from annotator.api.problems import understood
from annotator.intents import fields
from annotator.intents.relation import parse_relation
from annotator.models import ClaimRelation
from annotator.queries.relations import relations_json, relations_seen
from sources.models import Project, Role


class RelationsView(ProjectView):
    """Those of one claim, from either end: `?claim=` its identifier."""

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        with understood():
            claim = fields.identifier(storable(request.query_params.get("claim", ""), "claim"), "claim")
        return Response({"results": relations_json(relations_seen(project, role, claim))})


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
