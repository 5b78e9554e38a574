"""The tables of a release of ours, read only once all of it holds."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO

from annotator.exchange.tables import TABLE
from annotator.exchange.verification import verify

from .bundle import At, NotRead
from .files import Files

Row = Mapping[str, str]
"""Cells by column, and the row's number under `row`: the header is row 1."""
_MARK = "bagit.txt"
_MOST_SAID = 5


class _Bag:
    """What the checks of `verification/files.py` ask of the files of a bag, by path below its top folder."""

    def __init__(self, files: Files, top: str) -> None:
        self._files = files
        self.paths = {name.removeprefix(top): name for name in files.names if name.startswith(top)}

    def open(self, path: str) -> IO[bytes]:
        return BytesIO(self.read(path))

    def read(self, path: str) -> bytes:
        return self._files.read(self.paths[path])

    def digest(self, path: str) -> tuple[str, int]:
        from hashlib import sha256

        raw = self.read(path)
        return sha256(raw).hexdigest(), len(raw)

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True)
class Release:
    """`tables` are rows by table. Lists in cells are parted by `values`."""

    files: _Bag
    tables: Mapping[str, list[Row]]

    def text(self, digest: str) -> str | None:
        path = f"data/texts/{digest}.txt"
        return self.files.read(path).decode() if path in self.files.paths else None

    def at(self, table: str, row: Row) -> At:
        return At(f"data/{table}.csv", int(row["row"]))

    def by(self, table: str, column: str) -> Mapping[str, list[Row]]:
        """Rows by what they have in the column, in their order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.tables[table]:
            found[row[column]].append(row)
        return found

    @cached_property
    def annotations(self) -> Mapping[str, Row]:
        return {row["annotation_id"]: row for row in self.tables["annotations"]}


def values(cell: str) -> list[str]:
    return cell.split(";") if cell else []


def read_release(files: Files) -> Release:
    """Raises NotRead: no release, or one of which not everything holds. Of another format's release the
    tables are what is read; what they do not have yet is empty."""
    tops = [name.removesuffix(_MARK) for name in files.names if name.rpartition("/")[2] == _MARK]
    if len(tops) != 1:
        raise NotRead(At(files.name), "is no release: it does not hold one bagit.txt")
    bag = _Bag(files, tops[0])
    tables: dict[str, list[Row]] = {name: [] for name in TABLE}

    def keep(db: sqlite3.Connection) -> None:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name != "refers":
                tables[name] = list(_rows(db, name))

    report = verify(bag, then=keep)
    if not report.ok:
        said = "; ".join(report.lines[:_MOST_SAID])
        more = f"; and {report.count - _MOST_SAID} more" if report.count > _MOST_SAID else ""
        raise NotRead(At(files.name), f"not all of the release holds: {said}{more}")
    return Release(bag, tables)


def _rows(db: sqlite3.Connection, table: str) -> Iterator[Row]:
    name = table.replace('"', '""')
    cursor = db.execute(f'SELECT * FROM "{name}" ORDER BY row')  # noqa: S608  (quoted)
    names = [column[0] for column in cursor.description]
    empty = dict.fromkeys(TABLE[table].header, "") if table in TABLE else {}
    for found in cursor:
        yield empty | {column: str(cell) for column, cell in zip(names, found, strict=True)}
