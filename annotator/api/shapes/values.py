"""Single values in shapes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


def one_of(*values: str, **options: Any) -> serializers.CharField:
    """One of these words. Written where it stands: fields of one name allow other words elsewhere."""

    @extend_schema_field({"type": "string", "enum": list(values)})
    class OneOf(serializers.CharField):
        pass

    return OneOf(**options)


class Shape(serializers.Serializer[None]):
    # Never parsed or rendered. No docstring: every shape without one of its own would say that.
    pass


@extend_schema_field(
    {
        "type": "array",
        "minItems": 1,
        "maxItems": 100,
        "items": {
            "type": "array",
            "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 1}],
            "minItems": 2,
            "maxItems": 2,
        },
        "description": "Stretches of the text as [start, end], in code points, the end exclusive.",
    }
)
class ExtentField(serializers.ListField):
    """Stretches of a text."""


def seldom(field: type[serializers.Field[Any, Any, Any, Any]], **options: Any) -> Any:
    """A field that is left out where there is nothing to tell."""
    return field(required=False, **options)


class ActorNamed(Shape):
    uuid = serializers.UUIDField()
    name = serializers.CharField()


class Span(Shape):
    """Words of a text."""

    uuid = serializers.UUIDField(help_text="Made by the client.")
    extent = ExtentField()
    quotes = serializers.ListField(
        child=serializers.CharField(), help_text="The words of each stretch, exactly as they stand."
    )
