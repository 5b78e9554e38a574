"""The items that a file on disk holds: itself, or one after another what lies in an archive or a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sources.intake.article import ReadArticle
from sources.intake.columns import Columns
from sources.intake.refusal import Refusal
from sources.intake.walk import FoundFile


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to take in. Exactly one of the four says what it is: `document` (bytes that the registry
    has yet to read), `read` (a row of a table, already an article), `refusal`, or `address` (to be fetched).

    `position` counts from 0 and is the same for the same bytes; `name` is what a report line shows: the path
    in the archive, "file.csv, row 12". `raw` is what is kept of a row that was read: the row as JSON.
    """

    position: int
    name: str
    document: bytes | None = None
    read: ReadArticle | None = None
    refusal: Refusal | None = None
    address: str = ""
    raw: bytes | None = None

    def __post_init__(self) -> None:
        said = (self.document, self.read, self.refusal, self.address or None)
        if sum(one is not None for one in said) != 1:
            raise ValueError("an item is one of document, read article, refusal and address")
        if (self.raw is None) != (self.read is None):
            raise ValueError("a row that was read, and nothing else, comes with its raw bytes")


def items_of(
    path: Path,
    name: str,
    *,
    columns: Columns | Mapping[str, Columns] | None = None,
    declared: str | None = None,
    start: int = 0,
) -> Iterator[Item]:
    """What the file holds, one item at a time, from position `start` on.

    `declared` is the encoding of tables, taken at its word. Raises Refused before the first item where the
    file is refused as a whole; an item that is refused is an Item and stops no other.
    """
    if start == 0:
        raw = FoundFile(path, name).read_bytes()
        yield Item(0, name, refusal=raw) if isinstance(raw, Refusal) else Item(0, name, document=raw)


def count_of(path: Path, name: str, *, declared: str | None = None) -> int:
    """How many items `items_of` would give, without reading them. Raises Refused as that does."""
    return 1


def is_container(path: Path, name: str) -> bool:
    """Whether the file holds items rather than being one."""
    return False
