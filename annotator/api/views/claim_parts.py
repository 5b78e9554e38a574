"""Parts of one claim, read and changed by themselves: the links of its chains, topics, positions, quantities
and dates. A change is one of the claim, says its version in `If-Match`, and asks for another judgement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.claim_revisions import Json, revise
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import understood
from annotator.api.shapes import chain as links
from annotator.api.shapes import claim as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.intents import claim_revision as revision
from annotator.intents.refusal import Refused
from annotator.models import Annotation, Claim
from annotator.queries.claim_body import body_of
from annotator.queries.claims_listed import claims_seen
from sources.models import Project, Role


def found(project: Project, role: Role | None, uuid: UUID) -> Claim:
    """Raises Http404, also for a claim that a visitor of that role does not see."""
    claims = claims_seen(project, role).select_related("project", "annotation__snapshot")
    claim = claims.defer("annotation__snapshot__text").filter(uuid=uuid).first()
    if claim is None:
        raise Http404
    return claim


class ClaimPartView(ProjectView):
    """GET, and PUT {"topics": [KEY]}, {"positions": [POSITION]}, {"quantities": [QUANTITY]} or the dates: all
    of that part, so that what is left out is taken away."""

    part = ""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        return self._told(request, found(project, role, uuid))

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version, sent = version_asked(request), request.data
        with understood():
            revision.with_part({}, self.part, sent)
        claim = found(project, role, uuid)
        _revised(request, claim, lambda content: revision.with_part(content, self.part, sent), version)
        return self._told(request, claim)

    def _told(self, request: Request, claim: Claim) -> Response:
        body, version = body_of(claim)
        told = {"claim": str(claim.uuid), "version": version} | revision.part_of(body["claim"], self.part)
        return versions.tagged(request, told, versions.of_all(version, told))


@extend_schema_view(
    get=extend_schema(
        summary="Read a claim's topics",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.TopicsTold, 304: None},
    ),
    put=extend_schema(
        summary="Replace a claim's topics",
        request=shapes.TopicsSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.TopicsTold,
    ),
)
class ClaimTopicsView(ClaimPartView):
    part = "topics"


@extend_schema_view(
    get=extend_schema(
        summary="Read a claim's positions",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.PositionsTold, 304: None},
    ),
    put=extend_schema(
        summary="Replace a claim's positions",
        request=shapes.PositionsSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.PositionsTold,
    ),
)
class ClaimPositionsView(ClaimPartView):
    part = "positions"


@extend_schema_view(
    get=extend_schema(
        summary="Read a claim's quantities",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.QuantitiesTold, 304: None},
    ),
    put=extend_schema(
        summary="Replace a claim's quantities",
        request=shapes.QuantitiesSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.QuantitiesTold,
    ),
)
class ClaimQuantitiesView(ClaimPartView):
    part = "quantities"


@extend_schema_view(
    get=extend_schema(
        summary="Read a claim's dates",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.DatesTold, 304: None},
    ),
    put=extend_schema(
        summary="Replace a claim's dates",
        request=shapes.ClaimDates,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.DatesTold,
    ),
)
class ClaimDatesView(ClaimPartView):
    part = "dates"


@extend_schema_view(
    get=extend_schema(
        summary="List the links of a claim's chains",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: links.Attributions, 304: None},
    ),
)
class AttributionsView(ProjectView):
    """{"results": [LINK with "chain" and "position"], "version"}: the links of the claim's chains, innermost
    first, as the claim itself holds them; both numbers count from 0."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        claim = found(project, role, uuid)
        body, version = body_of(claim)
        told = [
            {"chain": number, "position": position, **link}
            for number, chain in enumerate(body["claim"]["chains"])
            for position, link in enumerate(chain)
        ]
        answer = {"results": told, "version": version}
        return versions.tagged(request, answer, versions.of_all(version, answer))


@extend_schema_view(
    get=extend_schema(
        summary="Read a link",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: links.AttributionAnswer, 304: None},
    ),
    put=extend_schema(
        summary="Replace or add a link",
        request=links.LinkSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: links.AttributionAnswer, 201: links.AttributionAnswer},
    ),
    patch=extend_schema(
        summary="Change fields of a link",
        request=links.LinkSent,
        parameters=[IF_MATCH, ETAG],
        responses=links.AttributionAnswer,
    ),
    delete=extend_schema(summary="Take out a link", parameters=[IF_MATCH], responses={204: None}),
)
class AttributionView(ProjectView):
    """One link. PUT makes it be what is sent: in the place of the one there, or, with 201, behind the last of
    its chain or of the chains. PATCH changes the fields that are sent. DELETE takes it out; those behind it
    move up."""

    def get(self, request: Request, slug: str, uuid: UUID, chain: int, position: int) -> Response:
        project, role = self.enter(request, slug)
        return self._told(request, found(project, role, uuid), chain, position)

    def put(self, request: Request, slug: str, uuid: UUID, chain: int, position: int) -> Response:
        return self._changed(request, slug, uuid, (chain, position), revision.with_link)

    def patch(self, request: Request, slug: str, uuid: UUID, chain: int, position: int) -> Response:
        return self._changed(request, slug, uuid, (chain, position), revision.with_link_changed)

    def delete(self, request: Request, slug: str, uuid: UUID, chain: int, position: int) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        claim, version = found(project, role, uuid), version_asked(request)
        _revised(request, claim, lambda content: revision.without_link(content, chain, position), version)
        return Response(status=204)

    def _changed(
        self,
        request: Request,
        slug: str,
        uuid: UUID,
        place: tuple[int, int],
        change: Callable[[Json, int, int, Any], Json | None],
    ) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version, sent = version_asked(request), request.data
        with understood():
            change({}, 0, 0, sent)
        claim = found(project, role, uuid)
        known = revision.link_of(body_of(claim)[0]["claim"], *place) is not None
        at = f"claim.chains.{place[0]}.{place[1]}."
        _revised(request, claim, lambda content: change(content, *place, sent), version, at)
        return self._told(request, claim, *place, status=200 if known else 201)

    def _told(self, request: Request, claim: Claim, chain: int, position: int, status: int = 200) -> Response:
        body, version = body_of(claim)
        link = revision.link_of(body["claim"], chain, position)
        if link is None:
            raise Http404
        told = {"attribution": {"chain": chain, "position": position, **link}, "version": version}
        return versions.tagged(request, told, versions.of_all(version, told), status=status)


def _revised(
    request: Request,
    claim: Claim,
    revised: Callable[[Json], Json | None],
    version: int | None,
    at: str = "claim.",
) -> None:
    """Fields that are refused are told as those of the part. Raises Http404 where nothing is to revise."""
    try:
        saved = revise(by=request.user, claim=claim, revised=revised, version=version)
    except Refused as error:
        raise error.told_at(lambda field: field.removeprefix(at)) from error
    if saved is None:
        raise Http404
    claim.annotation = Annotation.objects.select_related("snapshot").get(pk=claim.pk)
    claim.refresh_from_db(fields=["status"])
