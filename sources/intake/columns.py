"""What the columns of a table mean: which one holds which field of an article's record."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from dataclasses import field as with_default
from typing import Any

from sources.intake.article import tidy
from sources.intake.column_dates import ORDERS
from sources.intake.column_names import meanings_of
from sources.intake.table import is_of_text

FIELDS: tuple[str, ...] = (
    *("text", "title", "subtitle", "authors", "outlet", "original_outlet", "published", "modified"),
    *("url", "archive_url", "section", "language", "id"),
)
"""Of the record, as the mapping calls them; `id` is how the table calls the row, and is shown with it."""
MARKUPS = ("", "html", "plain")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_WHOLE = 100  # names that tell by their last key alone are ranked from here on
_LONG_TEXT = 200  # code points on average, from which a column of no telling name is proposed as the text


class BadColumns(ValueError):
    """A mapping that cannot be; says why in words, and `field` which field it is about, or ""."""

    def __init__(self, why: str, field_name: str = "") -> None:
        super().__init__(why)
        self.field = field_name


@dataclass(frozen=True)
class Columns:
    """`fields` maps a field of the record ("text", "title" …) to the column's name, of JSON to the path of
    keys ("meta.author"). `order` says how figures such as 03/04/2025 are read: "day" first, "month" first,
    or "" where nobody said it. `markup` says what the text's cells hold: "html", "plain", or "" for what each
    cell shows itself. `outlet` and `language` are those of rows that do not tell their own. `encoding` (a
    codec's name) is that of tables with these columns which do not show theirs."""

    fields: Mapping[str, str] = with_default(default_factory=dict)
    order: str = ""
    outlet: str = ""
    language: str = ""
    markup: str = ""
    encoding: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"fields": dict(self.fields)}


def columns_from(told: Any) -> Columns:
    """What `as_json` gave, checked again. Raises BadColumns."""
    if not isinstance(told, dict) or not isinstance(told.get("fields"), dict):
        raise BadColumns("this is no mapping of columns")
    parts = {key: told.get(key, "") for key in ("order", "outlet", "language", "markup", "encoding")}
    if not all(isinstance(part, str) for part in (*parts.values(), *told["fields"].values())):
        raise BadColumns("this is no mapping of columns")
    return checked(Columns(dict(told["fields"]), **parts))


def checked(columns: Columns, names: Iterable[str] | None = None) -> Columns:
    """The same, where it can be: the text has a column, each column serves one field, and is among `names`.
    Raises BadColumns."""
    used: dict[str, str] = {}
    for name, column in columns.fields.items():
        if name not in FIELDS:
            raise BadColumns(f"an article has no {name[:40]!r}; it has {', '.join(FIELDS)}", name)
        if column in used:
            raise BadColumns(f"the column {column[:80]!r} is taken for both {used[column]} and {name}", name)
        if names is not None and column not in set(names):
            raise BadColumns(f"there is no column {column[:80]!r}", name)
        used[column] = name
    if "text" not in columns.fields:
        raise BadColumns("say which column holds the text of the articles", "text")
    if columns.order not in ORDERS:
        raise BadColumns("figures of dates are read day first or month first", "order")
    if columns.markup not in MARKUPS:
        raise BadColumns("the text is HTML or plain text", "markup")
    if columns.language and not LANGUAGE.fullmatch(columns.language):
        raise BadColumns(f"{columns.language[:40]!r} is not a language tag such as en or ur", "language")
    if columns.encoding and not is_of_text(columns.encoding):
        raise BadColumns(f"{columns.encoding[:40]!r} is not an encoding of text", "encoding")
    if columns.outlet != tidy(columns.outlet):
        raise BadColumns("the outlet's name is too long, or has signs that no name needs", "outlet")
    return columns


def key_of(names: Iterable[str]) -> str:
    """By which the columns of a table are known again: their names, in whatever order. 64 hex digits."""
    told = json.dumps(sorted(set(names)), ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def proposal(names: Iterable[str], lengths: Mapping[str, float] | None = None) -> Columns:
    """What the names of the columns tell. `lengths` is how long each one's cells are on average, in code
    points: where several are named as texts the longest is, where none is the longest of all may be."""
    names, lengths = list(names), lengths or {}
    ranked = sorted(
        (0 if field == "text" and rank < _WHOLE else rank, -lengths.get(name, 0.0), field, name)
        for name in names
        for rank, field in meanings_of(name)
    )
    fields: dict[str, str] = {}
    for _, _, field, name in ranked:
        if field not in fields and name not in fields.values():
            fields[field] = name
    if "text" not in fields:
        left = [name for name in names if name not in fields.values()]
        longest = max(left, key=lambda name: lengths.get(name, 0.0), default="")
        if lengths.get(longest, 0.0) >= _LONG_TEXT:
            fields["text"] = longest
    return Columns({field: fields[field] for field in FIELDS if field in fields})


def in_words(columns: Columns) -> str:
    """As the command takes it: title=Headline text=Body."""
    return " ".join(
        f"{name}={json.dumps(column, ensure_ascii=False) if ' ' in column else column}"
        for name, column in sorted(columns.fields.items(), key=lambda said: FIELDS.index(said[0]))
    )
