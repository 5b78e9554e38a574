"""What changed between two releases, row by row, from their files alone: no database is asked.

What was found goes into a small SQLite file. Of the tables themselves only keys and digests are kept
meanwhile, on the disk; memory does not grow with them.
"""

import csv
import hashlib
import io
import json
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cuts_compared import by_place, lay_places
from .exporters.tables_csv import restore
from .scratch import scratch_beside
from .verification.files import Files

IGNORED = {"claims": frozenset({"release_version"})}
"""Columns that differ from release to release whatever they hold."""
LABELS = {
    "claims": "quote_printed",
    "annotations": "quotes",
    "sentences": "text",
    "articles": "title",
    "outlets": "name",
    "actors": "name",
    "actor_names": "name",
    "affiliations": "organisation",
    "events": "label",
    "claim_speakers": "actor",
    "event_participants": "actor",
    "quantities": "words",
    "positions": "proposition",
}
"""The column by which people know a row."""
LONGEST_LABEL = 300
APART = "\x1f"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError),
    *(ValueError, KeyError, TypeError, AttributeError, IndexError, StopIteration, csv.Error),
)
"""What a file that is no release, or a damaged one, may raise."""
PASSING = (OSError, sqlite3.Error)
"""What says nothing of the releases: a file that is out of reach, a full disk. Their words may hold paths."""
RESULT = """
    CREATE TABLE about (said TEXT);
    CREATE TABLE summary (place INTEGER PRIMARY KEY, name TEXT, before INTEGER, after INTEGER, added INTEGER,
        removed INTEGER, changed INTEGER, columns TEXT);
    CREATE TABLE difference (id INTEGER PRIMARY KEY, name TEXT, what TEXT, key TEXT, label TEXT,
        changes TEXT);
"""
SIDES = """
    CREATE TABLE work.old (key TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
    CREATE TABLE work.new (key TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
    CREATE TABLE work.picked (key TEXT PRIMARY KEY, what TEXT, cells TEXT) WITHOUT ROWID;
"""
PICKED = """
    INSERT INTO work.picked SELECT o.key, 'removed', '' FROM work.old o LEFT JOIN work.new n ON n.key = o.key
        WHERE n.key IS NULL
    UNION ALL SELECT n.key, 'added', '' FROM work.new n LEFT JOIN work.old o ON o.key = n.key
        WHERE o.key IS NULL
    UNION ALL SELECT n.key, 'changed', '' FROM work.new n JOIN work.old o ON o.key = n.key
        WHERE o.digest <> n.digest
"""


class NotComparable(Exception):
    """The message says of which file, and why."""


class OutOfReach(NotComparable):
    """This time: it may well do later."""


class Dataset:
    """The tables of one release as its file has them; what it raises names the file. `placed` gives the place
    of a sentence by which it is told, where it is not told by its identifier."""

    placed: Callable[[str], str] | None = None

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._files = Files(path)
            self.package = json.loads(self._files.read("data/datapackage.json"))
            self._schemas = {one["name"]: one["schema"] for one in self.package["resources"]}
            self.slug = self.package["name"].rpartition("-release-")[0] or self.package["name"]
            self.columns = {
                name: [field["name"] for field in schema["fields"]] for name, schema in self._schemas.items()
            }
        except (OSError, *UNREADABLE) as error:
            raise self.unreadable(error) from error

    def unreadable(self, error: BaseException) -> NotComparable:
        if isinstance(error, PASSING):
            return OutOfReach(f"{self.name} cannot be read now ({kind_of(error)})")
        return NotComparable(f"{self.name} cannot be read as a release ({type(error).__name__}: {error})")

    def said(self) -> dict[str, str]:
        return {
            "file": self.name,
            **{name: str(self.package[name]) for name in ("title", "version", "created")},
        }

    def rows(self, table: str) -> Iterator[tuple[str, dict[str, str]]]:
        """(key, cells by column) of each row; nothing of a table that it has not."""
        if table not in self._schemas:
            return
        try:
            key, header = self._schemas[table]["primaryKey"], self.columns[table]
            with io.TextIOWrapper(self._files.open(f"data/{table}.csv"), "utf-8", newline="") as stream:
                rows = csv.reader(stream)
                if next(rows) != header:
                    raise ValueError(f"{table}.csv has other columns than datapackage.json says")
                for cells in rows:
                    row = dict(zip(header, map(restore, cells), strict=True))
                    if self.placed is not None:
                        row = by_place(table, row, self.placed)
                    yield APART.join([row[name] for name in key]), row
        except (OSError, *UNREADABLE) as error:
            raise self.unreadable(error) from error

    def close(self) -> None:
        self._files.close()


def kind_of(error: BaseException) -> str:
    """What went wrong, without where."""
    words = getattr(error, "strerror", None)
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


@dataclass(frozen=True, slots=True)
class _Columns:
    shared: list[str]
    gone: list[str]
    new: list[str]


