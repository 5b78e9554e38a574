"""A release as one ZIP: a BagIt bag that is a Frictionless Data Package and an RO-Crate."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from .exporters import (
    bagit,
    citation_cff,
    codebook_md,
    csl_json,
    datapackage,
    readme_md,
    ro_crate,
    tables_csv,
    verify_py,
)
from .exporters.brat import brat_snapshots, write_brat
from .exporters.description import Description, WrittenFile
from .exporters.zip import Archive
from .progress import Teller
from .staged import Staged
from .tables import TABLES
from .verification.derived import BESIDE_TEXTS, DERIVED

Rows = Iterable[Any]

# Files of `data/` made from the description alone, then those that speak of the files written before.
FROM_DESCRIPTION: dict[str, Callable[[Description], bytes]] = {
    "README.md": readme_md.write,
    "codebook.md": codebook_md.write,
    "CITATION.cff": citation_cff.write,
    "verify.py": lambda _: verify_py.write(),
}
FROM_FILES: dict[str, Callable[[Description, Iterable[WrittenFile]], bytes]] = {
    "datapackage.json": datapackage.write,
    "ro-crate-metadata.json": ro_crate.write,
}


ROW_BY_ROW = {
    "references.bib": "articles",
    "references.ris": "articles",
    "annotations.jsonld": "annotations",
    "claims.jsonl": "claims",
    "report.html": "claims",
}
"""Files that have a piece for each row of a table; the others are that table's own."""


def _table_of(name: str) -> str:
    return ROW_BY_ROW.get(name) or name.removeprefix("parquet/").removesuffix(".parquet")


class _Counted:
    def __init__(self, rows: Rows) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Any]:
        for row in self._rows:
            self.count += 1
            yield row


def write_package(
    target: IO[bytes],
    release: Description,
    tables: Mapping[str, Rows],
    items: Iterable[Mapping[str, Any]],
    scratch: Path,
    texts: Iterable[tuple[str, str]] = (),
    progress: Teller | None = None,
) -> dict[str, int]:
    """Write the ZIP to a seekable file; the number of rows of each table is returned.

    `tables` has rows for every table of `TABLES`; `items` are CSL-JSON; `texts` pairs of digest and text.
    Everything is read once, in the order of the files; what other formats say once more waits in the folder
    `scratch`, not in memory.
    """
    counts = {}
    staged = Staged(scratch)
    with closing(staged), Archive(target, release.folder, release.moment) as archive:
        for table in TABLES:
            rows = _Counted(tables[table.name])
            cells = staged.keep(table, tables_csv.cells(table, rows))
            written = archive.add(f"data/{table.name}.csv", tables_csv.write_cells(table, cells))
            counts[table.name] = rows.count
            archive.files[-1] = replace(written, rows=rows.count)
        archive.add("data/references.json", csl_json.write(staged.keep_items(items)))
        outline = datapackage.outline(release)
        tell = progress or Teller()
        tell.begin("formats", sum(counts[table] for table in map(_table_of, DERIVED)))
        for name, make in DERIVED.items():
            pieces = (piece for _, piece in make(staged.db, outline))
            archive.add(f"data/{name}", tell.part(pieces, counts[_table_of(name)]))
        for name, describe in FROM_DESCRIPTION.items():
            archive.add(f"data/{name}", [describe(release)])
        for name, make in BESIDE_TEXTS.items() if release.with_texts else ():
            archive.add(f"data/{name}", (piece for _, piece in make(staged.db, outline)))
        for digest, text in texts:
            archive.add(f"data/texts/{digest}.txt", [text.encode()])
            _add_standoff(archive, staged.db, digest, text)
        for name, speak in FROM_FILES.items():
            archive.add(f"data/{name}", [speak(release, list(archive.files))])
        for path, content in bagit.tag_files(release, list(archive.files)):
            archive.add(path, [content])
    return counts


def _add_standoff(archive: Archive, db: sqlite3.Connection, digest: str, text: str) -> None:
    """brat's pair of files for every capture of this text."""
    for snapshot in brat_snapshots(db, digest):
        archive.add(f"data/brat/{snapshot}.txt", [text.encode()])
        archive.add(f"data/brat/{snapshot}.ann", (piece for _, piece in write_brat(db, snapshot)))
