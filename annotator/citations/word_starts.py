"""Finding phrases in one text many times over, each without reading the whole text.

The places where words begin are kept in the order of what follows them. A phrase is looked up at the rarest
of its own word beginnings, so a text of many sentences that begin alike costs little more than any other.
"""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

LONGEST = 32
"""Code points by which two beginnings are told apart; longer phrases are compared where they may stand."""
FEW = 4
"""Places that are looked at rather than a rarer word sought."""
TRIED = 6
"""Words of a phrase that are looked up at most, spread over it."""
_START = re.compile(r"(?<!\w)\w")
Span = tuple[int, int]


def is_letter(character: str) -> bool:
    """What regular expressions call a word character."""
    return character.isalnum() or character == "_"


class WordStarts:
    """One text whose white space is single spaces and newlines."""

    def __init__(self, text: str) -> None:
        self._text = text
        starts = (match.start() for match in _START.finditer(text))
        self._starts = array("I", sorted(starts, key=lambda at: text[at : at + LONGEST]))

    def standing(self, before: str, words: str, after: str) -> Iterator[Span]:
        """Where `words` stand between the other two, which may be empty, with at most white space between."""
        pieces = (before, words, after)
        which, offset, found = self._rarest(pieces)
        for at in found:
            start = at - offset
            if which == 0:
                start = self._past_space(start + len(before))
            elif which == 2:
                start = self._before_space(start) - len(words)
            if start >= 0 and self.stands_at(start, before, words, after):
                yield start, start + len(words)

    def stands_at(self, start: int, before: str, words: str, after: str) -> bool:
        end = start + len(words)
        if not self._bounded(start, words):
            return False
        if before and not self._bounded(self._before_space(start) - len(before), before):
            return False
        return not after or self._bounded(self._past_space(end), after)

    def _bounded(self, at: int, words: str) -> bool:
        """Whether the words stand there, and words of the text do not go on beyond them."""
        text, end = self._text, at + len(words)
        if at < 0 or not text.startswith(words, at):
            return False
        if at and is_letter(words[0]) and is_letter(text[at - 1]):
            return False
        return not (end < len(text) and is_letter(words[-1]) and is_letter(text[end]))

    def _past_space(self, at: int) -> int:
        return at + 1 if self._text[at : at + 1].isspace() else at

    def _before_space(self, at: int) -> int:
        return at - 1 if at > 0 and self._text[at - 1].isspace() else at

    def _rarest(self, pieces: tuple[str, str, str]) -> tuple[int, int, "array[int]"]:
        """A piece, a place in it, and where the text may have what stands there; fewest where it can be."""
        best: tuple[int, int, int, int] | None = None
        for which, piece in enumerate(pieces):
            starts = [match.start() for match in _START.finditer(piece)]
            for offset in starts[:: -(-len(starts) // TRIED) or 1]:
                low, high = self._range(piece[offset : offset + LONGEST])
                if best is None or high - low < best[3] - best[2]:
                    best = (which, offset, low, high)
                if high - low <= FEW:
                    return which, offset, self._starts[low:high]
        if best is None:
            return 1, 0, array("I")
        return best[0], best[1], self._starts[best[2] : best[3]]

    def _range(self, words: str) -> tuple[int, int]:
        text, length = self._text, len(words)

        def key(at: int) -> str:
            return text[at : at + length]

        low = bisect_left(self._starts, words, key=key)
        return low, bisect_right(self._starts, words, lo=low, key=key)
