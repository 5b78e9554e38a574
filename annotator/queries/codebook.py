"""A project's vocabulary as people read it, and as it is frozen."""

from dataclasses import dataclass

from annotator.models import Code, Facet
from sources.models import Project

Content = dict[str, list[dict[str, object]]]


@dataclass(frozen=True)
class FacetCodes:
    name: str
    codes: list[Code]


def codebook_of(project: Project) -> list[FacetCodes]:
    """Every facet with its codes in their order, retired ones last. One query."""
    codes = list(Code.objects.filter(project=project).order_by("retired_at", "position", "name"))
    return [
        FacetCodes(str(label), [code for code in codes if code.facet == facet])
        for facet, label in Facet.choices
    ]


def content_of(project: Project) -> Content:
    """The codebook as it now stands, by facet: key, name, definition, whether retired, and what else a code
    says where it says anything."""
    content: Content = {facet: [] for facet in Facet.values}
    codes = Code.objects.filter(project=project).select_related("parent", "merged_into")
    for code in codes.order_by("facet", "position", "id"):
        seldom = {
            "examples": code.examples.split("\n") if code.examples else [],
            "colour": code.colour,
            "shortcut": code.shortcut,
            "parent": code.parent.key if code.parent else "",
            "merged_into": code.merged_into.key if code.merged_into else "",
        }
        content[code.facet].append(
            {
                "key": code.key,
                "name": code.name,
                "definition": code.definition,
                "retired": code.retired_at is not None,
                **{name: value for name, value in seldom.items() if value},
            }
        )
    return content
