"""Sentences of two releases that different segmenters cut: the same where they stand at the same place.

A new cut gives every sentence another identifier. Told by these, all of them went and came; told by their
places, only those did that the segmenter cut otherwise.
"""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Protocol

Row = dict[str, str]
PLACES = "CREATE TABLE work.places_{side} (id TEXT PRIMARY KEY, place TEXT) WITHOUT ROWID"
NEEDED = {"sentence_id", "snapshot_id", "start", "end", "segmenter"}


class Tables(Protocol):
    columns: dict[str, list[str]]
    placed: Callable[[str], str] | None

    def rows(self, table: str) -> Iterator[tuple[str, Row]]: ...


def lay_places(db: sqlite3.Connection, before: Tables, after: Tables) -> dict[str, list[str]] | None:
    """Let both tell sentences by their places if other segmenters cut them, and say which; None where they
    are the same."""
    if not all(set(side.columns.get("sentences", ())) >= NEEDED for side in (before, after)):
        return None
    cut_by = {"old": _laid(db, "old", before), "new": _laid(db, "new", after)}
    if cut_by["old"] == cut_by["new"] or not all(cut_by.values()):
        return None
    before.placed, after.placed = _finder(db, "old"), _finder(db, "new")
    return {side: sorted(names) for side, names in cut_by.items()}


def _laid(db: sqlite3.Connection, side: str, tables: Tables) -> set[str]:
    """Keeps the places of a side's sentences and tells who cut them."""
    db.execute(PLACES.format(side=side))
    cut_by: set[str] = set()

    def places() -> Iterator[tuple[str, str]]:
        for _, row in tables.rows("sentences"):
            cut_by.add(row["segmenter"])
            yield row["sentence_id"], f"{row['snapshot_id']} {row['start']}-{row['end']}"

    db.executemany(f"INSERT OR IGNORE INTO work.places_{side} VALUES (?, ?)", places())  # noqa: S608  (old or new)
    return cut_by


def _finder(db: sqlite3.Connection, side: str) -> Callable[[str], str]:
    find = f"SELECT place FROM work.places_{side} WHERE id = ?"  # noqa: S608  (old or new)

    def placed(identifier: str) -> str:
        found = db.execute(find, [identifier]).fetchone()
        return found[0] if found else identifier

    return placed


def by_place(table: str, row: Row, placed: Callable[[str], str]) -> Row:
    """The row with places for the identifiers of sentences."""
    if table == "sentences":
        return row | {"sentence_id": placed(row["sentence_id"]), "segmenter": ""}
    if row.get("sentence_ids"):
        return row | {"sentence_ids": ";".join(map(placed, row["sentence_ids"].split(";")))}
    return row
