"""Finds what the demo's files quote in the texts. Extents are code points, end exclusive.

A quote without `occurrence` and `within` must stand in the text once. The words that belong to a
claim (its speakers' mentions, cues, roles, reasons, times) are short and frequent, so they are the
occurrence nearest to the claim, outside its own words; two at the same distance are refused. Only a
time may stand inside the words it belongs to.
"""

from collections.abc import Iterator

from .entries import Quote
from .file_line import FileLine

Stretch = tuple[int, int]
Extent = tuple[Stretch, ...]


def find(text: str, quote: Quote, at: FileLine) -> Stretch:
    """The one stretch the quote means. Raises `EntryRefused`."""
    start, end = _frame(text, quote, at)
    found = list(_occurrences(text, quote.text, start, end))
    if quote.occurrence:
        if len(found) < quote.occurrence:
            raise at.refuse(f"“{quote.text}” stands there {len(found)} times, not {quote.occurrence}")
        return found[quote.occurrence - 1]
    if len(found) != 1:
        raise at.refuse(f"“{quote.text}” stands there {len(found)} times; say occurrence or within")
    return found[0]


def find_pieces(text: str, quotes: tuple[Quote, ...], at: FileLine) -> Extent:
    """A claim's stretches: the first as `find` has it, each later one the first after the one before."""
    extent = [find(text, quotes[0], at)]
    for quote in quotes[1:]:
        found = next(_occurrences(text, quote.text, extent[-1][1], len(text)), None)
        if found is None:
            raise at.refuse(f"“{quote.text}” does not follow “{quotes[0].text}”")
        extent.append(found)
    return tuple(extent)


def find_near(text: str, quote: Quote, extent: Extent, at: FileLine, *, inside: bool = False) -> Stretch:
    """The stretch nearest to the extent, outside it unless `inside`. Raises `EntryRefused`."""
    if quote.occurrence or quote.within:
        return find(text, quote, at)
    ranked = sorted(
        (distance, found)
        for found in _occurrences(text, quote.text, 0, len(text))
        if (distance := _distance(found, extent)) >= 0 or inside
    )
    if not ranked:
        raise at.refuse(f"“{quote.text}” does not stand in the text, outside the claim")
    if len(ranked) > 1 and ranked[0][0] == ranked[1][0]:
        raise at.refuse(f"“{quote.text}” stands twice as near; say occurrence or within")
    return ranked[0][1]


def _frame(text: str, quote: Quote, at: FileLine) -> Stretch:
    if not quote.within:
        return 0, len(text)
    if text.count(quote.within) != 1:
        raise at.refuse(f"the frame “{quote.within}” stands {text.count(quote.within)} times in the text")
    start = text.index(quote.within)
    return start, start + len(quote.within)


def _occurrences(text: str, words: str, start: int, end: int) -> Iterator[Stretch]:
    """Where the words stand as whole words."""
    at = text.find(words, start, end)
    while at >= 0:
        after = at + len(words)
        if not (_joined(text, at) or _joined(text, after)):
            yield at, after
        at = text.find(words, at + 1, end)


def _joined(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _distance(found: Stretch, extent: Extent) -> int:
    """Code points between the stretch and the nearest one of the extent; below 0 where they overlap."""
    return min(max(start - found[1], found[0] - end) for start, end in extent)
