"""Which stretches of a text stand, unchanged and in the same order, in a later one.

What is the same at both ends first; then sentences that each text has once (patience), then words that a gap
has once in each, then, in small gaps, a comparison word by word. So the work grows with the text and not with
its square. What it gives is monotone: a passage that was moved is aligned to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from sources.text.folding import SEPARATORS, UNSPACED

MOST_COMPARED = 60_000
"""Pairs of words in a gap that are compared each with each."""
FURTHEST_SLIDE = 5_000
"""Code points; what can be shifted further is taken to reach to the end of the text."""
_STOPS = re.compile(r"""[.!?…。؟।]++["')\]]*+ ?""")
_WORD = re.compile(f"[{UNSPACED}] ?|[^{SEPARATORS}{UNSPACED}\x00]+ ?|[{SEPARATORS}\x00] ?")


@dataclass(frozen=True, slots=True)
class Block:
    """`length` code points that stand at `old` and, the same, at `new`."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands between two blocks: old stretch and new stretch, either of which may be empty."""

    old: tuple[int, int]
    new: tuple[int, int]


class Alignment:
    """The blocks in text order; none touches the next in both texts."""

    def __init__(self, old: str, new: str, blocks: Iterable[Block]) -> None:
        self.old, self.new = old, new
        self.blocks = _joined(blocks)
        self._starts = [block.old for block in self.blocks]
        self._sums = [0, *accumulate(block.length for block in self.blocks)]
        self.gaps = self._gaps()
        self._unsure = _spread([self._slide_old(gap) for gap in self.gaps if gap.new[0] == gap.new[1]])
        self._unsure_new = _spread([self._slide_new(gap) for gap in self.gaps if gap.old[0] == gap.old[1]])

    def holding(self, start: int, end: int) -> Block | None:
        """The block that has all of an old stretch, which is not empty."""
        at = bisect_right(self._starts, start) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block if end <= block.old + block.length else None

    def is_sure(self, block: Block, start: int, end: int) -> bool:
        """Whether an old stretch within a block is that very one: no deletion or insertion beside it could as
        well have been made some of its words earlier or later, as it can among words that are repeated."""
        shift = block.new - block.old
        return not _touches(self._unsure, start, end) and not _touches(
            self._unsure_new, start + shift, end + shift
        )

    def carried(self, start: int, end: int) -> tuple[int, int, int]:
        """About where an old stretch stands now, and how many of its code points are the same there. It may
        be empty where nothing of it is left."""
        first, last = self._edge(start, opening=True), self._edge(end, opening=False)
        return first, max(first, last), self._same_before(end) - self._same_before(start)

    def _same_before(self, at: int) -> int:
        """How many code points before an old offset are aligned."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return 0
        return self._sums[index] + min(at - self.blocks[index].old, self.blocks[index].length)

    def _edge(self, at: int, *, opening: bool) -> int:
        """Where an edge of a stretch stands: within a gap in proportion, at its rim where it was there."""
        index = (bisect_right if opening else bisect_left)(self._starts, at) - 1
        if index >= 0:
            block = self.blocks[index]
            end = block.old + block.length
            if at < end or (not opening and at == end):
                return block.new + at - block.old
        gap = self.gaps[index + 1]
        old, new = gap.old, gap.new
        if at <= old[0]:
            return new[0]
        if at >= old[1]:
            return new[1]
        return new[0] + round((at - old[0]) / (old[1] - old[0]) * (new[1] - new[0]))

    def _gaps(self) -> list[Gap]:
        """One before each block and one after the last."""
        gaps, old, new = [], 0, 0
        for block in self.blocks:
            gaps.append(Gap((old, block.old), (new, block.new)))
            old, new = block.old + block.length, block.new + block.length
        return [*gaps, Gap((old, len(self.old)), (new, len(self.new)))]

    def _slide_old(self, gap: Gap) -> tuple[int, int]:
        return _slide(self.old, *gap.old)

    def _slide_new(self, gap: Gap) -> tuple[int, int]:
        return _slide(self.new, *gap.new)


def align(old: str, new: str, old_breaks: Sequence[int] = (), new_breaks: Sequence[int] = ()) -> Alignment:
    """`breaks` are places where a line ends, at which a sentence ends too."""
    head = _common(old, new)
    room = min(len(old), len(new)) - head
    tail = _common(old[len(old) - room :][::-1], new[len(new) - room :][::-1]) if room else 0
    blocks = [Block(0, 0, head), Block(len(old) - tail, len(new) - tail, tail)]
    gap = Gap((head, len(old) - tail), (head, len(new) - tail))
    for inner in _same(
        old, new, gap, _sentences(old, old_breaks, gap.old), _sentences(new, new_breaks, gap.new)
    ):
        if isinstance(inner, Block):
            blocks.append(inner)
        else:
            blocks += _by_words(old, new, inner)
    return Alignment(old, new, sorted(blocks, key=lambda block: block.old))


Span = tuple[int, int]


def _by_words(old: str, new: str, gap: Gap) -> list[Block]:
    found: list[Block] = []
    for inner in _same(old, new, gap, _words(old, gap.old), _words(new, gap.new)):
        if isinstance(inner, Block):
            found.append(inner)
            continue
        ours, theirs = _words(old, inner.old), _words(new, inner.new)
        if ours and theirs and len(ours) * len(theirs) <= MOST_COMPARED:
            matcher = SequenceMatcher(None, _said(old, ours), _said(new, theirs), autojunk=False)
            for i, j, n in matcher.get_matching_blocks():
                found += [
                    _block(old, new, a, b) for a, b in zip(ours[i : i + n], theirs[j : j + n], strict=True)
                ]
    return found


def _same(old: str, new: str, gap: Gap, ours: list[Span], theirs: list[Span]) -> list[Block | Gap]:
    """Blocks of tokens that are the same, and the gaps that are left between them, in order."""
    a, b = _said(old, ours), _said(new, theirs)
    pairs = _patience(a, b)
    found: list[Block | Gap] = []
    at, to = gap.old[0], gap.new[0]
    for i, j in pairs:
        block = _block(old, new, ours[i], theirs[j])
        if (at, to) != (block.old, block.new):
            found.append(Gap((at, block.old), (to, block.new)))
        found.append(block)
        at, to = block.old + block.length, block.new + block.length
    if (at, to) != (gap.old[1], gap.new[1]):
        found.append(Gap((at, gap.old[1]), (to, gap.new[1])))
    return found


def _patience(a: list[str], b: list[str]) -> list[tuple[int, int]]:
    """Pairs of tokens: those that each side has once, as many as keep their order, and equal neighbours."""
    once_a, once_b = Counter(a), Counter(b)
    places = {token: j for j, token in enumerate(b) if once_b[token] == 1}
    unique = [(i, places[token]) for i, token in enumerate(a) if once_a[token] == 1 and token in places]
    kept = _rising(unique)
    pairs: list[tuple[int, int]] = []
    low_i = low_j = 0
    for i, j in [*kept, (len(a), len(b))]:
        head: list[tuple[int, int]] = []
        while low_i < i and low_j < j and a[low_i] == b[low_j]:
            head.append((low_i, low_j))
            low_i, low_j = low_i + 1, low_j + 1
        tail: list[tuple[int, int]] = []
        last_i, last_j = i, j
        while last_i > low_i and last_j > low_j and a[last_i - 1] == b[last_j - 1]:
            last_i, last_j = last_i - 1, last_j - 1
            tail.append((last_i, last_j))
        pairs += [*head, *reversed(tail)]
        if i < len(a) and j < len(b):
            pairs.append((i, j))
        low_i, low_j = i + 1, j + 1
    return pairs


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs, given in the order of the first, whose second ones rise too."""
    tops: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(tops, j)
        tops[at : at + 1], heads[at : at + 1] = [j], [n]
        before.append(heads[at - 1] if at else -1)
    found, at = [], heads[-1] if heads else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _sentences(text: str, breaks: Sequence[int], within: Span) -> list[Span]:
    start, end = within
    cuts = {cut for stops in _STOPS.finditer(text, start, end) if (cut := _cut_at(stops))}
    cuts |= {at for at in breaks if start < at < end}
    edges = sorted({start, *cuts, end})
    return list(pairwise(edges))


