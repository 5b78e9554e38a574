"""The API's description (OpenAPI 3.1), made by drf-spectacular from what the views say of themselves."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes

from .shapes.problem import ProblemDocument

PROBLEM = "application/problem+json"


class Description(AutoSchema):
    """Names operations after their views, and says of each that its refusals are problem documents."""

    def get_operation_id(self) -> str:
        name = type(self.view).__name__.removesuffix("View")
        return f"{self.method.lower()}_{re.sub('(?<=[a-z])(?=[A-Z])', '_', name).lower()}"

    def get_tags(self) -> list[str]:
        return [type(self.view).__module__.rpartition(".")[2].replace("_", " ")]

    def get_request_serializer(self) -> Any:
        """Of what is not described yet: any object."""
        return OpenApiTypes.OBJECT if self.method in ("PUT", "PATCH", "POST") else None

    def get_response_serializers(self) -> Any:
        return OpenApiTypes.OBJECT

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        told: dict[str, Any] = super()._get_response_bodies(direction)
        refused = self._get_response_for_code(ProblemDocument, "default", [PROBLEM], direction)
        told["default"] = refused | {"description": "Refused: a problem document says what, where and why."}
        return told


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "annotator.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of yours, made on the page “API tokens” of your account.",
        }


@cache
def described() -> dict[str, Any]:
    """The whole description, made once a process."""
    return SchemaGenerator().get_schema(request=None, public=True)


def undescribed() -> set[str]:
    """ "get RoomView" of each operation that does not say what it takes and gives."""
    return {f"{method.lower()} {view.__name__}" for method, view in _operations() if not _says(view, method)}


def _operations() -> Iterator[tuple[str, Any]]:
    for _, _, method, callback in EndpointEnumerator().get_api_endpoints():
        yield method, callback.cls


def _says(view: Any, method: str) -> bool:
    return "schema" in getattr(getattr(view, method.lower()), "kwargs", {})
