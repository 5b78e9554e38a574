"""What `differences.py` found, read page by page, and as files."""

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .differences import APART
from .exporters.tables_csv import neutralise

WHAT = ("added", "removed", "changed")
BATCH = 1000


@dataclass(frozen=True, slots=True)
class TableSummary:
    """How many rows a table had and has, and what became of them; columns that only one of the two has."""

    name: str
    before: int
    after: int
    added: int
    removed: int
    changed: int
    columns_gone: tuple[str, ...]
    columns_new: tuple[str, ...]

    @property
    def same(self) -> bool:
        return not (self.added or self.removed or self.changed or self.columns_gone or self.columns_new)

    def number(self, what: str) -> int:
        return {"added": self.added, "removed": self.removed, "changed": self.changed}[what]


@dataclass(frozen=True, slots=True)
class Difference:
    """`changes` are (column, before, after), of a row that changed alone."""

    table: str
    what: str
    key: str
    label: str
    changes: tuple[tuple[str, str, str], ...]


class Differences:
    """Valid inside `differences_in` alone."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (said,) = db.execute("SELECT said FROM about").fetchone()
        self.old: dict[str, str] = json.loads(said)["old"]
        self.new: dict[str, str] = json.loads(said)["new"]
        self.cut: dict[str, list[str]] | None = json.loads(said).get("cut")
        """Who cut the sentences of "old" and of "new", where it was not the same; they are then told by their
        places in the text."""

    def tables(self) -> list[TableSummary]:
        rows = self._db.execute(
            "SELECT name, before, after, added, removed, changed, columns FROM summary ORDER BY place"
        )
        made = []
        for name, before, after, added, removed, changed, columns in rows:
            said = json.loads(columns)
            numbers = (before, after, added, removed, changed)
            made.append(TableSummary(name, *numbers, tuple(said["gone"]), tuple(said["new"])))
        return made

    def rows(self, table: str = "", what: str = "", most: int = -1, start: int = 0) -> Iterator[Difference]:
        """Those of a table, and of one kind, if that is asked for; at most so many, beginning with the one
        at `start`. A cursor: memory stays flat."""
        asked = [(column, value) for column, value in (("name", table), ("what", what)) if value]
        where = " AND ".join(f"{column} = ?" for column, _ in asked) or "1"
        found = self._db.execute(
            f"SELECT name, what, key, label, changes FROM difference WHERE {where} "  # noqa: S608  (from here)
            "ORDER BY id LIMIT ? OFFSET ?",
            [*(value for _, value in asked), most, start],
        )
        for name, kind, key, label, changes in found:
            columns = tuple((column, before, after) for column, before, after in json.loads(changes))
            yield Difference(name, kind, key.replace(APART, ", "), label, columns)


@contextmanager
def differences_in(path: Path) -> Iterator[Differences]:
    """What was found, from the file at `path`, which is never written to."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as db:
        yield Differences(db)


def as_csv(path: Path) -> Iterator[bytes]:
    """A line for each column of each row that changed, and one for each row that came or went; cells are safe
    to open in a spreadsheet as those of a release are."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(["table", "what", "key", "label", "column", "before", "after"])
    with differences_in(path) as found:
        for number, one in enumerate(found.rows(), 1):
            for change in one.changes or (("", "", ""),):
                writer.writerow(map(neutralise, (one.table, one.what, one.key, one.label, *change)))
            if number % BATCH == 0:
                yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    made = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return made


def as_json(path: Path) -> Iterator[bytes]:
    """The two releases, the numbers of each table, and every difference, one a line."""
    with differences_in(path) as found:
        numbers = {one.name: {what: one.number(what) for what in WHAT} for one in found.tables()}
        head: dict[str, Any] = {"old": found.old, "new": found.new, "tables": numbers}
        if found.cut:
            head["cut"] = found.cut
        yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "differences": ['
        before = "\n"
        for one in found.rows():
            said: dict[str, Any] = {"table": one.table, "what": one.what, "key": one.key, "label": one.label}
            if one.changes:
                said["changes"] = {column: {"before": b, "after": a} for column, b, a in one.changes}
            yield (before + json.dumps(said, ensure_ascii=False)).encode()
            before = ",\n"
        yield b"\n]}\n"