def compare(old: Path, new: Path, target: Path) -> None:
    """Find what changed from the one to the other and put it at `target`, there once it is whole.

    Raises NotComparable for files that are no releases, are damaged, or are of two projects; OutOfReach where
    the machine, and not the files, stood in the way.
    """
    csv.field_size_limit(2**31 - 1)
    with closing(Dataset(old)) as before, closing(Dataset(new)) as after:
        if before.slug != after.slug:
            raise NotComparable(f"{old.name} is of the project {before.slug}, {new.name} of {after.slug}")
        try:
            _write(before, after, target)
        except PASSING as error:
            raise OutOfReach(f"what changed cannot be written now ({kind_of(error)})") from error


def _write(before: Dataset, after: Dataset, target: Path) -> None:
    with scratch_beside(target) as scratch, closing(_open(scratch)) as db:
        said = {"old": before.said(), "new": after.said(), "cut": lay_places(db, before, after)}
        db.execute("INSERT INTO about VALUES (?)", [json.dumps(said, ensure_ascii=False)])
        for table in dict.fromkeys([*after.columns, *before.columns]):
            _compare_table(db, table, before, after)
        db.execute("CREATE INDEX difference_of ON difference (name, what)")
        db.execute("COMMIT")
        db.close()
        whole = scratch / "found.sqlite"
        with whole.open("rb") as stream:
            os.fsync(stream.fileno())
        whole.replace(target)


def _open(scratch: Path) -> sqlite3.Connection:
    db = sqlite3.connect(scratch / "found.sqlite", isolation_level=None)
    db.execute("ATTACH ? AS work", [str(scratch / "work.sqlite")])
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA work.journal_mode = OFF;")
    db.executescript(RESULT + SIDES)
    db.execute("BEGIN")
    return db


def _compare_table(db: sqlite3.Connection, table: str, before: Dataset, after: Dataset) -> None:
    mine, theirs = before.columns.get(table, []), after.columns.get(table, [])
    columns = _Columns(
        [name for name in theirs if name in mine and name not in IGNORED.get(table, ())],
        [name for name in mine if name not in theirs] if theirs else [],
        [name for name in theirs if name not in mine] if mine else [],
    )
    sizes = [_keep(db, side, dataset, table, columns) for side, dataset in (("old", before), ("new", after))]
    db.execute(PICKED)
    counts = dict(db.execute("SELECT what, count(*) FROM work.picked GROUP BY what"))
    numbers = [counts.get(what, 0) for what in ("added", "removed", "changed")]
    db.execute(
        "INSERT INTO summary (name, before, after, added, removed, changed, columns) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [table, *sizes, *numbers, json.dumps({"gone": columns.gone, "new": columns.new})],
    )
    if counts.keys() & {"removed", "changed"}:
        _tell_old(db, before, table)
    if counts.keys() & {"added", "changed"}:
        _tell_new(db, after, table, columns.shared)
    for name in ("old", "new", "picked"):
        db.execute(f"DELETE FROM work.{name}")  # noqa: S608  (from the line above)


def _keep(db: sqlite3.Connection, side: str, dataset: Dataset, table: str, columns: _Columns) -> int:
    """Key and digest of each row, and how many there are."""
    rows = (
        (
            key,
            hashlib.blake2b(
                APART.join(map(row.__getitem__, columns.shared)).encode(), digest_size=16
            ).digest(),
        )
        for key, row in dataset.rows(table)
    )
    try:
        return db.executemany(f"INSERT INTO work.{side} VALUES (?, ?)", rows).rowcount  # noqa: S608  (old or new)
    except sqlite3.IntegrityError:
        raise NotComparable(f"{dataset.name} has a row of {table}.csv twice") from None
    except UnicodeEncodeError as error:
        raise dataset.unreadable(error) from error


def _picked(db: sqlite3.Connection, key: str) -> tuple[str, str]:
    found = db.execute("SELECT what, cells FROM work.picked WHERE key = ?", [key]).fetchone()
    return found or ("", "")


def _tell_old(db: sqlite3.Connection, before: Dataset, table: str) -> None:
    for key, row in before.rows(table):
        what, _ = _picked(db, key)
        if what == "removed":
            _tell(db, table, what, key, row, [])
        elif what == "changed":
            db.execute("UPDATE work.picked SET cells = ? WHERE key = ?", [json.dumps(row), key])


def _tell_new(db: sqlite3.Connection, after: Dataset, table: str, shared: list[str]) -> None:
    for key, row in after.rows(table):
        what, cells = _picked(db, key)
        if what == "changed":
            was = json.loads(cells)
            _tell(db, table, what, key, row, [[n, was[n], row[n]] for n in shared if was[n] != row[n]])
        elif what == "added":
            _tell(db, table, what, key, row, [])


def _tell(
    db: sqlite3.Connection, table: str, what: str, key: str, row: dict[str, str], changes: list[list[Any]]
) -> None:
    label = row.get(LABELS.get(table, ""), "")[:LONGEST_LABEL]
    db.execute(
        "INSERT INTO difference (name, what, key, label, changes) VALUES (?, ?, ?, ?, ?)",
        [table, what, key, label, json.dumps(changes, ensure_ascii=False)],
    )
