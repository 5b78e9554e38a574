"""The tables as one Excel workbook, a sheet each, written row by row.

Numbers, truth values and dates are Excel's own; everything else is text that no spreadsheet runs.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .tables_csv import FORMULA_STARTS

MOST_ROWS = 1_048_575
"""Rows of a sheet, its header left out; what is more goes on in a second one."""
MOST_LETTERS = 32_767
"""Of a cell, as UTF-16 units."""
CUT = " […] (cut here: the whole is in the CSV)"
EXACT_DIGITS = 15
FIRST_DAY = "1900-03-01"
"""Excel takes 1900 for a leap year and knows no days before it."""
WIDTHS = {"string": 24, "datetime": 20, "date": 12}

Writer = Callable[[Any, int, int, str, Mapping[str, Any]], object]


def fitted(text: str) -> str:
    """The text, cut where a cell has no room for it, and saying so."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_LETTERS:
        return text
    room = 2 * (MOST_LETTERS - len(CUT))
    return units[:room].decode("utf-16-le", "ignore") + CUT


def _text(sheet: Any, row: int, column: int, cell: str, formats: Mapping[str, Any]) -> object:
    # The mark keeps Excel from reading it as a formula when somebody edits the cell.
    looks = formats["quoted"] if cell[0] in FORMULA_STARTS else None
    return sheet.write_string(row, column, fitted(cell), looks)


def _number(sheet: Any, row: int, column: int, cell: str, formats: Mapping[str, Any]) -> object:
    if sum(map(str.isdigit, cell)) > EXACT_DIGITS:
        return _text(sheet, row, column, cell, formats)
    return sheet.write_number(row, column, float(cell) if "." in cell else int(cell))


def _truth(sheet: Any, row: int, column: int, cell: str, _: Mapping[str, Any]) -> object:
    return sheet.write_boolean(row, column, cell == "TRUE")


def _day(sheet: Any, row: int, column: int, cell: str, formats: Mapping[str, Any]) -> object:
    if cell < FIRST_DAY:
        return _text(sheet, row, column, cell, formats)
    return sheet.write_datetime(row, column, date.fromisoformat(cell), formats["date"])


def _moment(sheet: Any, row: int, column: int, cell: str, formats: Mapping[str, Any]) -> object:
    if cell < FIRST_DAY:
        return _text(sheet, row, column, cell, formats)
    then = datetime.fromisoformat(cell).replace(tzinfo=None)  # Excel knows no zones; the columns are UTC
    return sheet.write_datetime(row, column, then, formats["datetime"])


WRITERS: dict[str, Writer] = {
    "string": _text,
    "integer": _number,
    "number": _number,
    "boolean": _truth,
    "date": _day,
    "datetime": _moment,
}


def write(
    target: Path,
    package: Mapping[str, Any],
    tables: Iterable[tuple[str, Iterable[list[str]]]],
    most_rows: int = MOST_ROWS,
    sha256: str = "",
) -> None:
    """Write the workbook; `package` is the content of datapackage.json, `tables` names with rows of cells as
    they were before they were made safe; `sha256` (hexadecimal) is the ZIP's that it was made from. The same
    content gives the same bytes."""
    from xlsxwriter import Workbook

    with Workbook(target, {"constant_memory": True, "tmpdir": str(target.parent)}) as book:
        book.use_zip64()
        created = datetime.fromisoformat(package["created"]).replace(tzinfo=None)
        book.set_properties({"title": package["title"], "created": created})
        formats = {
            "head": book.add_format({"bold": True}),
            "quoted": book.add_format({"quote_prefix": True}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        fields = {one["name"]: one["schema"]["fields"] for one in package["resources"]}
        for name, rows in tables:
            _table(book, name, fields[name], rows, formats, most_rows)
        _about(book, package, sha256, formats)


def _about(book: Any, package: Mapping[str, Any], sha256: str, formats: Mapping[str, Any]) -> None:
    """The last sheet: which release this is, so that a workbook that was passed on can be traced to it."""
    selection = package.get("selection", {})
    told = [
        ("Title", package["title"]),
        ("Dataset", package.get("name", "")),
        ("Release", package.get("version", "")),
        ("Made at", package["created"]),
        ("By", "; ".join(one["title"] for one in package.get("contributors", ()))),
        ("Licence", "; ".join(one["name"] for one in package.get("licenses", ()))),
        ("Home", package.get("homepage", "")),
        ("SHA-256 of the release", sha256),
        *(("Taken", words) for words in selection.get("words", ())),
        *(("Left out", words) for words in selection.get("left_out", ())),
    ]
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, (name, words) in enumerate((name, words) for name, words in told if words):
        sheet.write_string(row, 0, name, formats["head"])
        _text(sheet, row, 1, words, formats)


def _table(
    book: Any,
    name: str,
    fields: list[Mapping[str, Any]],
    rows: Iterable[list[str]],
    formats: Mapping[str, Any],
    most_rows: int,
) -> None:
    writers = [WRITERS[field["type"]] for field in fields]
    sheet, row, number = _sheet(book, name, fields, formats), 0, 1
    for cells in rows:
        if row == most_rows:
            number += 1
            sheet, row = _sheet(book, f"{name} {number}", fields, formats), 0
        row += 1
        for column, cell in enumerate(cells):
            if cell:
                writers[column](sheet, row, column, cell, formats)


def _sheet(book: Any, name: str, fields: list[Mapping[str, Any]], formats: Mapping[str, Any]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for column, field in enumerate(fields):
        sheet.set_column(column, column, WIDTHS.get(field["type"], 10))
        sheet.write_string(0, column, field["name"], formats["head"])
    return sheet
