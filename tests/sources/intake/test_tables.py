"""Tables as files: CSV, TSV and JSON Lines, row by row, whatever wrote them."""

import codecs
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intake.columns import Columns
from sources.intake.csv_table import open_csv
from sources.intake.items import count_of, items_of
from sources.intake.jsonl import open_jsonl
from sources.intake.refusal import Refused
from sources.intake.table import LONGEST_ROW, BadRow, Opened, Row

TEXT = Columns({"text": "Text", "title": "Titel"})


def table(raw: bytes, name: str = "t.csv", declared: str | None = None) -> Opened:
    opener: Callable[[], Any] = lambda: io.BytesIO(raw)  # noqa: E731
    return (open_jsonl if name.endswith("jsonl") else open_csv)(opener, name, declared)


def cells(raw: bytes, name: str = "t.csv") -> list[Any]:
    return [row.cells if isinstance(row, Row) else str(row.refusal) for row in table(raw, name).rows()]


def refusal(raw: bytes, name: str = "t.csv", declared: str | None = None) -> str:
    with pytest.raises(Refused) as caught:
        table(raw, name, declared)
    return str(caught.value)


ROWS = [["Titel", "Text"], ["Öl, „teuer“", "Erste Zeile\r\nZweite; mit\t|Zeichen"], ["a", 'sagt "ja"']]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_separator_and_encoding_are_found_out(separator: str, encoding: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(ROWS)
    opened = table(out.getvalue().encode(encoding))
    assert opened.columns == ("Titel", "Text")
    assert opened.separator == separator
    assert bool(opened.note) == (encoding == "cp1252")
    assert [row.cells for row in opened.rows() if isinstance(row, Row)] == [
        dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]
    ]


def test_a_guess_says_what_it_is_and_what_is_declared_is_taken_at_its_word() -> None:
    raw = "Titel;Text\r\nÜber;Größe\r\n".encode("cp1252")
    assert table(raw).note == "the encoding was guessed as Windows-1252: check the letters"
    assert table(raw, declared="latin-1").note == ""
    assert refusal(raw, declared="utf-8") == "t.csv, byte 12: not valid utf-8"
    assert refusal(raw, declared="klingon") == "t.csv: the declared encoding 'klingon' is not known"
    for odd in ("punycode", "undefined", "idna", "unicode_escape"):
        assert "is not one of text" in refusal(raw, declared=odd)
        assert "is not one of text" in refusal(b'{"a": 1}\n', "t.jsonl", declared=odd)
    assert refusal(b"Titel,Text\n\xff,a\n", declared="utf-16") == "t.csv, byte 0: not valid utf-16"
    assert "not valid utf-16" in refusal(b'{"text": "a"}\n', "t.jsonl", declared="utf-16")
    assert refusal(raw, declared="hex") == "t.csv: the declared encoding 'hex' is not one of text"


def test_one_broken_byte_in_utf_8_is_no_other_encoding() -> None:
    raw = "Titel,Text\n" + "ä,ö\n" * 40
    assert refusal(raw.encode() + b"\xff,x\n") == "t.csv, byte 251: almost UTF-8, but invalid start byte"


def test_excel_says_its_separator_in_the_first_line_and_rows_count_on() -> None:
    opened = table(b"sep=;\r\nTitle;Text\r\na;b,c\r\n")
    (row,) = opened.rows()
    assert isinstance(row, Row)
    assert (opened.columns, row.where) == (("Title", "Text"), "row 3")


def test_rows_are_counted_as_spreadsheets_do_and_empty_ones_are_none() -> None:
    raw = b'Title,Text\r\n"a\r\nb",c\r\n\r\n,\r\n" "," "\r\nd,e\r\n'
    assert [row.where for row in table(raw).rows() if isinstance(row, Row)] == ["row 2", "row 6"]


def test_a_row_that_does_not_fit_its_header_is_refused_alone() -> None:
    assert cells(b"Title,Text\na\nb,c,d\ne,f,,\ng,h\n") == [
        "t.csv, row 2: has 1 cells where the header has 2",
        "t.csv, row 3: has 3 cells where the header has 2",
        {"Title": "e", "Text": "f"},
        {"Title": "g", "Text": "h"},
    ]


