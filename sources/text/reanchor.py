"""What became of stretches of a text in a later one: exact, moved, changed or orphaned, with why.

The two texts are aligned by their words (`printed`, `alignment`). A stretch is **exact** where its words and
32 code points on both sides stand, in unchanged order, in what is aligned, and nothing repeated makes that
doubtful. Everything else is for a person to confirm: the same words elsewhere or among other words are
**moved**, words that differ are **changed** (also where they differ in print alone, which is said), and what
is not there is **orphaned**. Nothing is ever proposed as the same words that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from sources.text.alignment import Alignment, align
from sources.text.anchor import CONTEXT
from sources.text.offsets import Extent, without_blanks
from sources.text.passages import Passages
from sources.text.printed import printed, same_words
from sources.text.whole_words import whole

Found = Literal["exact", "moved", "changed", "orphaned"]
WORST: tuple[Found, ...] = ("exact", "moved", "changed", "orphaned")
LEAST = 0.4
"""A score below which nothing is proposed."""
LEAST_LIKE = 0.5
"""How much of changed words, and of what they were changed to, has to be the same."""
LONG = 24
"""Code points from which words speak for themselves, whatever stands around them."""
MOST_PLACES = 200
"""Places of the same words that are compared by what stands around them."""
_SHORT = 200
"""Code points up to which two passages are compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Became:
    """`extent` is where it stands, or is proposed to stand, in the new text; None for an orphan. `score` is
    how much of the words and of what stands around them agrees, 0 to 1. `print_only`: its words are the same
    and printed otherwise. `places`: in how many places they stand, of which nothing says which is meant."""

    found: Found
    extent: Extent | None
    score: float
    reason: str
    print_only: bool = False
    places: int = 1


@dataclass(frozen=True, slots=True)
class _Place:
    """In characters of the printed new text."""

    first: int
    last: int
    score: float
    aligned: bool
    places: int = 1
    sure: bool = False


