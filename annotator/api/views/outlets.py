"""Outlets: the list, one of them, correcting what is known of it, and deleting it."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.outlets import correct, delete
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.problems import understood
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.outlet import Outlet, OutletRecord
from annotator.api.shapes.page import PAGE, page_of, words
from annotator.intents import fields
from annotator.intents.outlet import OutletRecord as Intent
from annotator.intents.outlet import parse_outlet
from annotator.queries import article_json as query
from annotator.queries.outlets import outlet_of, outlets_like
from sources.models import Project, Publication, Role


class OutletsView(ProjectView):
    """The outlets of a project: papers, sites, broadcasters, agencies."""

    @extend_schema(
        summary="List outlets",
        parameters=[*PAGE, words("q", "Words of a name, an alias or a site.")],
        responses=page_of(Outlet),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Those that stand for themselves, by name."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, "q", paged=True)
        rows = outlets_like(project, asked.text("q"), "name")
        return page(asked, rows, query.BY_NAME, lambda keys: query.outlets_json(project, keys))


class OutletView(ProjectView):
    """One outlet."""

    @extend_schema(
        summary="Read an outlet", parameters=[IF_NONE_MATCH, ETAG], responses={200: Outlet, 304: None}
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """One that was merged tells into which (`merged_into`)."""
        project, _ = self.enter(request, slug)
        Parameters(request)
        return outlet_answer(request, found(project, uuid))

    @extend_schema(
        summary="Correct an outlet",
        parameters=[IF_MATCH, ETAG],
        request=OutletRecord,
        responses=Outlet,
        examples=[
            OpenApiExample(
                "An outlet",
                {"name": "The Velm Courier", "domains": ["courier.example"], "country": "GB"},
                request_only=True,
            )
        ],
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The whole record: what is left out is emptied."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = versions.needed(request)
        with understood():
            asked = fields.mapping(request.data, "", [name for name in Intent.__slots__ if name != "version"])
            intent = parse_outlet({**asked, "version": version})
        corrected: Any = correct(by=request.user, outlet=found(project, uuid), record=intent)
        return outlet_answer(request, corrected)

    @extend_schema(summary="Delete an outlet", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For good, but its history: one that no article, actor or other outlet names. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        version = versions.needed(request)
        delete(by=request.user, outlet=found(project, uuid), version=version)
        return Response(status=204)


def outlet_answer(request: Request, outlet: Publication) -> Response:
    return versions.tagged(request, query.outlet_json(outlet), outlet.version)


def found(project: Project, uuid: UUID) -> Publication:
    """Raises Http404."""
    outlet = outlet_of(project, uuid)
    if outlet is None:
        raise Http404
    return outlet
