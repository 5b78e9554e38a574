"""A table as CSV (RFC 4180, UTF-8 without a byte order mark), safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from annotator.exchange.tables import LIST_SEPARATOR, Table

# A cell that starts with one of these is run as a formula by one spreadsheet or another. The apostrophe
# is among them so that undoing is exact: whoever reads takes one apostrophe off wherever a cell starts so.
FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠'")
BATCH = 2000


def neutralise(cell: str) -> str:
    """The text with an apostrophe before it if a spreadsheet might take it for a formula."""
    return "'" + cell if cell[:1] in FORMULA_STARTS and cell else cell


def restore(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell


def name_list(names: Iterable[str]) -> str:
    """Names for one cell: the separator must not stand inside one of them."""
    return LIST_SEPARATOR.join(name.replace(LIST_SEPARATOR, ",") for name in names)


def register_list(entries: Iterable[tuple[str, str]]) -> str:
    """`register:entry` of each for one cell. The register ends at the first colon, so that those of its own
    are escaped as in addresses, as are separators and the escapes themselves."""
    return LIST_SEPARATOR.join(
        f"{_escaped(register).replace(':', '%3A')}:{_escaped(entry)}" for register, entry in entries
    )


def registers_in(cell: str) -> list[tuple[str, str]]:
    """(register, entry) of each, as `register_list` wrote them; of one without a colon the entry is empty."""
    parts = [one.partition(":") for one in cell.split(LIST_SEPARATOR)] if cell else []
    return [(_unescaped(register), _unescaped(entry)) for register, _, entry in parts]


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace(LIST_SEPARATOR, "%3B")


def _unescaped(text: str) -> str:
    return text.replace("%3A", ":").replace("%3B", LIST_SEPARATOR).replace("%25", "%")


def _number(value: Decimal) -> str:
    """The one way to write it: 200 and 18.5, never 200.000000, 2E+2 or -0."""
    return format(value.normalize(), "f") if value else "0"


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: neutralise,
    bool: lambda value: "TRUE" if value else "FALSE",
    int: str,
    Decimal: _number,
    tuple: lambda value: neutralise(LIST_SEPARATOR.join(value)),
    datetime: _moment,
    date: date.isoformat,
}


def cell(value: Any) -> str:
    """A value as the dataset writes it; nothing is an empty cell.

    Raises KeyError for a type of value that the dataset does not have.
    """
    return WRITTEN[type(value)](value)


def cells(table: Table, rows: Iterable[Any]) -> Iterator[list[str]]:
    """Each row as its cells."""
    values = attrgetter(*table.header)  # of several columns, as every table has
    return ([WRITTEN[type(value)](value) for value in values(row)] for row in rows)


def write_cells(table: Table, rows: Iterable[list[str]]) -> Iterator[bytes]:
    """The file in pieces of some thousand rows each, so that memory stays flat."""
    buffer = io.StringIO(newline="")
    # CR LF also makes the writer quote a cell that holds a lone CR, which it would otherwise not.
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.header)
    for count, row in enumerate(rows, 1):
        writer.writerow(row)
        if count % BATCH == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def write(table: Table, rows: Iterable[Any]) -> Iterator[bytes]:
    """The file of these rows, as `write_cells` gives it."""
    return write_cells(table, cells(table, rows))
