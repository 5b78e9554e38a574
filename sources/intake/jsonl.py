"""JSON Lines: one record a line, each read by itself, with the paths of its keys as columns."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sources.intake.article import tidy
from sources.intake.refusal import Refusal, refused
from sources.intake.table import (
    LONGEST_ROW,
    MOST_COLUMNS,
    MOST_ROWS,
    SAMPLED,
    BadRow,
    Bare,
    Cell,
    Opened,
    Opener,
    Row,
    codec_named,
)

DEEPEST = 64
MOST_VALUES = 100_000
"""Of one record; an article has some dozens."""
_STRING_OR_MARK = re.compile(r'"(?>(?:[^"\\]++|\\.)*)(?:"|\\?\Z)|([\[\]{},])', re.DOTALL)
_FAULTS = (
    ("Expecting ','", "a comma or a closing bracket is missing"),
    ("Expecting ':'", "a colon is missing behind a key"),
    ("Expecting property", "a key in double quotation marks is missing"),
    ("Expecting value", "a value is missing"),
    ("Unterminated", "a quotation mark that opens is never closed"),
    ("Invalid control", "a tab or a line end stands between quotation marks, where \\t or \\n has to stand"),
    ("Invalid \\", "a backslash stands before what it cannot stand before"),
    ("Extra data", "more stands behind the record"),
    ("Illegal trailing", "a comma stands before a closing bracket"),
)
_BLANK = b" \t\r\n"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class _BadRecord(ValueError):
    pass


def open_jsonl(opener: Opener, name: str, declared: str | None = None) -> Opened:
    """Raises Refused: no line is a record, or the first ones have too many different keys."""
    with opener() as opened:
        marked = opened.read(2) in _UTF_16
    encoding = "utf-16" if marked else codec_named(name, declared) if declared else "utf-8"

    def read(over: int) -> Iterator[Row | BadRow | None]:
        return _rows(opener, name, encoding, over)

    columns: dict[str, None] = {}
    first_bad, seen = None, 0
    for seen, row in enumerate(read(0), start=1):
        if isinstance(row, Row):
            columns.update(dict.fromkeys(row.cells))
        elif row is not None:
            first_bad = first_bad or row.refusal
        if len(columns) > MOST_COLUMNS:
            raise refused(name, f"its records have more than {MOST_COLUMNS:,} different keys")
        if seen == SAMPLED:
            break
    if not columns:
        why = f"it has no records: {first_bad.why}" if first_bad else "it has no records"
        raise refused(name, why, first_bad.where if first_bad else "")
    return Opened(name, tuple(columns), encoding, "", "", read, opener, more=seen == SAMPLED)


def count_lines(opener: Opener) -> int:
    """Lines that are not blank, up to one more than are taken."""
    with opener() as opened:
        marked = opened.read(2) in _UTF_16
    count = 0
    try:
        for _ in islice(_lines(opener, "utf-16" if marked else "utf-8"), MOST_ROWS + 1):
            count += 1
    except UnicodeDecodeError:
        count += 1  # its refusal
    return count


def _rows(opener: Opener, name: str, encoding: str, over: int) -> Iterator[Row | BadRow | None]:
    try:
        for number, line in _lines(opener, encoding):
            if over:
                over -= 1
                yield None
                continue
            where = f"line {number}"
            try:
                if line is None:
                    raise _BadRecord(f"is longer than {LONGEST_ROW // 1024**2} MB")
                yield Row(where, _cells(line, "utf-8" if encoding == "utf-16" else encoding), line)
            except _BadRecord as error:
                yield BadRow(Refusal(name, where, str(error)))
    except UnicodeError as error:  # not always one of decoding: UTF-16 without a mark
        why = getattr(error, "reason", error)
        yield BadRow(Refusal(name, "", f"not valid {encoding}, from here on nothing is read: {why}"), True)


def _lines(opener: Opener, encoding: str) -> Iterator[tuple[int, bytes | None]]:
    """(number from 1, bytes without line end) of lines that are not blank; None for one too long to hold.
    Lines of UTF-16 come as UTF-8."""
    with opener() as opened:
        if encoding.startswith("utf-16"):
            wide = io.TextIOWrapper(opened, encoding, newline="\n")
            read = lambda: wide.readline(LONGEST_ROW + 1).encode("utf-8", "surrogatepass")  # noqa: E731
        else:
            read = lambda: opened.readline(LONGEST_ROW + 1)  # noqa: E731
        number = 0
        while line := read():
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if len(line) > LONGEST_ROW:
                while line and not line.endswith(b"\n"):
                    line = read()
                yield number, None
            elif stripped := line.strip(_BLANK):
                yield number, stripped


def _cells(line: bytes, encoding: str) -> dict[str, Cell]:
    """The record's values by the path of their keys ("meta.author"). Raises _BadRecord."""
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError as error:
        raise _BadRecord(f"not valid {encoding}: {error.reason} (byte {error.start} of the line)") from None
    _refuse_much(text)
    try:
        record = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_constant,
            parse_float=Bare,
            parse_int=Bare,
        )
    except json.JSONDecodeError as error:
        raise _BadRecord(f"is no JSON: {_said(error)} (column {error.colno})") from None
    except RecursionError:
        raise _BadRecord(f"is nested more than {DEEPEST} deep") from None
    if not isinstance(record, dict):
        raise _BadRecord("is no record: an article is one object in braces")
    cells: dict[str, Cell] = {}
    _gather(record, (), cells)
    return cells


