"""Who is whom: actors compared and merged, anonymous ones resolved, the alike spoken on; all of it undone."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import identities
from annotator.api.access import ProjectView
from annotator.api.parsing import storable
from annotator.api.problems import understood
from annotator.api.shapes import actor as shapes
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.intents import fields
from annotator.intents.actor_record import MOST_MERGED, parse_comparison, parse_merge, parse_resolution
from annotator.intents.refusal import Refused
from annotator.models import Actor, ActorMerge, ActorResolution
from annotator.queries import actor_json, actor_sides
from annotator.queries.actors_open import actor_open_to
from annotator.queries.annotation_json import actors_json
from sources.models import Project, Role


@extend_schema_view(
    get=extend_schema(
        summary="Compare actors",
        parameters=[uuid_asked("actor", "Each of them.", many=True)],
        responses=shapes.ActorSides,
    ),
)
class ComparedActorsView(ProjectView):
    """`?actor=` a UUID, twice and more: {"sides": [SIDE]} in that order, merged ones as their survivors and
    anonymous ones left out."""

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug, Role.VIEWER)
        asked = request.query_params.getlist("actor")
        with understood():
            if len(asked) > MOST_MERGED + 1:
                raise Refused("actor", "max_items", f"at most {MOST_MERGED + 1} are compared at once")
            uuids = [fields.identifier(storable(one, "actor"), "actor") for one in asked]
        return Response({"sides": actor_json.sides_json(project, uuids, role)})


@extend_schema_view(
    get=extend_schema(
        summary="List an actor's merges",
        parameters=[uuid_asked("actor", "On either side.", required=True)],
        responses=shapes.ActorMerges,
    ),
    post=extend_schema(
        summary="Merge actors", request=shapes.ActorMergeSent, responses={201: shapes.ActorMergesMade}
    ),
)
class ActorMergesView(ProjectView):
    """`?actor=` UUID: {"results": [MERGE]}, on either side of which it stands, the newest first; to readers
    of a public project those in force.

    POST {"survivor", "merged": [UUID], "versions": {UUID: version}, "reason"}: 201 {"merges": [MERGE]}.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        with understood():
            actor = fields.identifier(storable(request.query_params.get("actor", ""), "actor"), "actor")
        return Response({"results": actor_json.merges_json(actor_json.merges_of(project, actor, role))})

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_merge(request.data)
        made = identities.merge(by=request.user, project=project, intent=intent)
        rows = ActorMerge.objects.filter(pk__in=[merge.pk for merge in made])
        return Response({"merges": actor_json.merges_json(rows)}, status=201)


@extend_schema_view(
    post=extend_schema(summary="Take apart merged actors", request=None, responses=shapes.ActorMergeUndone),
)
class UndoneMergeView(ProjectView):
    """POST: {"merge", "actor"}, the actor that stands for itself again. Undoing twice is undoing once."""

    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        merge = actor_sides.merge_of(project, uuid)
        if merge is None:
            raise Http404
        actor = identities.undo_merge(by=request.user, merge=merge)
        (told,) = actor_json.merges_json(ActorMerge.objects.filter(pk=merge.pk))
        (freed,) = actors_json(Actor.objects.filter(pk=actor.pk))
        return Response({"merge": told, "actor": freed})


@extend_schema_view(
    get=extend_schema(summary="List who an anonymous actor turned out to be", responses=shapes.Resolutions),
    post=extend_schema(
        summary="Say who an anonymous actor turned out to be",
        request=shapes.ResolutionSent,
        responses={201: shapes.ResolutionAnswer},
    ),
)
class ResolutionsView(ProjectView):
    """Who an anonymous actor turned out to be: {"results": [RESOLUTION]}, the newest first; to members
    undone ones too.

    POST {"named", "reason", "evidence"}: 201 {"resolution"}.
    """

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        said = ActorResolution.objects.filter(anonymous=_actor_or_404(project, uuid, role))
        said = said if role else said.filter(undone_at=None)
        return Response({"results": actor_json.resolutions_json(said)})

    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        anonymous = _actor_or_404(project, uuid, role)
        with understood():
            intent = parse_resolution(request.data)
        made = identities.resolve(by=request.user, anonymous=anonymous, intent=intent)
        return Response({"resolution": _resolution(made)}, status=201)


@extend_schema_view(
    post=extend_schema(
        summary="Take back who an anonymous actor turned out to be",
        request=None,
        responses=shapes.ResolutionAnswer,
    ),
)
class UndoneResolutionView(ProjectView):
    """POST: {"resolution"}. Undoing twice is undoing once."""

    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        resolution = actor_sides.resolution_of(project, uuid)
        if resolution is None:
            raise Http404
        identities.undo_resolution(by=request.user, resolution=resolution)
        return Response({"resolution": _resolution(resolution)})


@extend_schema_view(
    get=extend_schema(summary="List actors who may be one", responses=shapes.Likenesses),
    post=extend_schema(
        summary="Say whether two actors may be one",
        request=shapes.ActorComparisonSent,
        responses=shapes.ActorComparisonAnswer,
    ),
)
class LikenessesView(ProjectView):
    """Likely duplicates, each pair with the reason, and what was said of pairs.

    POST {"first", "second", "sameness": "perhaps", "different" or "" (taken back), "note"}: {"comparison"},
    null where it was taken back.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        return Response(actor_json.likenesses_json(project, role))

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_comparison(request.data)
        said = identities.compare(by=request.user, project=project, intent=intent)
        return Response({"comparison": actor_json.comparison_json(said)})


def _actor_or_404(project: Project, uuid: UUID, role: Role | None) -> Actor:
    actor = actor_open_to(project, uuid, role)
    if actor is None:
        raise Http404
    return actor


def _resolution(resolution: ActorResolution) -> dict[str, object]:
    (told,) = actor_json.resolutions_json(ActorResolution.objects.filter(pk=resolution.pk))
    return told
