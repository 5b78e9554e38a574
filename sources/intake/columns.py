"""What the columns of a table mean: which one holds which field of an article's record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Columns:
    """`fields` maps a field of the record ("text", "title" …) to the column's name, of JSON to the path of
    keys ("meta.author"). `order` says how figures such as 03/04/2025 are read: "day" first, "month" first,
    or "" where nobody said it. `outlet` and `language` are those of rows that do not tell their own."""

    fields: Mapping[str, str] = field(default_factory=dict)
    order: str = ""
    outlet: str = ""
    language: str = ""
