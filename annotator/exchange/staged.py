"""The tables once more while a release is written, in a database of its own on the disk.

Formats that say several tables in one file (references, web annotations, nested claims) are written from it,
and `verify.py` makes them again from the tables it reads: so what such a file says is what the tables say.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from .exporters.tables_csv import restore
from .tables import Table

BATCH = 1000


class Staged:
    """`db` has a table for each of the dataset's, all cells text as in the CSV before it is made safe for
    spreadsheets, `row` numbered from 2 as the header is row 1; and `csl`, the CSL-JSON of the article of the
    same row."""

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "tables.sqlite", isolation_level=None)
        self.db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")

    def close(self) -> None:
        self.db.close()

    def keep(self, table: Table, cells: Iterable[list[str]]) -> Iterator[list[str]]:
        """The same rows of cells, each kept as it passes."""
        columns = ", ".join(f'"{name}"' for name in table.header)
        self.db.execute(f'CREATE TABLE "{table.name}" (row INTEGER PRIMARY KEY, {columns})')
        places = ", ".join("?" * (len(table.header) + 1))
        insert = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608  (names of our own tables)
        rows, first = iter(cells), 2
        while batch := list(islice(rows, BATCH)):
            self.db.executemany(
                insert, ([number, *map(restore, row)] for number, row in enumerate(batch, first))
            )
            first += len(batch)
            yield from batch
        key = ", ".join(f'"{name}"' for name in table.key)
        self.db.execute(f'CREATE INDEX "key of {table.name}" ON "{table.name}" ({key})')

    def keep_items(self, items: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The same CSL-JSON items, in the order of the articles, each kept as it passes."""
        self.db.execute("CREATE TABLE csl (row INTEGER PRIMARY KEY, item)")
        for number, item in enumerate(items, 2):
            self.db.execute("INSERT INTO csl VALUES (?, ?)", (number, json.dumps(item, ensure_ascii=False)))
            yield item
