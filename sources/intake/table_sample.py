"""What the first rows of a table show before anybody said what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sources.intake.column_dates import UnclearDate, date_of
from sources.intake.columns import Columns, proposal
from sources.intake.refusal import Refusal
from sources.intake.row_article import fault_of, is_html
from sources.intake.table import SAMPLED, Opened, Row, value_of

_MOST_BYTES = 8 * 1024 * 1024
"""Of rows that are looked at together."""
_SHOWN = 3
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Held:
    """A column: how many of the rows looked at fill it, how long its cells are on average (code points),
    some of them cut short, and whether they hold HTML."""

    name: str
    filled: int
    length: float
    shown: tuple[str, ...]
    html: bool


@dataclass(frozen=True)
class Sample:
    """`rows` are those looked at, `bad` those among the first ones that cannot be read."""

    table: Opened
    rows: tuple[Row, ...]
    bad: tuple[Refusal, ...]
    held: tuple[Held, ...]

    def column(self, name: str) -> Held | None:
        return next((held for held in self.held if held.name == name), None)

    def proposal(self) -> Columns:
        """What names and cells propose; the order of days and months where some row can have no other."""
        meant = proposal(self.table.columns, {held.name: held.length for held in self.held})
        return replace(meant, order=self.order_of(meant)[0])

    def order_of(self, columns: Columns) -> tuple[str, str]:
        """The order that a date proves for its whole column ("day", "month"), and that date; or empty."""
        for cell in self._dates(columns):
            for order, other in (("day", "month"), ("month", "day")):
                if _readable(cell, order) and not _readable(cell, other):
                    return order, cell
        return "", ""

    def unclear(self, columns: Columns) -> tuple[str, ...]:
        """Some dates of which nobody can tell the day from the month."""
        found = dict.fromkeys(cell for cell in self._dates(columns) if _ambiguous(cell))
        return tuple(found)[:_SHOWN]

    def faults(self, columns: Columns) -> list[Refusal]:
        """Of the rows looked at, those that would be refused; HTML is not read for it."""
        read = (fault_of(row, columns, self.table.name) for row in self.rows)
        return [*self.bad, *(fault for fault in read if fault)]

    def _dates(self, columns: Columns) -> list[str]:
        named = [columns.fields[field] for field in ("published", "modified") if field in columns.fields]
        return [
            value_of(row.cells[name])[:_LONGEST] for row in self.rows for name in named if name in row.cells
        ]


def sample_of(table: Opened) -> Sample:
    """Looks at the first rows, as long as they are not too large together."""
    rows: list[Row] = []
    bad: list[Refusal] = []
    size = 0
    for number, row in enumerate(table.rows(), start=1):
        if isinstance(row, Row):
            rows.append(row)
            size += len(row.raw)
        else:
            bad.append(row.refusal)
        if number == SAMPLED or size > _MOST_BYTES:
            break
    return Sample(table, tuple(rows), tuple(bad), tuple(_held(name, rows) for name in table.columns))


def _held(name: str, rows: list[Row]) -> Held:
    cells = [value_of(row.cells[name]) for row in rows if name in row.cells]
    shown = tuple(dict.fromkeys(_short(cell) for cell in cells))[:_SHOWN]
    length = sum(map(len, cells)) / len(cells) if cells else 0.0
    return Held(name, len(cells), length, shown, any(is_html(cell) for cell in cells))


def _short(cell: str) -> str:
    line = " ".join(cell[: 4 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


def _readable(cell: str, order: str) -> bool:
    try:
        date_of(cell, order)
    except UnclearDate:
        return False
    return True


def _ambiguous(cell: str) -> bool:
    try:
        date_of(cell)
    except UnclearDate as error:
        return error.ambiguous
    return False
