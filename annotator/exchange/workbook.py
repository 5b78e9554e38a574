"""The workbook beside a release, made from the release's own file."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from .exporters import workbook_xlsx
from .exporters.tables_csv import restore
from .progress import Teller
from .scratch import scratch_beside
from .verification.files import Files


def write_workbook(release: Path, target: Path, progress: Teller | None = None) -> None:
    """The tables of the release at `release` (ZIP or folder) as XLSX; `target` is there once it is whole.

    The same release gives the same bytes.
    """
    csv.field_size_limit(2**31 - 1)
    with closing(Files(release)) as files, scratch_beside(target) as scratch:
        package = json.loads(files.read("data/datapackage.json"))
        tell = progress or Teller()
        tables = ((one["name"], tell.counted(_rows(files, one["path"]))) for one in package["resources"])
        workbook_xlsx.write(scratch / "workbook.xlsx", package, tables, sha256=_digest(release))
        (scratch / "workbook.xlsx").replace(target)


def _digest(release: Path) -> str:
    if not release.is_file():
        return ""
    with release.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _rows(files: Files, path: str) -> Iterator[list[str]]:
    with io.TextIOWrapper(files.open(f"data/{path}"), "utf-8", newline="") as stream:
        rows = csv.reader(stream)
        next(rows)
        for cells in rows:
            yield [restore(cell) for cell in cells]
