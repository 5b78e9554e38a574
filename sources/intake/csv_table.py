"""Tables as text: CSV and TSV, by whatever separator and encoding, streamed row by row."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from itertools import islice

from sources.intake.article import tidy
from sources.intake.refusal import Refusal, refused
from sources.intake.table import LONGEST_ROW, MOST_COLUMNS, MOST_ROWS, BadRow, Opened, Opener, Row
from sources.intake.table_bytes import encoding_of

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_LOOKED_AT = 21  # rows, the header among them
_HEAD = 256 * 1024  # code points
_LONGEST_NAME = 200
_FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")


class _TooLong(Exception):
    pass


def open_csv(opener: Opener, name: str, declared: str | None = None) -> Opened:
    """Raises Refused: no header, two columns of one name, no rows, or an encoding that is not found out."""
    encoding, note = encoding_of(opener, name, declared)
    separator, told = _separator(opener, encoding, name)
    try:
        header = next(_cells(opener, encoding, separator, told), [])
    except (csv.Error, _TooLong) as error:
        raise refused(name, f"its header cannot be read: {_said(error)}", "row 1") from None
    columns = _names(header, name)
    if not any(any(cells) for cells in islice(_readable(opener, encoding, separator, told), 1, 50)):
        raise refused(name, "it has a header and no rows")

    def read(over: int) -> Iterator[Row | BadRow | None]:
        return _rows(opener, name, encoding, separator, told, columns, over)

    return Opened(name, columns, encoding, note, separator, read, opener)


def count_rows(table: Opened) -> int:
    """Rows with anything in them, up to one more than are taken."""
    return sum(1 for _ in islice(table.rows(), MOST_ROWS + 1))


def _rows(
    opener: Opener, name: str, encoding: str, separator: str, told: bool, columns: tuple[str, ...], over: int
) -> Iterator[Row | BadRow | None]:
    number = 1 + told
    cells = _cells(opener, encoding, separator, told)
    try:
        next(cells)
        for read in cells:
            number += 1
            row = read if any(read[len(columns) :]) else read[: len(columns)]
            if not any(cell.strip() for cell in row):
                continue
            if over:
                over -= 1
                yield None
                continue
            where = f"row {number}"
            if len(row) != len(columns):
                why = f"has {len(row)} cells where the header has {len(columns)}"
                yield BadRow(Refusal(name, where, why))
                continue
            whole = dict(zip(columns, row, strict=True))
            raw = json.dumps(whole, ensure_ascii=False).encode("utf-8", "surrogatepass")
            yield Row(where, {column: _restored(cell) for column, cell in whole.items() if cell.strip()}, raw)
    except (csv.Error, _TooLong) as error:
        why = f"from here on nothing is read, since rows cannot be told apart any more: {_said(error)}"
        yield BadRow(Refusal(name, f"row {number + 1}", why), last=True)


def _restored(cell: str) -> str:
    """Without the apostrophe that keeps a cell from being a formula; two apostrophes are a quotation mark."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA_STARTS else cell


def _said(error: Exception) -> str:
    said = str(error)
    if "unexpected end of data" in said:
        return "a quotation mark that opens a cell is never closed"
    if "expected after" in said:
        return "words stand behind the closing quotation mark of a cell; one within a cell has to be doubled"
    return said


def _readable(opener: Opener, encoding: str, separator: str, told: bool) -> Iterator[list[str]]:
    """Rows up to where they can no longer be told apart; that row counts as one."""
    try:
        yield from _cells(opener, encoding, separator, told)
    except (csv.Error, _TooLong):
        yield ["unreadable"]


def _cells(opener: Opener, encoding: str, separator: str, told: bool) -> Iterator[list[str]]:
    """Raises csv.Error and _TooLong where rows can no longer be told apart."""
    # A limit of the whole process, which others in it raise as well; rows are limited by their lines.
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with opener() as opened:
        lines = _Lines(io.TextIOWrapper(opened, encoding, newline=""))
        if told:
            lines.skip()
        for row in csv.reader(lines, delimiter=separator, strict=True):
            lines.since = 0
            yield row


class _Lines:
    """Lines with their ends, which count what they gave since the last row came out."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text = text
        self.since = 0

    def skip(self) -> None:
        self.text.readline(_HEAD)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline(LONGEST_ROW + 1 - self.since)
        self.since += len(line)
        if self.since > LONGEST_ROW:
            raise _TooLong(f"a row is longer than {LONGEST_ROW // 1024**2} million characters")
        if not line:
            raise StopIteration
        return line


def _separator(opener: Opener, encoding: str, name: str) -> tuple[str, bool]:
    """The separator, and whether the first line says it ("sep=;", as Excel understands it)."""
    with opener() as opened:
        head = io.TextIOWrapper(opened, encoding, newline="").read(_HEAD)
    first = head.split("\n", 1)[0].strip().strip('"')
    if first[:4].lower() == "sep=" and first[4:5] in (*SEPARATORS, ""):
        return first[4:5] or "\t", True
    if name.lower().endswith((".tsv", ".tab")) and "\t" in head.split("\n", 1)[0]:
        return "\t", False
    return max(SEPARATORS, key=lambda separator: _fits(head, separator)), False


def _fits(head: str, separator: str) -> tuple[float, int]:
    """How many of the first rows have as many cells as the header, and how many these are."""
    rows = []
    try:
        for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=separator), _LOOKED_AT):
            rows.append(row)
    except csv.Error:
        pass
    if len(rows) > 1 and len(rows) < _LOOKED_AT and len(head) == _HEAD:
        rows.pop()  # cut through
    wide = len(rows[0]) if rows else 0
    if wide < 2:
        return 0.0, wide
    filled = [row for row in rows if row]
    return sum(len(row) == wide for row in filled) / len(filled), wide


def _names(header: list[str], name: str) -> tuple[str, ...]:
    """The columns' names; one without is called by its place. Raises Refused."""
    while header and not header[-1].strip():
        header = header[:-1]
    if not header:
        raise refused(name, "its first row is empty, where the names of the columns have to stand", "row 1")
    if len(header) > MOST_COLUMNS:
        raise refused(name, f"it has {len(header):,} columns, at most {MOST_COLUMNS:,} are taken", "row 1")
    for number, cell in enumerate(header, start=1):
        if len(cell.strip()) > _LONGEST_NAME:
            long = f"{len(cell):,} characters long and no name"
            why = f"cell {number} of its first row is {long}: a header is needed"
            raise refused(name, why, "row 1")
    columns = [tidy(cell) or f"column {number}" for number, cell in enumerate(header, start=1)]
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        raise refused(name, f"two of its columns are called {twice[0][:80]!r}", "row 1")
    return tuple(columns)
