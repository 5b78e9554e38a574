"""A dataset beside the store it came from: what the store contradicts, and what has changed since."""

import csv
import io
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings

from annotator.queries.departed import fates
from sources.models import Project, Snapshot
from sources.text.digest import sha256_hex
from sources.text.offsets import BadExtent, Extent

from .exporters.tables_csv import restore
from .publish import as_it_stands
from .since import COMPARED, news, stage
from .tables import TABLE
from .verification.files import Files

BATCH = 200
"""Annotations whose texts are in memory at a time."""
Cells = dict[str, str]


@dataclass
class Comparison:
    """`contradicted`: the stored text does not say what the dataset says. `changed`: news since then."""

    contradicted: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def compare(path: Path, project: Project | None = None) -> Comparison:
    """The dataset at `path` (ZIP or folder), which has been verified, with the store.

    Of `project` alone, else of the project that the first of its texts is from; what is elsewhere counts as
    missing. Texts are asked for in batches, one query each; what has changed takes as many queries as a
    release does, whatever it holds.
    """
    found = Comparison()
    files = Files(path)
    try:
        project = project or _project_of(files)
        found.contradicted += _contradictions(files, project)
        if project is not None:
            found.changed += _changes(files, project)
    finally:
        files.close()
    return found


def _lines(files: Files, table: str) -> Iterator[list[str]]:
    """The header, then each row, its cells as they were before they were made safe for spreadsheets."""
    csv.field_size_limit(2**31 - 1)
    with io.TextIOWrapper(files.open(f"data/{table}.csv"), "utf-8", newline="") as stream:
        for cells in csv.reader(stream):
            yield [restore(cell) for cell in cells]


def _rows(files: Files, table: str) -> Iterator[tuple[int, Cells]]:
    """Each row with its number; the header is row 1."""
    lines = _lines(files, table)
    header = next(lines)
    for number, cells in enumerate(lines, 2):
        yield number, dict(zip(header, cells, strict=True))


def _uuid(cell: str) -> UUID | None:
    try:
        return UUID(cell)
    except ValueError:
        return None


def _project_of(files: Files) -> Project | None:
    wanted = [_uuid(row["snapshot_id"]) for _, row in islice(_rows(files, "snapshots"), BATCH)]
    return Project.objects.filter(snapshots__uuid__in=filter(None, wanted)).order_by("pk").first()


def _contradictions(files: Files, project: Project | None) -> Iterator[str]:
    rows = _rows(files, "annotations")
    while batch := list(islice(rows, BATCH)):
        texts = _texts(project, {_uuid(row["snapshot_id"]) for _, row in batch})
        for number, row in batch:
            for words in _contradicted(row, texts.get(_uuid(row["snapshot_id"]))):
                yield f"annotations.csv row {number} ({row['annotation_id']}): {words}"


def _texts(project: Project | None, wanted: Iterable[UUID | None]) -> dict[UUID | None, tuple[str, str]]:
    """Text and digest of each snapshot; the digest is computed from the text, not looked up."""
    found = Snapshot.objects.filter(project=project, uuid__in=filter(None, wanted))
    return {uuid: (text, sha256_hex(text)) for uuid, text in found.values_list("uuid", "text")}


def _contradicted(row: Cells, stored: tuple[str, str] | None) -> Iterator[str]:
    if stored is None:
        yield "its text is not in this database"
        return
    text, digest = stored
    if digest != row["snapshot_sha256"]:
        yield f"the stored text has the digest {digest}"
    try:
        quotes = Extent.parse(row["extent"]).slices(text)
    except BadExtent as bad:
        yield bad.reason
        return
    if list(quotes) != json.loads(row["quotes"]):
        yield f"the stored text has other words at {row['extent']}"


def _changes(files: Files, project: Project) -> Iterator[str]:
    room = Path(settings.DATA_DIR) / "checking"
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=room) as folder,
        closing(sqlite3.connect(Path(folder) / "dataset.sqlite", isolation_level=None)) as db,
    ):
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
        for name in (one for one in COMPARED if f"data/{one}.csv" in files.paths):
            lines = _lines(files, name)
            stage(db, TABLE[name], next(lines), lines)
        with as_it_stands(project, Path(folder)) as now:
            yield from news(db, now, fates(project))
