"""A project's vocabulary as people read it."""

from dataclasses import dataclass

from annotator.models import Code, Facet
from sources.models import Project


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
