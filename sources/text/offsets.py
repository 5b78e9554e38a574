"""Extents: where in a text something stands, in Unicode code points, end exclusive, logical order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LARGEST = 2**31 - 1
"""The largest offset the database's int4 ranges can hold."""

_STRETCH = re.compile(r"([0-9]{1,10})-([0-9]{1,10})")


class BadExtent(ValueError):
    """Says in `reason` why something is not an extent."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Extent:
    """One or more stretches, sorted; overlapping and touching stretches are one, as in a multirange."""

    stretches: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "stretches", _merged(self.stretches))

    @classmethod
    def of(cls, *stretches: tuple[int, int]) -> Extent:
        """Extent.of((10, 40), (52, 90)). Raises BadExtent."""
        return cls(tuple(stretches))

    @classmethod
    def from_json(cls, value: object) -> Extent:
        """From [[10, 40], [52, 90]], as clients send it. Raises BadExtent for every other shape."""
        if not isinstance(value, list | tuple):
            raise BadExtent("an extent is a list of [start, end] pairs")
        for pair in value:
            if not isinstance(pair, list | tuple) or len(pair) != 2:
                raise BadExtent("each stretch is a pair [start, end]")
        return cls(tuple((pair[0], pair[1]) for pair in value))

    @classmethod
    def parse(cls, written: str) -> Extent:
        """From "10-40;52-90", as datasets write it. Raises BadExtent."""
        stretches = []
        for part in written.split(";"):
            match = _STRETCH.fullmatch(part.strip())
            if match is None:
                raise BadExtent(f"{part.strip()[:40]!r} is not a stretch like 10-40")
            stretches.append((int(match[1]), int(match[2])))
        return cls(tuple(stretches))

    def __str__(self) -> str:
        return ";".join(f"{start}-{end}" for start, end in self.stretches)

    def __len__(self) -> int:
        """Code points covered, gaps left out."""
        return sum(end - start for start, end in self.stretches)

    @property
    def start(self) -> int:
        return self.stretches[0][0]

    @property
    def end(self) -> int:
        return self.stretches[-1][1]

    def to_json(self) -> list[list[int]]:
        return [[start, end] for start, end in self.stretches]

    def check_within(self, length: int) -> None:
        """Raises BadExtent unless the extent lies in a text of `length` code points."""
        if self.end > length:
            raise BadExtent(f"the extent ends at {self.end}, but the text has {length} characters")

    def slices(self, text: str) -> tuple[str, ...]:
        """The words of each stretch. Raises BadExtent when the extent goes beyond the text."""
        self.check_within(len(text))
        return tuple(text[start:end] for start, end in self.stretches)

    def overlaps(self, other: Extent) -> bool:
        """Whether they share at least one code point."""
        return any(s < end and start < e for s, e in self.stretches for start, end in other.stretches)

    def contains(self, other: Extent) -> bool:
        """Whether every code point of `other` is one of ours."""
        return all(any(s <= start and end <= e for s, e in self.stretches) for start, end in other.stretches)


def without_blanks(text: str, extent: Extent) -> Extent | None:
    """The extent without stretches of blanks alone; None where it has no other."""
    worded = tuple(one for one in extent.stretches if not text[slice(*one)].isspace())
    return Extent(worded) if worded else None


_WORD_BEFORE, _WORD_BEHIND = re.compile(r"(\S+)\s*\Z"), re.compile(r"\s*(\S+)")
_NEAR = 200
"""Code points around a blank among which a word is looked for."""


def worded(text: str, extent: Extent) -> Extent | None:
    """The same without blanks; of blanks alone the word before them, else the one behind. None where no word
    is near."""
    kept = without_blanks(text, extent)
    if kept is not None:
        return kept
    near = max(0, extent.start - _NEAR)
    before = _WORD_BEFORE.search(text[near : extent.start])
    if before:
        return Extent.of((near + before.start(1), near + before.end(1)))
    behind = _WORD_BEHIND.match(text, extent.end, extent.end + _NEAR)
    return Extent.of(behind.span(1)) if behind else None


def _merged(stretches: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    checked = sorted(_checked(start, end) for start, end in stretches)
    if not checked:
        raise BadExtent("an extent needs at least one stretch")
    merged = [checked[0]]
    for start, end in checked[1:]:
        last_start, last_end = merged[-1]
        if start <= last_end:
            merged[-1] = (last_start, max(last_end, end))
        else:
            merged.append((start, end))
    return tuple(merged)


def _checked(start: object, end: object) -> tuple[int, int]:
    # bool is an int to Python, but true is no offset.
    if type(start) is not int or type(end) is not int:
        raise BadExtent("offsets are whole numbers")
    if start < 0:
        raise BadExtent(f"offset {start} is before the text")
    if start >= end:
        raise BadExtent(f"stretch {start}-{end} is empty or runs backwards")
    if end > LARGEST:
        raise BadExtent(f"offset {end} is too large")
    return start, end
