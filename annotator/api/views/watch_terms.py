"""Where a project's watch terms stand in a text, and adding and removing them from there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.watch_terms import add, change, place, remove
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import understood
from annotator.api.shapes import watch_term as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.intents.watch_term import ChangeWatchTerm, parse_adding, parse_placing
from annotator.models import WatchTerm
from annotator.queries.annotation_json import Json
from annotator.queries.keyset import Order, whole
from annotator.queries.watch_terms import may_change, watch_term_json, watched_in
from sources.models import Project, Role, User

AS_ADDED = Order(("pk",), (whole,), descending=False)


class HitsView(ProjectView):
    """For members: what a project watches for is not told to the readers of a public one.

    `If-None-Match` with the ETag of an earlier answer: 304, before anything is looked for.
    """

    @extend_schema(
        summary="Find watch terms in a text",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.HitsShape, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        watched = watched_in(project, uuid)
        if watched is None:
            raise Http404
        headers = {"ETag": f'"{watched.tag}"', "Cache-Control": "private, no-cache"}
        asked = request.headers.get("If-None-Match", "").strip().removeprefix("W/").strip('"')
        if asked == watched.tag:
            return Response(status=304, headers=headers)
        return Response(watched.as_json(), headers=headers)


class WatchTermsView(ProjectView):
    @extend_schema(summary="List watch terms", parameters=[*PAGE], responses=page_of(shapes.WatchTermShape))
    def get(self, request: Request, slug: str) -> Response:
        """As they were added. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = lists.Parameters(request, paged=True)

        def tell(rows: QuerySet[WatchTerm]) -> list[Json]:
            return [watch_term_json(term) for term in rows]

        found = WatchTerm.objects.filter(project=project)
        return lists.page(asked, found, AS_ADDED, lists.in_order(WatchTerm, tell))

    @extend_schema(
        summary="Add watch terms",
        request=shapes.WatchTermsSent,
        responses={200: shapes.WatchTermsAdded, 201: shapes.WatchTermsAdded},
        examples=[shapes.SOME_TERMS],
    )
    def post(self, request: Request, slug: str) -> Response:
        """`lines`, one term each. Adding what is there already adds nothing: 200."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_adding(request.data)
        added = add(by=request.user, project=project, intent=intent)
        told = {"added": [term.words for term in added.made], "known": added.known}
        return Response(told, status=201 if added.made else 200)


class WatchTermView(ProjectView):
    """One term under the UUID that its maker gave it, so that asking twice is asking once."""

    @extend_schema(
        summary="Read a watch term",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.WatchTermAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        term = _found(project, uuid)
        return versions.tagged(request, {"watch_term": watch_term_json(term)}, term.version)

    @extend_schema(
        summary="Add or change a watch term",
        request=shapes.WatchTermSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.WatchTermAnswer, 201: shapes.WatchTermAnswer},
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """201 where it is new. What is watched for already, under whichever UUID, is answered with 200 as it
        stands. With `If-Match` it is changed: by whoever added it, and by managers."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_placing(uuid, request.data)
        if version is not None:
            term = _own(project, role, request.user, uuid)
            wanted = ChangeWatchTerm(intent.term, intent.note, version)
            term, made = change(by=request.user, term=term, intent=wanted), False
        else:
            term, made = place(by=request.user, project=project, intent=intent)
        headers = {"ETag": f'"{term.version}"'}
        return Response({"watch_term": watch_term_json(term)}, status=201 if made else 200, headers=headers)

    @extend_schema(summary="Remove a watch term", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For whoever added it, and for managers; with `If-Match` only as long as nobody has changed it."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        remove(by=request.user, term=_own(project, role, request.user, uuid), version=version)
        return Response(status=204)


def _found(project: Project, uuid: UUID) -> WatchTerm:
    term = WatchTerm.objects.filter(project=project, uuid=uuid).first()
    if term is None:
        raise Http404
    return term


def _own(project: Project, role: Role | None, user: User, uuid: UUID) -> WatchTerm:
    """Raises Http404, PermissionDenied."""
    term = _found(project, uuid)
    if not may_change(project, role, user, term):
        raise PermissionDenied("Only a manager changes what somebody else added.")
    return term
