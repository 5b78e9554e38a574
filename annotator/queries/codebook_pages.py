"""What the pages of the codebook show: codes with how often they are used, merges, versions."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from annotator.models import Code, CodebookVersion, CodeMerge, Facet
from sources.models import Project, Role

from .code_uses import in_words, times_used, use_of


@dataclass
class CodeRow:
    code: Code
    times: int
    under: list["CodeRow"] = field(default_factory=list)

    @property
    def used(self) -> str:
        return in_words(self.code, self.times)


@dataclass(frozen=True)
class FacetPage:
    key: str
    name: str
    count: int
    current: bool


@dataclass(frozen=True)
class Preview:
    """What merging `gone` into `kept` would do; `double` rows give way to one of the kept code."""

    gone: CodeRow
    kept: CodeRow
    double: int
    contrary: int
    under: int

    @property
    def moving(self) -> int:
        return self.gone.times - self.double


def facet_pages(project: Project, current: str) -> list[FacetPage]:
    """The facets with their number of codes in use. One query."""
    codes = Code.objects.filter(project=project, retired_at=None).values_list("facet", flat=True)
    counts: dict[str, int] = {}
    for facet in codes:
        counts[facet] = counts.get(facet, 0) + 1
    return [FacetPage(key, str(name), counts.get(key, 0), key == current) for key, name in Facet.choices]


def rows_of(project: Project, facet: str, role: Role | None) -> tuple[list[CodeRow], list[CodeRow]]:
    """The codes of a facet in use, those under another below it; and the retired ones. Two queries."""
    codes = Code.objects.filter(project=project, facet=facet).select_related("parent", "merged_into")
    times = times_used(project, [facet], role)
    rows = [CodeRow(code, times.get(code.pk, 0)) for code in codes.order_by("position", "name", "pk")]
    offered = {row.code.pk: row for row in rows if row.code.retired_at is None}
    top: list[CodeRow] = []
    for row in offered.values():
        above = offered.get(row.code.parent_id or 0)
        (above.under if above else top).append(row)
    return top, [row for row in rows if row.code.retired_at is not None]


def code_of(project: Project, uuid: UUID, role: Role | None) -> CodeRow | None:
    return _row_of(project, role, uuid=uuid)


def code_keyed(project: Project, facet: str, key: str) -> CodeRow | None:
    return _row_of(project, Role.VIEWER, facet=facet, key=key)


def _row_of(project: Project, role: Role | None, **called: Any) -> CodeRow | None:
    codes = Code.objects.select_related("parent", "merged_into", "project")
    code = codes.filter(project=project, **called).first()
    return CodeRow(code, times_used(project, [code.facet], role).get(code.pk, 0)) if code else None


def targets_for(code: Code) -> QuerySet[Code]:
    """Codes that this one could be merged into."""
    codes = Code.objects.filter(project=code.project_id, facet=code.facet, retired_at=None)
    return codes.exclude(pk=code.pk).order_by("position", "name", "pk")


def preview(gone: CodeRow, kept: CodeRow) -> Preview:
    """Counted now; what is coded until the merge moves with it."""
    use = use_of(gone.code.facet)
    double = contrary = 0
    if use.once:
        same = " AND ".join(f"o.{column} = t.{column}" for column in use.once)
        stand = "t.stand <> o.stand" if gone.code.facet == Facet.CONCEPT else "false"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*), count(*) FILTER (WHERE {stand}) "  # noqa: S608  names of our own
                f"FROM {use.table} t JOIN {use.table} o ON {same} "
                f"WHERE t.{use.column} = %s AND o.{use.column} = %s",
                [gone.code.pk, kept.code.pk],
            )
            double, contrary = cursor.fetchone()
    return Preview(gone, kept, double, contrary, gone.code.children.count())


def merges_of(project: Project, facet: str) -> list[CodeMerge]:
    """The newest first; those undone too."""
    merges = CodeMerge.objects.filter(project=project, facet=facet)
    return list(merges.select_related("gone", "kept", "author", "undone_by").order_by("-pk")[:50])


def versions_of(project: Project) -> list[CodebookVersion]:
    """The newest twenty, without their content."""
    versions = CodebookVersion.objects.filter(project=project).defer("content")
    return list(versions.select_related("created_by").order_by("-number")[:20])
