"""What is said of an article's record, and an article that is handed over as text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from . import fields
from .addresses import parse_address
from .gathered import leaf
from .refusal import Refused

MOST_AUTHORS = 50
LONGEST_TEXT = 2_000_000  # code points
EARLIEST_READ = date(1900, 1, 1)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What is said and nothing else: name of a field → its value. `authors` is a tuple, `accessed` a day or
    None; `published` and `modified` are dates in words or EDTF, as they were written."""

    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """`text` is what is pasted, with what it says of itself at its head; `record` stands in place of that."""

    text: str
    record: RecordChange


def parse_record(value: Any) -> RecordChange:
    """Raises Refused. At least one field has to be said."""
    data = fields.mapping(value, "", RECORD)
    if not data:
        raise Refused("", "required", f"say at least one of {', '.join(RECORD)}")
    return _record(data)


def parse_article(value: Any) -> NewArticle:
    """Raises Refused."""
    data = dict(fields.mapping(value, "", ("text", *RECORD)))
    text = data.pop("text", None)
    return NewArticle(_text(text), _record(data))


@leaf("")
def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused("text", "required", "must be a text with something in it")
    if len(value) > LONGEST_TEXT:
        said = f"has {len(value)} characters, at most {LONGEST_TEXT} are taken"
        raise Refused("text", "max_length", said)
    return value


def _record(data: Mapping[str, Any]) -> RecordChange:
    return RecordChange({name: _READERS[name](value, name) for name, value in data.items()})


def _title(value: Any, field: str) -> str:
    return fields.name(value, field, 500)


def _line(most: int) -> Callable[[Any, str], str]:
    return lambda value, field: fields.name(value, field, most, required=False)


def _authors(value: Any, field: str) -> tuple[str, ...]:
    return fields.items(value, field, fields.name, MOST_AUTHORS)


@leaf("")
def _language(value: Any, field: str) -> str:
    said = fields.name(value, field, 35)
    if not _LANGUAGE.fullmatch(said):
        raise Refused(field, "language", "must be a language tag such as en, ar or ur-Arab")
    return said


@leaf(None)
def _day(value: Any, field: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Refused(field, "date", "must be a day, such as 2025-03-14") from None
    if day < EARLIEST_READ:
        raise Refused(field, "date", "nobody has read it on that day")
    return day


_READERS: dict[str, Callable[[Any, str], Any]] = {
    "title": _title,
    "subtitle": _line(1000),
    "authors": _authors,
    "outlet": _line(200),
    "original_outlet": _line(200),
    "published": _line(60),
    "modified": _line(60),
    "section": _line(200),
    "language": _language,
    "url": parse_address,
    "archive_url": parse_address,
    "accessed": _day,
}
RECORD = tuple(_READERS)
"""The fields of a record that somebody may say."""
