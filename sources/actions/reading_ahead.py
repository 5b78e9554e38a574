"""Reading documents ahead of those that are being stored, so that neither waits for the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from sources.intake.article import ReadArticle, tidy
from sources.intake.columns import Columns, columns_from
from sources.intake.items import Item
from sources.intake.refusal import Refusal, Refused
from sources.intake.registry import read

from .imports import Incoming
from .storing import RawFile

AT_ONCE = 2
"""Documents that are read at the same time; most of it happens in processes of their own."""
AHEAD = 80
"""Items that are read before they are stored, at most."""
BYTES_AHEAD = 16 * 1024 * 1024
"""Of documents and rows that are read ahead, or one that is larger."""
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Options:
    """How the things of one intake are read: `encoding`, `format` and `language` at their word, `outlet`
    where an item names none, `columns` what those of every table mean (as `Columns.as_json` says it), or of
    each by the key of its columns."""

    encoding: str = ""
    format: str = ""
    outlet: str = ""
    language: str = ""
    columns: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, written: dict[str, Any]) -> Options:
        """From `Intake.options`, whatever else stands there."""
        return cls(**{name: written[name] for name in cls.__slots__ if name in written})

    @property
    def meanings(self) -> Columns | dict[str, Columns] | None:
        """Of every table, or of each by the key of its columns. Raises BadColumns."""
        if not self.columns:
            return None
        if "fields" in self.columns:
            return columns_from(self.columns)
        return {key: columns_from(told) for key, told in self.columns.items()}


@dataclass(frozen=True, slots=True)
class Ready:
    """An item that was read, or why it was not."""

    item: Item
    position: int
    incoming: Incoming | None = None
    refusal: Refusal | None = None


Readies = Iterator[tuple[Ready, bool]]


def reading_ahead(items: Iterator[tuple[int, Item]], options: Options) -> Readies:
    """Each item read, in their order, and whether the next is ready as well.

    Memory stays flat: no more is taken from `items` than AHEAD and BYTES_AHEAD allow.
    """
    under_way: deque[tuple[Future[Ready], int]] = deque()
    size, more = 0, True
    with ThreadPoolExecutor(AT_ONCE, "reading") as pool:
        try:
            while True:
                while more and len(under_way) < AHEAD and size < BYTES_AHEAD:
                    found = next(items, None)
                    if found is None:
                        more = False
                        break
                    weight = _weight(found[1])
                    under_way.append((pool.submit(ready, *found, options), weight))
                    size += weight
                if not under_way:
                    return
                future, weight = under_way.popleft()
                done = future.result()
                size -= weight
                yield done, bool(under_way) and under_way[0][0].done()
        finally:
            for future, _ in under_way:
                future.cancel()


def _weight(item: Item) -> int:
    """Bytes that it holds, about."""
    return len(item.document or item.raw or b"") + (len(item.read.text) if item.read else 0)


def ready(position: int, item: Item, options: Options) -> Ready:
    """The item read. Whatever goes wrong in reading refuses this item alone."""
    if item.refusal is not None:
        return Ready(item, position, refusal=item.refusal)
    try:
        return _read(position, item, options)
    except Refused as error:
        return Ready(item, position, refusal=error.refusal)
    except Exception as error:  # a fault of a reader, on an item that nobody foresaw: the others come in
        why = f"its reader failed ({type(error).__name__}: {str(error)[:100]})"
        return Ready(item, position, refusal=Refusal(item.name, "", why))


def _read(position: int, item: Item, options: Options) -> Ready:
    if item.read is not None:
        article, raw, media_type = item.read, item.raw or b"", "application/json"
    elif item.document is not None:
        raw = item.document
        article = read(raw, item.name, declared=options.encoding or None, format_name=options.format or None)
        media_type = article.media_type
    else:
        why = "a file's addresses are not fetched: hand them over as addresses"
        return Ready(item, position, refusal=Refusal(item.name, "", why))
    file_name = item.name.rpartition("/")[2].encode("utf-8", "replace").decode()
    raw_file = RawFile(raw, media_type, file_name[-LONGEST_NAME:])
    return Ready(item, position, Incoming(completed(article, options), raw_file))


def completed(article: ReadArticle, options: Options) -> ReadArticle:
    """With what was said of all the things of the intake."""
    return replace(
        article,
        outlet=article.outlet or tidy(options.outlet) or None,
        language=options.language or article.language,
    )
