"""Codes that are called much as a new one would be: shown before it is made."""

from dataclasses import dataclass

from annotator.models import Code
from sources.models import Project
from sources.text.likeness import Likeness, most_alike

MOST_READ = 2000  # codes of a facet that are compared


@dataclass(frozen=True)
class Similar:
    code: Code
    alike: Likeness


def similar_to(project: Project, facet: str, name: str) -> list[Similar]:
    """The most alike first; retired ones too, which could be offered again. One query."""
    codes = Code.objects.filter(project=project, facet=facet, merged_into=None).order_by("position", "pk")
    found = most_alike(name, ((code.name, code) for code in codes[:MOST_READ]))
    return [Similar(code, alike) for code, alike in found]
