"""What two sequences have in common, in order: patience by what is unique, then small gaps exactly.

Near-linear whatever comes: the work an item may cost is bounded (MOST_EXACT, DEEPEST, FARTHEST). So of two
long and monotonous sequences less than the longest common run may be found, never one that is not there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

MOST_EXACT = 40_000
"""Pairs up to which a gap without anything unique is compared in full."""
DEEPEST = 12
"""How often a gap is searched for what is unique within it."""
FARTHEST = 64
"""How many items are passed over, in a gap that is too large to compare, to find the next like one."""

Items = Sequence[Hashable]
Gap = tuple[int, int, int, int, int]


def in_common(old: Items, new: Items) -> list[tuple[int, int]]:
    """Pairs (index in `old`, index in `new`) of equal items, both rising."""
    pairs: list[tuple[int, int]] = []
    gaps: list[Gap] = [(0, len(old), 0, len(new), 0)]
    while gaps:
        start, end, start_new, end_new, depth = gaps.pop()
        while start < end and start_new < end_new and old[start] == new[start_new]:
            pairs.append((start, start_new))
            start, start_new = start + 1, start_new + 1
        while start < end and start_new < end_new and old[end - 1] == new[end_new - 1]:
            end, end_new = end - 1, end_new - 1
            pairs.append((end, end_new))
        if start == end or start_new == end_new:
            continue
        fixed = _unique(old, new, (start, end, start_new, end_new, depth)) if depth < DEEPEST else []
        if not fixed:
            compare = _exactly if (end - start) * (end_new - start_new) <= MOST_EXACT else _nearest
            pairs += compare(old, new, start, end, start_new, end_new)
            continue
        pairs += fixed
        borders = [(start - 1, start_new - 1), *fixed, (end, end_new)]
        for (i, j), (k, m) in pairwise(borders):
            if i + 1 < k and j + 1 < m:
                gaps.append((i + 1, k, j + 1, m, depth + 1))
    return sorted(pairs)


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of these pairs, sorted by their first, whose seconds rise too."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(last[pile - 1] if pile else None)
        if pile == len(tops):
            tops.append(j)
            last.append(at)
        else:
            tops[pile], last[pile] = j, at
    found = []
    step = last[-1] if last else None
    while step is not None:
        found.append(pairs[step])
        step = before[step]
    return found[::-1]


def _unique(old: Items, new: Items, gap: Gap) -> list[tuple[int, int]]:
    """What stands once on each side of a gap, as much of it as is in the same order."""
    start, end, start_new, end_new, _ = gap
    often, often_new = Counter(old[start:end]), Counter(new[start_new:end_new])
    places = {new[j]: j for j in range(start_new, end_new) if often_new[new[j]] == 1}
    return rising([(i, places[old[i]]) for i in range(start, end) if often[old[i]] == 1 and old[i] in places])


def _exactly(
    old: Items, new: Items, start: int, end: int, start_new: int, end_new: int
) -> list[tuple[int, int]]:
    """The longest common run of items, by the full table."""
    wide = end_new - start_new
    table = [[0] * (wide + 1)]
    for i in range(end - 1, start - 1, -1):
        below, row = table[-1], [0] * (wide + 1)
        for j in range(wide - 1, -1, -1):
            alike = old[i] == new[start_new + j]
            row[j] = below[j + 1] + 1 if alike else max(below[j], row[j + 1])
        table.append(row)
    table.reverse()
    found = []
    i, j = 0, 0
    while i < end - start and j < wide:
        if old[start + i] == new[start_new + j]:
            found.append((start + i, start_new + j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return found


def _nearest(
    old: Items, new: Items, start: int, end: int, start_new: int, end_new: int
) -> list[tuple[int, int]]:
    """Each item with the next like one, where that is near."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for j in range(start_new, end_new):
        places[new[j]].append(j)
    found = []
    at = start_new
    for i in range(start, end):
        like = places.get(old[i], [])
        k = bisect_left(like, at)
        if k < len(like) and like[k] - at <= FARTHEST:
            found.append((i, like[k]))
            at = like[k] + 1
    return found