def _said(error: json.JSONDecodeError) -> str:
    return next((said for start, said in _FAULTS if error.msg.startswith(start)), "it cannot be read on")


def _gather(record: dict[str, Any], above: tuple[str, ...], cells: dict[str, Cell]) -> None:
    for key, value in record.items():
        path = (*above, tidy(key.encode("utf-8", "replace").decode()))
        if isinstance(value, dict):
            _gather(value, path, cells)
        elif isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            for name, parts in _joined(value).items():
                _put(cells, (*path, name), parts)
        elif isinstance(value, list):
            _put(cells, path, tuple(_text(one) for one in value if one is not None))
        elif value is not None:
            _put(cells, path, _text(value))


def _joined(records: list[dict[str, Any]]) -> dict[str, Cell]:
    """Of a list of records, under each path the values of all."""
    parts: dict[str, list[str]] = {}
    for record in records:
        one: dict[str, Cell] = {}
        _gather(record, (), one)
        for path, cell in one.items():
            parts.setdefault(path, []).extend((cell,) if isinstance(cell, str) else cell)
    return {path: tuple(values) for path, values in parts.items()}


def _put(cells: dict[str, Cell], path: tuple[str, ...], cell: Cell) -> None:
    name = ".".join(path)
    if name in cells:
        raise _BadRecord(f"two of its keys are called {name[:80]!r}")
    if len(cells) == MOST_COLUMNS:
        raise _BadRecord(f"has more than {MOST_COLUMNS:,} keys")
    if any(part.strip() for part in ((cell,) if isinstance(cell, str) else cell)):
        cells[name] = cell


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return Bare("true" if value else "false")
    return Bare(json.dumps(value, ensure_ascii=False))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _BadRecord(f"has the key {twice[:80]!r} twice")
    return found


def _no_constant(name: str) -> None:
    raise _BadRecord(f"{name} is not JSON")


def _refuse_much(text: str) -> None:
    """Before any of it is made: small things cost far more in memory than in the file."""
    depth = values = 0
    for match in _STRING_OR_MARK.finditer(text):
        if mark := match[1]:
            values += mark not in "]}"
            depth += (mark in "[{") - (mark in "]}")
            if depth > DEEPEST:
                raise _BadRecord(f"is nested more than {DEEPEST} deep")
            if values > MOST_VALUES:
                raise _BadRecord(f"holds more than {MOST_VALUES:,} values")
