"""Which query parameters an operation takes: those that its description names."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.views import APIView

_known: dict[tuple[type[APIView], str], frozenset[str]] = {}


def asked_of(view: APIView, method: str) -> frozenset[str]:
    """Their names. An operation that names none takes none."""
    name = method.lower()
    key = type(view), name
    if key not in _known:
        _known[key] = _described(view, name)
    return _known[key]


def _described(view: APIView, name: str) -> frozenset[str]:
    made: Any = getattr(getattr(view, name, None), "kwargs", {}).get("schema")
    if made is None:
        return frozenset()
    schema = made()
    schema.view, schema.method = view, name.upper()
    said = schema.get_override_parameters()
    return frozenset(one.name for one in said if one.location == OpenApiParameter.QUERY)
