"""What a table is made of while it is read: rows, one at a time, and what its head shows."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sources.intake.refusal import Refusal, refused
from sources.text.normalise import clean


class Bare(str):
    """What stands without quotation marks in JSON: a number, true, false, or a list in a list."""

    __slots__ = ()


Cell = str | tuple[str, ...]
"""The values of a JSON list stay apart."""
Opener = Callable[[], BinaryIO]
"""Opens the table's bytes from their beginning, as often as asked."""

LONGEST_ROW = 16 * 1024 * 1024
"""Code points (of JSON: bytes) that one row may have: an open quotation mark must not take all memory."""
MOST_COLUMNS = 1000
MOST_ROWS = 200_000
SAMPLED = 200
"""Rows that are looked at before anybody says what the columns mean."""


@dataclass(frozen=True, slots=True)
class Row:
    """`where` is "row 12", counted as a spreadsheet does, or "line 12". `raw` is what is kept of it, JSON;
    `cells` holds the filled ones alone, by column."""

    where: str
    cells: dict[str, Cell]
    raw: bytes


@dataclass(frozen=True, slots=True)
class BadRow:
    """One that is refused; where `last`, nothing behind it can be told apart any more."""

    refusal: Refusal
    last: bool = False


@dataclass(frozen=True)
class Opened:
    """A table of which the head was read. `columns` are the names in their order, of JSON the paths of keys
    in its first records (`more`: others may follow); `note` says what was guessed; `read`
    begins at the first row whenever called, and gives None for as many rows as it is told to pass over: of
    those no more is read than where they end. `letters_known`: somebody
    said the encoding before."""

    name: str
    columns: tuple[str, ...]
    encoding: str
    note: str
    separator: str
    read: Callable[[int], Iterator[Row | BadRow | None]]
    opener: Opener
    more: bool = False
    letters_known: bool = False

    def rows(self) -> Iterator[Row | BadRow]:
        return (row for row in self.read(0) if row is not None)


def value_of(cell: Cell, joiner: str = "; ") -> str:
    """A cell as one text, without NUL and halves of characters."""
    return clean(cell if isinstance(cell, str) else joiner.join(cell)).text.strip()


def values_of(cell: Cell) -> tuple[str, ...]:
    parts = (cell,) if isinstance(cell, str) else cell
    return tuple(value for part in parts if (value := value_of(part)))


_NO_TEXT = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"})


def codec_named(name: str, declared: str) -> str:
    """Raises Refused where no encoding of text is called so."""
    try:
        info = codecs.lookup(declared)
    except (LookupError, ValueError):
        raise refused(name, f"the declared encoding {declared[:40]!r} is not known") from None
    if not is_of_text(declared):
        raise refused(name, f"the declared encoding {declared[:40]!r} is not one of text")
    return info.name


def is_of_text(encoding: str) -> bool:
    """Whether that is the name of a codec, and one of text."""
    try:
        info = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return info.name.replace("_", "-") not in _NO_TEXT and info._is_text_encoding  # type: ignore[attr-defined]
