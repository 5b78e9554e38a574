"""The rows that tell what the changes of a project are of: as they stand, or as they were when they went."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from annotator.models import (
    Annotation,
    Attribution,
    AttributionSource,
    Comment,
    Discussion,
    Party,
)
from sources.models import Change, Snapshot

from .history_words import Row

COLUMNS: dict[type[Model], tuple[str, ...]] = {
    AttributionSource: ("attribution_id", "actor_id", "mention_id"),
    Party: ("attribution_id", "claim_id", "actor_id", "words", "mention_id"),
    Attribution: ("claim_id", "chain", "position", "role"),
    Annotation: ("uuid", "kind", "quotes", "snapshot_id"),
    Snapshot: ("uuid", "article_id", "number"),
    Comment: ("discussion_id", "text"),
    Discussion: ("claim_id", "actor_id", "event_id", "article_id"),
}
STEPS: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (AttributionSource, ("source_id",)),
    (Party, ("party_id",)),
    (Attribution, ("link_id", "attribution_id")),
    (Comment, ("comment_id",)),
    (Discussion, ("discussion_id",)),
    (Annotation, ("annotation_id", "annotation_key", "mention_id", "claim_id", "inside_id", "other_id")),
    (Snapshot, ("snapshot_id", "old_snapshot_id", "new_snapshot_id")),
)
"""Which rows are looked for, each by columns of the changes and of rows found before. Claims share their key
with their annotation."""
NAMED: tuple[str, ...] = ("name", "label", "title", "words")
"""What a row that went was called."""


class Parts:
    """At most two queries for each of seven tables, however many changes."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._rows: dict[str, dict[int, Row]] = defaultdict(dict)
        seen: list[Row] = []
        for change in changes:
            for row in (change.before, change.after):
                if row is not None:
                    seen.append(row)
                    if change.row_id is not None:
                        self._rows[change.table][change.row_id] = row
        for model, columns in STEPS:
            wanted = {row[name] for row in seen for name in columns if row.get(name) is not None}
            seen += self._find(model, wanted)

    def of(self, model: type[Model], key: int | None) -> Row:
        """Empty where there is none, nor ever was."""
        return self._rows[model._meta.db_table].get(key or 0, {})

    def rows(self) -> list[tuple[str, int, Row]]:
        return [(table, key, row) for table, rows in self._rows.items() for key, row in rows.items()]

    def _find(self, model: type[Model], wanted: set[int]) -> list[Row]:
        table = model._meta.db_table
        own = self._rows[table]
        missing = wanted - own.keys()
        found: dict[int, Row] = {}
        if missing:
            rows = model._default_manager.filter(pk__in=missing).values("pk", *COLUMNS[model])
            found = {row.pop("pk"): row for row in rows}
        if gone := missing - found.keys():
            found |= went(table, gone)
        own |= found
        return list(found.values())


def went(table: str, keys: set[int]) -> dict[int, Row]:
    """By key, what rows that were deleted held when they went. One query."""
    told = Change.objects.filter(table=table, row_id__in=keys, operation="DELETE").order_by("pk")
    return {key: before for key, before in told.values_list("row_id", "before") if key is not None and before}


def called_when_they_went(tables: dict[str, set[int]]) -> dict[tuple[str, int], str]:
    """What rows of several tables were called when they were deleted. One query, or none."""
    keys = {key for some in tables.values() for key in some}
    if not keys:
        return {}
    told = Change.objects.filter(table__in=list(tables), row_id__in=keys, operation="DELETE").order_by("pk")
    names: dict[tuple[str, int], str] = {}
    for table, key, before in told.values_list("table", "row_id", "before"):
        if key in tables[table]:
            names[table, key] = _called(before or {})
    return names


def _called(row: dict[str, Any]) -> str:
    return next((str(row[name]) for name in NAMED if row.get(name)), "")
