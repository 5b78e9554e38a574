"""Where words stand in a text, or the passage that is most like them. The text is read once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher

from sources.text.folding import SEPARATORS, UNSPACED

MOST_WORDS = 300
"""Words of a passage that are compared; a longer one is known by its first."""
SELDOM = 40
"""A word that stands in more places than this says nothing about where a passage is."""
_LEAST_WORDS = 4
_NEAR = 3
_WORD = re.compile(f"[{UNSPACED}]|[^{SEPARATORS}{UNSPACED}\x00]+|(?! )[{SEPARATORS}]")
_LETTER = re.compile(f"[^{SEPARATORS}{UNSPACED}\x00]")


class Passages:
    def __init__(self, text: str) -> None:
        self.text = text
        self._known: dict[str, list[int]] = {}
        self._spans: list[tuple[int, int]] | None = None
        self._where: dict[str, list[int]] = {}

    def places(self, words: str, most: int) -> list[int]:
        """Where they stand word for word, at most so many places."""
        if words not in self._known:
            found: list[int] = []
            at = self.text.find(words)
            while at >= 0 and len(found) < most:
                if self._is_whole(at, words):
                    found.append(at)
                at = self.text.find(words, at + 1)
            self._known[words] = found
        return self._known[words]

    def stands_once(self, words: str) -> bool:
        """Also as a part of other words."""
        at = self.text.find(words)
        return at >= 0 and self.text.find(words, at + 1) < 0

    def most_like(self, words: str) -> tuple[int, int, float] | None:
        """The passage that has most of the words in their order, and how alike the two are, 0 to 1. Of fewer
        than four words nothing is said."""
        wanted = _WORD.findall(words)[:MOST_WORDS]
        if len(wanted) < _LEAST_WORDS:
            return None
        spans = self._read()
        # Words of one passage stand about as far apart in both: their differences of place agree.
        votes: Counter[int] = Counter()
        for i, word in enumerate(wanted):
            for j in self._where.get(word, ()):
                votes[(j - i) // _NEAR] += 1
        if not votes:
            return None
        best, _ = max(votes.items(), key=lambda one: (one[1] + votes[one[0] + 1], -one[0]))
        low = max(0, best * _NEAR - 2 * _NEAR)
        high = min(len(spans), best * _NEAR + len(wanted) + len(wanted) // 2 + 3 * _NEAR)
        there = [self.text[a:b] for a, b in spans[low:high]]
        blocks = [
            b for b in SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks() if b.size
        ]
        if not blocks:
            return None
        first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
        alike = 2 * sum(block.size for block in blocks) / (len(wanted) + last - first)
        return spans[low + first][0], spans[low + last - 1][1], alike

    def _is_whole(self, at: int, words: str) -> bool:
        """Whether it neither begins nor ends within a word of the text: "he" does not stand in "the"."""
        return not (self._is_within(at) or self._is_within(at + len(words)))

    def _is_within(self, at: int) -> bool:
        around = self.text[at - 1 : at + 1] if at else ""
        return len(around) == 2 and bool(_LETTER.match(around[0]) and _LETTER.match(around[1]))

    def _read(self) -> list[tuple[int, int]]:
        if self._spans is None:
            self._spans = [match.span() for match in _WORD.finditer(self.text)]
            where: dict[str, list[int]] = defaultdict(list)
            for j, (start, end) in enumerate(self._spans):
                known = where[self.text[start:end]]
                if len(known) <= SELDOM:
                    known.append(j)
            self._where = {word: at for word, at in where.items() if len(at) <= SELDOM}
        return self._spans
