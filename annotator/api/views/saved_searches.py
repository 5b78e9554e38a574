"""The searches that members keep: their own, and those that are shared."""

from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import saved_searches
from annotator.api import claim_search, lists, versions
from annotator.api.access import ProjectView
from annotator.api.problems import understood
from annotator.api.shapes import saved_search as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.intents import fields
from annotator.intents.refusal import Refused
from annotator.intents.saved_search import parse_change, parse_saving
from annotator.models import SavedSearch
from annotator.queries import saved_searches as query
from annotator.queries.keyset import Order, whole
from sources.models import Project, Role, User

AS_KEPT = Order(("pk",), (whole,), descending=False)
KNOWN = (*claim_search.ONE, *claim_search.SEVERAL, "show", "width")


def search_json(search: SavedSearch, user: User) -> dict[str, Any]:
    return {
        "uuid": str(search.uuid),
        "name": search.name,
        "search": search.search,
        "shared": search.shared,
        "mine": search.owner_id == user.pk,
        "owner": str(search.owner),
        "version": search.version,
    }


class SavedSearchesView(ProjectView):
    @extend_schema(
        summary="List kept searches", parameters=[*PAGE], responses=page_of(shapes.SavedSearchShape)
    )
    def get(self, request: Request, slug: str) -> Response:
        """Your own and the shared ones, as they were kept. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = lists.Parameters(request, paged=True)
        found = query.searches_of(project, request.user)

        def tell(keys: list[Any]) -> list[Any]:
            return [search_json(one, request.user) for one in found.filter(pk__in=keys).order_by("pk")]

        # Backwards or forwards, a page's rows stand as they were kept.
        return lists.page(asked, found, AS_KEPT, tell)

    @extend_schema(
        summary="Keep a search",
        request=shapes.SavedSearchSent,
        responses={201: shapes.SavedSearchAnswer},
        examples=[shapes.A_SEARCH],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Under a name that no other search of yours has."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            data = fields.mapping(request.data, "", ("name", "search", "shared"))
            intent = parse_saving({**data, "search": _canonical(data.get("search"))})
        made = saved_searches.save(by=request.user, project=project, intent=intent)
        return _told(request, made, 201)


class SavedSearchView(ProjectView):
    @extend_schema(
        summary="Read a kept search",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.SavedSearchAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Your own, or a shared one."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        return _told(request, _found(project, request.user, uuid))

    @extend_schema(
        summary="Rename or share a kept search",
        request=shapes.SavedSearchChange,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.SavedSearchAnswer,
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For its owner; a shared one for managers too."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        search = _changeable(project, role, request.user, uuid)
        with understood():
            data = fields.mapping(request.data, "", ("name", "shared"))
            parse_change({**data, "version": 1})
        intent = parse_change({**data, "version": versions.needed(request)})
        if (intent.name, intent.shared) != (search.name, search.shared):
            search = saved_searches.change(by=request.user, search=search, intent=intent)
        return _told(request, search)

    @extend_schema(summary="Remove a kept search", responses={204: None})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For its owner; a shared one for managers too."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        saved_searches.remove(by=request.user, search=_changeable(project, role, request.user, uuid))
        return Response(status=204)


def _found(project: Project, user: User, uuid: UUID) -> SavedSearch:
    search = query.searches_of(project, user).filter(uuid=uuid).first()
    if search is None:
        raise Http404
    return search


def _changeable(project: Project, role: Role | None, user: User, uuid: UUID) -> SavedSearch:
    search = _found(project, user, uuid)
    if not query.may_change(project, role, user, search):
        raise PermissionDenied("Only its owner or a manager changes a search.")
    return search


def _told(request: Request, search: SavedSearch, status: int = 200) -> Response:
    body = {"search": search_json(search, request.user)}
    return versions.tagged(request, body, versions.of_all(search.version, body), status=status)


def _canonical(value: Any) -> str:
    """The search with its fields in one order, so that the same search is the same text. Raises Refused for
    a field that no search has."""
    written = fields.text(value, "search", 4000)
    asked = [(name, said) for name, said in parse_qsl(written.removeprefix("?")) if said]
    for name, _ in asked:
        if name not in KNOWN:
            raise Refused("search", "known_parameter", f"“{name[:60]}” is not a field of a search")
    return urlencode(sorted(asked, key=lambda one: (KNOWN.index(one[0]), one[1])))
