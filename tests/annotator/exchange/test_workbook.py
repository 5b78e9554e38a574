"""The workbook as openpyxl reads it."""

import hashlib
import io
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from annotator.exchange.exporters import workbook_xlsx
from annotator.exchange.tables import TABLES
from annotator.exchange.workbook import write_workbook

from .releases import table

KINDS = ("string", "integer", "number", "boolean", "date", "datetime")
PACKAGE = {
    "title": "Sluice claims",
    "created": "2031-03-04T12:00:00Z",
    "resources": [{"name": "things", "schema": {"fields": [{"name": one, "type": one} for one in KINDS]}}],
}


def verify_command(path: Path) -> list[str]:
    out = io.StringIO()
    call_command("verify_dataset", str(path), stdout=out)
    return out.getvalue().splitlines()


def made(path: Path, rows: list[list[str]], **more):
    workbook_xlsx.write(path, PACKAGE, [("things", iter(rows))], **more)
    return load_workbook(path)


def test_each_type_is_excels_own(tmp_path):
    row = ["سد 🌊\nx", "7", "-18.5", "TRUE", "2031-03-04", "2031-03-04T09:30:00Z"]
    _, cells = made(tmp_path / "a.xlsx", [row])["things"].iter_rows()
    assert [cell.value for cell in cells] == [
        *("سد 🌊\nx", 7, -18.5, True),
        *(datetime.fromisoformat(one) for one in ("2031-03-04", "2031-03-04T09:30")),
    ]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "b", "d", "d"]


def test_what_is_missing_is_empty(tmp_path):
    book = made(tmp_path / "a.xlsx", [[""] * 6, ["x", "", "", "FALSE", "", ""]])
    assert list(book["things"].iter_rows(min_row=2, values_only=True)) == [
        (None,) * 6,
        ("x", None, None, False, None, None),
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("https://x.example")', "+1", "-5 degrees", "@x", "'tis", "＝1"]
)
def test_what_looks_like_a_formula_is_text_and_stays_text(tmp_path, text):
    cell = made(tmp_path / "a.xlsx", [[text, *[""] * 5]])["things"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


@pytest.mark.parametrize("text", ["https://x.example/", "007", "1e5", "TRUE", "2031-03-04", "{x}", "_x0041_"])
def test_text_is_never_taken_for_something_else(tmp_path, text):
    cell = made(tmp_path / "a.xlsx", [[text, *[""] * 5]])["things"]["A2"]
    read = cell.value.replace("_x005F_", "_")  # Excel's own way to write an underscore that escapes nothing
    assert (read, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_what_excel_cannot_count_exactly_is_text(tmp_path):
    row = ["", "1234567890123456", "123456789012.123456", "", "1899-12-31", "1850-01-01T00:00:00Z"]
    _, cells = made(tmp_path / "a.xlsx", [row])["things"].iter_rows(values_only=True)
    assert list(cells) == [None, *row[1:3], None, *row[4:]]


@pytest.mark.parametrize(("letter", "room"), [("a", 32767), ("🌊", 16383)])
def test_what_is_too_long_for_a_cell_is_cut_and_says_so(tmp_path, letter, room):
    book = made(tmp_path / "a.xlsx", [[letter * room, *[""] * 5], [letter * (room + 1), *[""] * 5]])
    assert book["things"]["A2"].value == letter * room
    cut = book["things"]["A3"].value
    assert cut.endswith(workbook_xlsx.CUT)
    assert len(cut.encode("utf-16-le")) <= 2 * 32767


def test_rows_beyond_a_sheet_go_on_in_the_next(tmp_path):
    book = made(tmp_path / "a.xlsx", [[f"r{number}", *[""] * 5] for number in range(7)], most_rows=3)
    assert book.sheetnames == ["things", "things 2", "things 3", "about"]
    read = [row[0] for sheet in book.worksheets[:-1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert read == [f"r{number}" for number in range(7)]
    assert {sheet["B1"].value for sheet in book.worksheets[:-1]} == {"integer"}


@pytest.mark.lengthy
def test_a_release_has_all_its_rows_in_it(demo_release, top, tmp_path):
    write_workbook(demo_release["plain"], tmp_path / "a.xlsx")
    write_workbook(demo_release["plain"], tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert {path.name for path in tmp_path.glob("*")} == {"a.xlsx", "b.xlsx", "unpacked"}
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert book.sheetnames == [*(one.name for one in TABLES), "about"]
    about = {row[0]: row[1] for row in book["about"].iter_rows(values_only=True)}
    digest = hashlib.sha256(demo_release["plain"].read_bytes()).hexdigest()
    assert about["SHA-256 of the release"] == digest
    assert about["Dataset"] == "demo-export"
    assert verify_command(demo_release["plain"])[-1] == f"SHA-256 of plain.zip: {digest}"
    write_workbook(top, tmp_path / "c.xlsx")  # of a folder nobody knows the ZIP
    folder = load_workbook(tmp_path / "c.xlsx", read_only=True)["about"].iter_rows(values_only=True)
    assert "SHA-256 of the release" not in {row[0] for row in folder}
    for name in book.sheetnames[:-1]:
        header, *rows = table(top, name)
        read = list(book[name].iter_rows(values_only=True))
        assert list(read[0]) == header
        assert len(read) == len(rows) + 1
    at = table(top, "claims")[0].index("quote")
    quotes = [row[at] for row in book["claims"].iter_rows(min_row=2, values_only=True)]
    assert quotes == [row[at].removeprefix("'") for row in table(top, "claims")[1:]]
