"""Codes as a list of the API, and one with all that it says."""

from django.db.models import QuerySet

from annotator.models import Code
from sources.models import Project, Role

from .annotation_json import Json
from .code_uses import times_used
from .keyset import Order, whole

AS_MADE = Order(("pk",), (whole,), descending=False)


def codes_like(project: Project, facets: tuple[str, ...], retired: bool | None) -> QuerySet[Code]:
    """Of these facets, or of all; retired ones alone, none of them, or whichever."""
    found = Code.objects.filter(project=project)
    if facets:
        found = found.filter(facet__in=facets)
    return found if retired is None else found.filter(retired_at__isnull=not retired)


def codes_json(codes: QuerySet[Code], role: Role | None) -> list[Json]:
    """As they were made, each with the `times` it is used in what a visitor of that role may see. One query,
    and one for each facet among them."""
    rows = list(codes.select_related("project", "parent", "merged_into").order_by("pk"))
    times = times_used(rows[0].project, sorted({code.facet for code in rows}), role) if rows else {}
    return [
        {
            "uuid": str(code.uuid),
            "facet": code.facet,
            "key": code.key,
            "name": code.name,
            "definition": code.definition,
            "examples": code.examples.split("\n") if code.examples else [],
            "colour": code.colour,
            "shortcut": code.shortcut,
            "parent": code.parent.key if code.parent else "",
            "merged_into": code.merged_into.key if code.merged_into else "",
            "retired": code.retired_at is not None,
            "position": code.position,
            "times": times.get(code.pk, 0),
            "version": code.version,
        }
        for code in rows
    ]
