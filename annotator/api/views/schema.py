"""The API's description of itself, and where it begins."""

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ApiView
from annotator.api.description import described
from annotator.api.lists import Parameters
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.index import Index


class IndexView(ApiView):
    @extend_schema(summary="Find your way", responses=Index)
    def get(self, request: Request) -> Response:
        """Where the description of the API stands, for machines and for people, and the projects. Anybody may
        read it."""
        named = {"schema": "api:schema", "reference": "api_reference", "projects": "api:projects"}
        return Response({key: request.build_absolute_uri(reverse(name)) for key, name in named.items()})


class SchemaView(ApiView):
    @extend_schema(
        summary="Read this description",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: OpenApiTypes.OBJECT, 304: None},
    )
    def get(self, request: Request) -> Response:
        """This document, OpenAPI 3.1 in JSON. Anybody may read it."""
        Parameters(request)
        told = described()
        return versions.tagged(request, told, versions.digest(told))
