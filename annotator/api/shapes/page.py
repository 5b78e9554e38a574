"""Lists, as `annotator.api.lists.page` answers them."""

from functools import cache
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from annotator.api.lists import AT_ONCE, MOST_AT_ONCE

AFTER, BEFORE = (
    OpenApiParameter(
        name,
        {"type": "string", "maxLength": 4000},
        description=f"The page {name} a place: taken from `{link}` and never made by hand.",
    )
    for name, link in (("after", "next"), ("before", "previous"))
)
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE, "default": AT_ONCE},
    description="Rows of a page.",
)
PAGE = (LIMIT, AFTER, BEFORE)
"""The parameters of every list."""


@cache
def page_of(shape: type[serializers.Serializer[Any]]) -> Any:
    """{"results": [SHAPE], "next", "previous"}."""
    return inline_serializer(
        f"{shape.__name__}Page",
        {
            "results": shape(many=True),
            "next": serializers.URLField(allow_null=True, help_text="The page after this one."),
            "previous": serializers.URLField(allow_null=True, help_text="The page before this one."),
        },
    )


def words(name: str, description: str, most: int = 200) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "string", "maxLength": most}, description=description)


def choice(name: str, description: str, allowed: list[str]) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, enum=allowed, description=description)


def uuid(name: str, description: str, *, many: bool = False, required: bool = False) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.UUID, description=description, many=many, required=required)
