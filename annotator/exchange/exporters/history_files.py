"""A project's history as a file, written as it is read: CSV that a spreadsheet may open, or JSON Lines."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .tables_csv import neutralise

COLUMNS = (
    "id",
    "at",
    "user",
    "request",
    "act",
    "kind",
    "table",
    "operation",
    "row",
    "before",
    "after",
)
CHUNK = 65536
"""Code points after which what was written is sent."""


def _as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([neutralise(_cell(row[column])) for column in COLUMNS])
        if buffer.tell() > CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def _as_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    for row in rows:
        buffer.write(json.dumps(row, ensure_ascii=False) + "\n")
        if buffer.tell() > CHUNK:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    written = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return written


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


Writer = Callable[[Iterable[dict[str, Any]]], Iterator[bytes]]
FORMS: dict[str, tuple[Writer, str]] = {
    "csv": (_as_csv, "text/csv; charset=utf-8"),
    "jsonl": (_as_lines, "application/x-ndjson"),
}
"""Each with its media type."""
