"""Selectors that find words again: the quote, and a little of what stands before and after it.

Follows TextQuoteSelector of the W3C Web Annotation Data Model, one quote for each stretch.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sources.text.offsets import Extent

CONTEXT = 32
"""Code points kept before and after, at most."""

_MOST_CANDIDATES = 1000
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Selector:
    """`quotes`: one a stretch, in text order. `prefix` stands before the first, `suffix` after the last."""

    quotes: tuple[str, ...]
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where all quotes stand. `score` is the share of the context that agrees, 0 to 1."""

    extent: Extent
    score: float
    reason: str


def selector(text: str, extent: Extent) -> Selector:
    """How to find the extent again. Raises BadExtent when it lies outside the text."""
    quotes = extent.slices(text)
    first = max(0, extent.start - CONTEXT)
    while first < extent.start and cuts_cluster(text, first):
        first += 1
    last = min(len(text), extent.end + CONTEXT)
    while last > extent.end and cuts_cluster(text, last):
        last -= 1
    return Selector(quotes, text[first : extent.start], text[extent.end : last])


def find(text: str, wanted: Selector, near: Extent | None = None) -> list[Candidate]:
    """Every place where the quotes stand word for word, the best first; at most 1,000 are looked at.

    `near` is where the extent used to be: if the quotes still stand there with their whole context, that
    place alone is returned, without a search.
    """
    if near is not None and near.end <= len(text) and near.slices(text) == wanted.quotes:
        there = _scored(text, near, wanted)
        if there.score == 1.0:
            return [there]
    places = islice(_places(text, wanted.quotes), _MOST_CANDIDATES)
    found = [_scored(text, extent, wanted) for extent in places]
    return sorted(found, key=lambda c: (-c.score, c.extent.end - c.extent.start, c.extent.start))


def cuts_cluster(text: str, at: int) -> bool:
    """Whether a cut before `at` parts a base from its marks, or an emoji sequence (see Unicode UAX 29)."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or (before, after) == ("\r", "\n"):
        return True
    if unicodedata.category(after) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if "\U000e0020" <= after <= "\U000e007f" or "\u1160" <= after <= "\u11ff":
        return True
    return _is_flag_letter(before) and _is_flag_letter(after) and _flag_letters_before(text, at) % 2 == 1


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, at: int) -> int:
    count = 0
    while at - count > 0 and _is_flag_letter(text[at - count - 1]):
        count += 1
    return count


def _places(text: str, quotes: tuple[str, ...], since: int = 0) -> Iterator[Extent]:
    """Extents whose stretches are the quotes in order. A gap of nothing would merge two stretches."""
    if not quotes or not quotes[0]:
        return
    at = text.find(quotes[0], since)
    while at >= 0:
        end = at + len(quotes[0])
        if len(quotes) == 1:
            yield Extent.of((at, end))
        else:
            rest = None
            for rest in _places(text, quotes[1:], end + 1):
                yield Extent(((at, end), *rest.stretches))
            if rest is None:
                return  # what does not follow the first place follows no later one
        at = text.find(quotes[0], at + 1)


def _scored(text: str, extent: Extent, wanted: Selector) -> Candidate:
    before = text[max(0, extent.start - len(wanted.prefix)) : extent.start]
    after = text[extent.end : extent.end + len(wanted.suffix)]
    if before == wanted.prefix and after == wanted.suffix:
        return Candidate(extent, 1.0, "quote, prefix and suffix agree")
    agree = _common(before[::-1], wanted.prefix[::-1]) + _common(after, wanted.suffix)
    share = agree / (len(wanted.prefix) + len(wanted.suffix))
    return Candidate(extent, share, "quote agrees, what stands around it differs")


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