class Reanchoring:
    """Old and new text, aligned once, asked for as many extents as one likes."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = printed(old), printed(new)
        self.alignment: Alignment = align(self.old.words, self.new.words, self.old.breaks, self.new.breaks)
        self._passages = Passages(self.new.words)

    def of(self, extent: Extent) -> Became:
        """What became of an extent, which lies in the old text. Of several stretches the worst counts; those
        of blanks alone, which were marked once, are left behind."""
        worded = without_blanks(self.old.text, extent) or extent
        parts = [self._stretch(start, end) for start, end in worded.stretches]
        found = parts[0] if len(parts) == 1 else _together(parts)
        if len(worded.stretches) < len(extent.stretches):
            return replace(found, reason=f"{found.reason}; blanks that were marked are left out")
        return found

    def _stretch(self, start: int, end: int) -> Became:
        first, last = self.old.within(start, end)
        if not self.old.words[first:last].strip():
            return self._of_no_words(start, end)
        place = self._aligned(first, last)
        if place is not None and place.sure:
            return self._exact(start, end, place)
        return self._proposed(start, end, place, self._elsewhere(first, last, place))

    def _aligned(self, first: int, last: int) -> _Place | None:
        """Where the alignment has its words, sure or not, or what they were changed to."""
        block = self.alignment.holding(first, last)
        if block is not None:
            to = first + block.new - block.old
            score = self._score(first, last, to, to + last - first, 1.0)
            around = max(0, first - CONTEXT), min(len(self.old.words), last + CONTEXT)
            sure = self._same_around(first, last, to) and self.alignment.is_sure(block, first, last)
            sure = sure and self._is_one(block.old, block.old + block.length, *around)
            return _Place(to, to + last - first, score, aligned=True, sure=sure)
        begin, stop, same = self.alignment.carried(first, last)
        begin, stop = _trimmed(self.new.words, begin, stop)
        if begin == stop:
            return None
        alike = 2 * same / (last - first + stop - begin)
        alike = max(alike, _letters_alike(self.old.words[first:last], self.new.words[begin:stop]))
        if alike < LEAST_LIKE:
            return None
        return _Place(begin, stop, self._score(first, last, begin, stop, alike), aligned=True)

    def _is_one(self, block_start: int, block_end: int, first: int, last: int) -> bool:
        """Whether its words with what stands around them stand once in each text; or else all that is aligned
        with them does, so that what is repeated is told apart by what stands further off."""
        old = self.old.words
        window = old[first:last]
        if self._passages.stands_once(window) and _once(old, window):
            return True
        whole = old[block_start:block_end]
        return _once(old, whole) and self._passages.stands_once(whole)

    def _same_around(self, first: int, last: int, to: int) -> bool:
        old, new, end = self.old.words, self.new.words, to + last - first
        return (
            old[max(0, first - CONTEXT) : first] == new[max(0, to - CONTEXT) : to]
            and old[last : last + CONTEXT] == new[end : end + CONTEXT]
        )

    def _elsewhere(self, first: int, last: int, aligned: _Place | None) -> _Place | None:
        """Where the very words stand, wherever the alignment has them; the likeliest of several. Where they
        stand nowhere, the passage that is most like them."""
        words = self.old.words[first:last].strip()
        lead = len(self.old.words[first:last]) - len(self.old.words[first:last].lstrip())
        first, last = first + lead, first + lead + len(words)
        places = self._passages.places(words, MOST_PLACES)
        if not places:
            return self._like(first, last)
        near = self.alignment.carried(first, last)[0]
        scored = [(self._score(first, last, at, at + len(words), 1.0), -abs(at - near), at) for at in places]
        score, _, at = max(scored)
        ties = sum(one[0] == score for one in scored)
        if score < LEAST and not (len(places) == 1 and len(words) >= LONG):
            return None
        return _Place(at, at + len(words), score, aligned=False, places=len(places) if ties > 1 else 1)

    def _like(self, first: int, last: int) -> _Place | None:
        found = self._passages.most_like(self.old.words[first:last])
        if found is None:
            return None
        begin, stop, alike = found
        score = self._score(first, last, begin, stop, alike)
        return _Place(begin, stop, score, aligned=False) if alike >= LEAST_LIKE and score >= LEAST else None

    def _score(self, first: int, last: int, begin: int, stop: int, alike: float) -> float:
        """The share of its words and of the 32 code points on both sides that agrees."""
        before, after = self.old.words[max(0, first - CONTEXT) : first], self.old.words[last : last + CONTEXT]
        agree = _common(before[::-1], self.new.words[max(0, begin - CONTEXT) : begin][::-1])
        agree += _common(after, self.new.words[stop : stop + CONTEXT])
        size = last - first
        return round((alike * size + agree) / (size + len(before) + len(after)), 3)

    def _exact(self, start: int, end: int, place: _Place) -> Became:
        same = self._letter_by_letter(start, end, place)
        if same is not None:
            shifted = same[0] - start
            way = "further on" if shifted > 0 else "earlier"
            said = "the same words between the same words"
            said += f", {abs(shifted)} characters {way}" if shifted else ""
            return Became("exact", Extent.of(same), 1.0, said)
        there = Extent.of(self.new.back(*_trimmed(self.new.words, place.first, place.last)))
        said = "the same words between the same words, printed otherwise"
        return Became("changed", there, place.score, said, print_only=True)

    def _letter_by_letter(self, start: int, end: int, place: _Place) -> tuple[int, int] | None:
        """Where exactly the same letters stand, counted from the place of the same words."""
        first, last = self.old.within(start, end)
        was, now = self.old.back(first, last), self.new.back(place.first, place.last)
        there = now[0] + start - was[0], now[1] + end - was[1]
        if 0 <= there[0] < there[1] and self.new.text[slice(*there)] == self.old.text[start:end]:
            return there
        return None

    def _proposed(self, start: int, end: int, aligned: _Place | None, other: _Place | None) -> Became:
        """The likelier of the two."""
        found = [place for place in (aligned, other) if place is not None]
        best = max(found, key=lambda place: (place.score, place.aligned), default=None)
        if best is None or (best.score < LEAST and not self._speaks(best, start, end)):
            return Became("orphaned", None, best.score if best else 0.0, self._why_not(start, end))
        there = self._letter_by_letter(start, end, best)
        there = there or self.new.back(*_trimmed(self.new.words, best.first, best.last))
        there = whole(self.old.text, self.new.text, (start, end), there)
        extent, was, now = Extent.of(there), self.old.text[start:end], self.new.text[slice(*there)]
        if now == was:
            return Became("moved", extent, best.score, _why_moved(best), places=best.places)
        if printed(now).words.strip() == printed(was).words.strip():
            said = f"{_why_moved(best)}, printed otherwise"
            return Became("changed", extent, best.score, said, print_only=True, places=best.places)
        return Became("changed", extent, best.score, "the words differ", places=best.places)

    def _speaks(self, place: _Place, start: int, end: int) -> bool:
        return end - start >= LONG and not place.aligned and place.places == 1

    def _why_not(self, start: int, end: int) -> str:
        first, last = self.old.within(start, end)
        count = len(self._passages.places(self.old.words[first:last].strip(), MOST_PLACES))
        if not count:
            return "neither the words nor anything like them stands in the new text"
        often = f"{count} times" if count < MOST_PLACES else f"{MOST_PLACES} times or more"
        return f"the words stand in the new text {often if count > 1 else 'once'}, among quite other words"

    def _of_no_words(self, start: int, end: int) -> Became:
        """Blanks and marks that take no room say nothing by which they could be found."""
        if self.old.text == self.new.text:
            return Became("exact", Extent.of((start, end)), 1.0, "the text is the same")
        return Became("orphaned", None, 0.0, "there are no words in it by which it could be found")


def in_its_sentences(became: Became, was: Sequence[str], now: Sequence[str]) -> Became:
    """The same of words that mean what their sentences say, which read `was` and read `now`: where a sentence
    says something else, "he said that" or "he denied that", they are not exactly what they were."""
    if became.found != "exact" or same_words(" ".join(was), " ".join(now)):
        return became
    return replace(became, found="moved", reason="the same words, and their sentence differs")


def reanchor(old: str, new: str, extents: Sequence[Extent]) -> list[Became]:
    """What became of each extent of the old text, in the given order."""
    found = Reanchoring(old, new)
    return [found.of(extent) for extent in extents]


def _together(parts: list[Became]) -> Became:
    """Of an extent with stretches that stand apart. Where some are gone, what is left is proposed."""
    worst = max(parts, key=lambda part: WORST.index(part.found))
    there = [part for part in parts if part.extent is not None]
    if not there:
        return worst
    extent = Extent(tuple(stretch for part in there if part.extent for stretch in part.extent.stretches))
    score = round(sum(part.score for part in parts) / len(parts), 3)
    places = max(part.places for part in parts)
    in_order = tuple(part.extent.stretches[0] for part in there if part.extent) == extent.stretches
    if len(there) < len(parts):
        said = f"{len(parts) - len(there)} of {len(parts)} pieces are gone: {worst.reason}"
        return Became("changed", extent, score, said, places=places)
    if not in_order:
        return Became(
            "changed", extent, score, "its pieces stand in another order or together", places=places
        )
    print_only = worst.found == "changed" and all(p.found != "changed" or p.print_only for p in parts)
    return replace(worst, extent=extent, score=score, print_only=print_only, places=places)


def _why_moved(place: _Place) -> str:
    if place.places > 1:
        return f"the same words stand in {place.places} places, and nothing says which is meant"
    if place.aligned:
        return "the same words among words that differ"
    return "the same words elsewhere"


def _once(text: str, words: str) -> bool:
    at = text.find(words)
    return at >= 0 and text.find(words, at + 1) < 0


def _trimmed(text: str, first: int, last: int) -> tuple[int, int]:
    while first < last and text[first] == " ":
        first += 1
    while last > first and text[last - 1] == " ":
        last -= 1
    return first, last


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _letters_alike(one: str, other: str) -> float:
    if max(len(one), len(other)) > _SHORT:
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