def test_where_rows_cannot_be_told_apart_any_more_reading_stops_and_says_where() -> None:
    *_, last = table(b'Title,Text\na,b\n"c"d,e\nf,g\n').rows()
    assert isinstance(last, BadRow) and last.last
    assert str(last.refusal).startswith("t.csv, row 3: from here on nothing is read")
    assert "has to be doubled" in last.refusal.why
    *_, last = table(b'Title,Text\na,b\n"c,d\ne,f\n').rows()
    assert isinstance(last, BadRow) and "never closed" in last.refusal.why


def test_an_apostrophe_that_keeps_a_cell_from_being_a_formula_is_taken_off_and_kept_in_the_raw_row() -> None:
    (row,) = table("Titel,Text\r\n'=SUM(A1),'’Twas ''so''\r\n".encode()).rows()
    assert isinstance(row, Row)
    assert row.cells == {"Titel": "=SUM(A1)", "Text": "'’Twas ''so''"}
    assert json.loads(row.raw)["Titel"] == "'=SUM(A1)"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the file is empty"),
        (b"Title,Text\n", "it has a header and no rows"),
        (b"Title,Text\n,\n\n", "it has a header and no rows"),
        (b"\nTitle,Text\na,b\n", "its first row is empty"),
        (b"Text,Title,Text \na,b,c\n", "two of its columns are called 'Text'"),
        (b",".join(b"c%d" % n for n in range(10_000)) + b"\na\n", "it has 10,000 columns, at most 1,000"),
        (b"A long story" * 30 + b",x\na,b\n", "cell 1 of its first row is 360 characters long and no name"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is not text but"),
        (b'"a"b,c\nd,e\n', "its header cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(raw: bytes, said: str) -> None:
    assert said in refusal(raw)


def test_names_lose_what_no_name_needs_and_columns_without_one_are_called_by_their_place() -> None:
    assert table("Te\u202ext,\x00,\u2066Title\ufeff\na,b,c\n".encode()).columns == (
        "Text",
        "column 2",
        "Title",
    )


@pytest.mark.lengthy
def test_a_cell_of_ten_million_letters_is_refused_alone_and_a_longer_row_ends_the_table(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.csv"
    long = b"word " * (2 * 1024 * 1024)
    path.write_bytes(b"Titel,Text\na," + long + b"\nb,c\nd," + long * 2 + b"\ne,f\n")
    first, second, third = items_of(path, "t.csv", columns=TEXT)
    assert first.refusal is not None and "10.0 MB, but at most 2 MB" in first.refusal.why
    assert second.read is not None and second.read.text == "c"
    assert third.refusal is not None and "16 million characters" in third.refusal.why
    assert count_of(path, "t.csv") == 3


# ── JSON Lines ────────────────────────────────────────────────────────────────────────────────────


def test_records_give_the_paths_of_their_keys_and_lists_stay_apart() -> None:
    record = {
        "title": "A",
        "meta": {"author": ["B", "C"], "n": 1.10, "ok": True, "none": None, "empty": ""},
        "people": [{"name": "D"}, {"name": "E", "age": 3}],
    }
    assert cells(b"\xef\xbb\xbf" + json.dumps(record).encode() + b"\r\n\r\n", "t.jsonl") == [
        {"title": "A", "meta.author": ("B", "C"), "meta.n": "1.1", "meta.ok": "true"}
        | {"people.name": ("D", "E"), "people.age": ("3",)}
    ]
    assert cells('{"a":"ü"}\n{"a":"b"}'.encode("utf-16"), "t.jsonl") == [{"a": "ü"}, {"a": "b"}]


DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (DEEP, "is nested more than 64 deep"),
        (b"[" * 100_000, "is nested more than 64 deep"),
        (b'{"a":[' + b"[]," * 100_000 + b"1]}", "holds more than 100,000 values"),
        (b'{"a":1,"a":2}', "has the key 'a' twice"),
        (b'{"a":{"b":1},"a.b":2}', "two of its keys are called 'a.b'"),
        (b'{"a":NaN}', "NaN is not JSON"),
        (b'{"a":-Infinity}', "-Infinity is not JSON"),
        (b'{"a":"\xff"}', "not valid utf-8: invalid start byte (byte 6 of the line)"),
        (b'["a"]', "is no record"),
        (b'{"a":"b"', "is no JSON: a comma or a closing bracket is missing (column 9)"),
        (json.dumps({str(n): n for n in range(1001)}).encode(), "has more than 1,000 keys"),
    ],
)
def test_a_line_that_is_no_record_is_refused_alone(line: bytes, said: str) -> None:
    good, bad, last = cells(b'{"a":"b"}\n' + line + b'\n{"a":"c"}\n', "t.jsonl")
    assert (good, last) == ({"a": "b"}, {"a": "c"})
    assert bad.startswith("t.jsonl, line 2: ") and said in bad


@pytest.mark.lengthy
def test_a_line_without_end_is_refused_alone_and_never_held(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_bytes(b'{"Text":"a"}\n' + b" " * (2 * LONGEST_ROW + 5) + b'\n{"Text":"b"}\n')
    first, second, third = items_of(path, "t.jsonl", columns=Columns({"text": "Text"}))
    assert second.refusal is not None and second.refusal.where == "line 2"
    assert first.read is not None and third.read is not None
    assert count_of(path, "t.jsonl") == 3


def test_halves_of_characters_and_nul_are_dropped_from_what_is_stored_and_kept_in_the_raw_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.jsonl"
    line = b'{"Text":"a\\ud83db\\u0000c \\ud83d\\ude00","Titel":"T\\ud800\\u0000","\\ud800":"x"}'
    path.write_bytes(line)
    (item,) = items_of(path, "t.jsonl", columns=TEXT)
    assert item.read is not None
    assert (item.read.text, item.read.title, item.raw) == ("abc 😀", "T", line)
    assert {step.what for step in item.read.steps} == {"NUL dropped", "lone surrogate dropped"}


def test_no_records_are_no_table() -> None:
    assert refusal(b"\n \n", "t.jsonl") == "t.jsonl: it has no records"
    assert refusal(b"{}\n", "t.jsonl") == "t.jsonl: it has no records"
    assert "it has no records: is no JSON" in refusal(b"Title,Text\na,b\n", "t.jsonl")


# ── round trips ───────────────────────────────────────────────────────────────────────────────────

# A file in which controls abound is binary, and refused as that.
SIGNS = st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\t\r\n\"',;|")
WORDS = st.text(SIGNS, max_size=40)
FORMULA = tuple("'" + sign for sign in "=+-@\t\r\n＝＋－＠")


@pytest.mark.lengthy
@given(
    rows=st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=6),
    separator=st.sampled_from(",;\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_python_writes_as_csv_comes_back(
    rows: list[list[str]], separator: str, encoding: str, quoting: Any
) -> None:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, quoting=quoting)
    writer.writerow(["Title", "Text", "Date"])
    writer.writerows(rows)
    if not rows:
        return
    raw = f"sep={separator}\r\n{out.getvalue()}".encode(encoding)
    read = [row for row in table(raw).rows() if isinstance(row, Row)]
    assert [list(json.loads(row.raw).values()) for row in read] == rows
    for row, written in zip(read, rows, strict=True):
        filled = {n: cell for n, cell in zip(("Title", "Text", "Date"), written, strict=True) if cell.strip()}
        assert row.cells == {n: c[1:] if c.startswith(FORMULA) else c for n, c in filled.items()}


@pytest.mark.lengthy
@given(records=st.lists(st.dictionaries(st.sampled_from("abc"), WORDS, min_size=1), min_size=1, max_size=6))
def test_whatever_python_writes_as_json_lines_comes_back(records: list[dict[str, str]]) -> None:
    records = [record for record in records if any(value.strip() for value in record.values())]
    if not records:
        return
    for ascii_only in (True, False):
        raw = "\n".join(json.dumps(record, ensure_ascii=ascii_only) for record in records).encode()
        read = [row for row in table(raw, "t.jsonl").rows() if isinstance(row, Row)]
        assert [json.loads(row.raw) for row in read] == records
        assert [row.cells for row in read] == [
            {key: value for key, value in record.items() if value.strip()} for record in records
        ]


def test_codecs_with_marks_are_known_by_them() -> None:
    raw = codecs.BOM_UTF32_LE + "Title,Text\na,ü\n".encode("utf-32-le")
    (row,) = table(raw).rows()
    assert isinstance(row, Row) and row.cells == {"Title": "a", "Text": "ü"}
