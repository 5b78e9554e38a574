"""The API's description of itself."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ApiView
from annotator.api.description import described
from annotator.api.lists import Parameters
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH


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
