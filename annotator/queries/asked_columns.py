"""What an intake asks of the columns of its tables: the first of them that somebody has to be asked about."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from sources.actions.column_mappings import letters_of, tables_kept, unanswered
from sources.intake.columns import BadColumns, Columns, columns_from
from sources.intake.items import TABLES
from sources.intake.table import Opened, value_of
from sources.intake.table_sample import Sample, sample_of
from sources.models import ColumnMapping, Intake

from .annotation_json import Json
from .keyset import Order, whole

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252, Western European",
    "cp1250": "Windows-1250, Central European",
    "cp1251": "Windows-1251, Cyrillic",
    "cp1254": "Windows-1254, Turkish",
    "cp1256": "Windows-1256, Arabic",
    "iso8859-15": "ISO 8859-15, Western European",
    "mac-roman": "Mac Roman",
}
"""That somebody may say a table is written in."""
SHOWN_ROWS = 5
SHOWN_FAULTS = 5
LONGEST_CELL = 500  # code points


@dataclass(frozen=True)
class Asked:
    """`sample` is of the table, to be read while it is open; `meant` what is remembered of its columns, where
    only its letters were guessed; `declared` the encoding that somebody says it has, or empty."""

    sample: Sample
    meant: Columns | None
    declared: str

    @property
    def proposed(self) -> Columns:
        return self.meant or self.sample.proposal()

    def answer(self, said: Columns) -> tuple[Columns, str]:
        """What is to be remembered of what somebody `said`, with the encoding where it does not show by
        itself; and the letters that were looked at (`letters_of`)."""
        table = self.sample.table
        found_out = not (table.note or self.declared)  # what shows by itself needs nobody to remember it
        known = self.meant.encoding if self.meant else ""
        return replace(said, encoding=known if found_out else table.encoding), letters_of(table)


def shown(name: str) -> str:
    """A column's name with what no answer can hold written as an escape."""
    return name.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode()


def alone(intake: Intake) -> bool:
    """Whether one table is all that was handed over, so that an encoding can be said of it."""
    files = intake.options.get("files", [])
    return len(files) == 1 and files[0].lower().endswith(TABLES)


@contextmanager
def asked_of(intake: Intake, declared: str = "") -> Iterator[Asked | None]:
    """None where nothing is left to be asked. `declared` is a key of ENCODINGS, and holds where that table is
    all that there is and can be read so."""
    with ExitStack() as stack:
        table: Opened | None = None
        meant: Columns | None = None
        if declared in ENCODINGS and alone(intake):
            found_out, intake.options["encoding"] = intake.options.get("encoding", ""), declared
            tables = stack.enter_context(tables_kept(intake))
            # What is remembered of its columns is shown with the other letters, and not gone by unseen.
            table, meant = (tables[0], unanswered(intake, tables)[1]) if tables else (None, None)
            if table is None:
                intake.options["encoding"] = found_out
        if table is None:
            table, meant = unanswered(intake, stack.enter_context(tables_kept(intake)))
        yield Asked(sample_of(table), meant, intake.options.get("encoding", "")) if table else None


def asked_json(asked: Asked | None) -> Json:
    """`table` is null where nothing is left to be asked."""
    if asked is None:
        return {"table": None, "columns": [], "rows": [], "proposed": None, "unclear": [], "faults": []}
    sample, proposed = asked.sample, asked.proposed
    table = sample.table
    can_be_read = "text" in proposed.fields
    return {
        "table": {
            "name": table.name,
            "names": [shown(name) for name in table.columns],
            "encoding": table.encoding,
            "guessed": table.note,
            "separator": table.separator,
            "looked_at": len(sample.rows) + len(sample.bad),
        },
        "columns": [
            {
                "name": shown(held.name),
                "filled": held.filled,
                "length": round(held.length, 1),
                "shown": list(held.shown),
                "html": held.html,
            }
            for held in sample.held
        ],
        "rows": [
            {
                "where": row.where,
                "cells": {shown(name): value_of(cell)[:LONGEST_CELL] for name, cell in row.cells.items()},
            }
            for row in sample.rows[:SHOWN_ROWS]
        ],
        "proposed": _meant(proposed),
        "unclear": list(sample.unclear(proposed)) if not proposed.order else [],
        "faults": [
            {"where": one.where, "why": one.why}
            for one in (sample.faults(proposed) if can_be_read else [])[:SHOWN_FAULTS]
        ],
    }


NEWEST = Order(("pk",), (whole,))


def mappings_json(keys: list[int]) -> list[Json]:
    """What is remembered of columns. One query."""
    rows = ColumnMapping.objects.select_related("by").in_bulk(keys)
    return [mapping_json(rows[key]) for key in keys if key in rows]


def mapping_json(mapping: ColumnMapping) -> Json:
    """`meant` is null of what can no longer be read: it is asked again."""
    try:
        meant = _meant(columns_from(mapping.meaning))
    except BadColumns:
        meant = None
    return {
        "uuid": str(mapping.uuid),
        "names": [shown(name) for name in mapping.names],
        "meant": meant,
        "by": str(mapping.by),
        "at": mapping.at.isoformat(),
        "version": mapping.version,
    }


def _meant(columns: Columns) -> Json:
    told = columns.as_json()
    return {"columns": {field: shown(name) for field, name in told.pop("fields").items()}, **told}