def _cut_at(stops: re.Match[str]) -> int:
    """Where a sentence ends at a row of stops: behind its blank, else behind its last 。; 0 for nowhere."""
    if stops[0].endswith(" "):
        return stops.end()
    return stops.start() + stops[0].rindex("。") + 1 if "。" in stops[0] else 0


def _words(text: str, within: Span) -> list[Span]:
    return [match.span() for match in _WORD.finditer(text, *within)]


def _said(text: str, spans: list[Span]) -> list[str]:
    return [text[start:end].rstrip(" ") for start, end in spans]


def _block(old: str, new: str, a: Span, b: Span) -> Block:
    """Of two tokens that are the same but for a blank at the end. Of no length where they are blanks."""
    length = min(a[1] - a[0], b[1] - b[0])
    if old[a[0] : a[0] + length] != new[b[0] : b[0] + length]:
        length = len(old[a[0] : a[1]].rstrip(" "))
    return Block(a[0], b[0], length)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if not block.length:
            continue
        if found:
            last = found[-1]
            end = last.old + last.length, last.new + last.length
            if end == (block.old, block.new):
                found[-1] = Block(last.old, last.new, last.length + block.length)
                continue
        found.append(block)
    return found


def _common(one: str, other: str) -> int:
    """How many code points are the same at the beginning: doubling steps, so that C compares them."""
    low, high = 0, min(len(one), len(other))
    if one[:high] == other[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _slide(text: str, start: int, end: int) -> Span:
    """How far the edges of a stretch that was cut out (or put in) can be shifted with the same result."""
    if start == end:
        return start, start
    left, right = 0, 0
    while left <= FURTHEST_SLIDE and start - left > 0 and text[start - left - 1] == text[end - left - 1]:
        left += 1
    while right <= FURTHEST_SLIDE and end + right < len(text) and text[start + right] == text[end + right]:
        right += 1
    return (
        start - left if left <= FURTHEST_SLIDE else 0,
        end + right if right <= FURTHEST_SLIDE else len(text),
    )


def _spread(spans: list[Span]) -> tuple[list[int], list[int]]:
    """Stretches by their starts, each with how far any that begins no later reaches."""
    spans = sorted(span for span in spans if span[0] < span[1])
    reach, furthest = [], 0
    for _, end in spans:
        furthest = max(furthest, end)
        reach.append(furthest)
    return [start for start, _ in spans], reach


def _touches(spread: tuple[list[int], list[int]], start: int, end: int) -> bool:
    starts, reach = spread
    at = bisect_left(starts, end) - 1
    return at >= 0 and reach[at] > start
