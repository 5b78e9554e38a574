"""What is said again in the same words: pairs of short texts, found by an index of their words."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial

LONGEST = 200
"""Words of one text that are compared."""
FEWEST_WORDS, ALIKE = 3, 0.6
"""So many words in common, in their order, and so much of the shorter one."""
HOLDERS, COMPARED = 20, 8
"""Of the texts that hold a word the first so many are looked at; of those, for one text, the likeliest few
are compared. Both bound the work: it grows with the number of words, whatever the texts have in common."""

Words = Sequence[str]


def said_again(
    texts: Sequence[Words], others: Sequence[Words], may: Callable[[int, int], bool]
) -> Iterator[tuple[int, int]]:
    """(place in `texts`, place in `others`) of those that say the same, in the order of `texts`; of pairs
    that `may` allows. A rare word in common tells more than a frequent one."""
    holders: dict[str, list[int]] = defaultdict(list)
    known = [list(words[:LONGEST]) for words in others]
    for place, words in enumerate(known):
        for word in set(words):
            holders[word].append(place)
    for at, text in enumerate(texts):
        words = list(text[:LONGEST])
        for place in _likeliest(words, holders, partial(may, at)):
            if _alike(words, known[place]):
                yield at, place


def _likeliest(words: Words, holders: dict[str, list[int]], may: Callable[[int], bool]) -> list[int]:
    weights: dict[int, float] = defaultdict(float)
    for word in set(words):
        found = holders.get(word, ())
        for place in found[:HOLDERS]:
            weights[place] += 1 / len(found)
    ranked = sorted((place for place in weights if may(place)), key=lambda place: (-weights[place], place))
    return sorted(ranked[:COMPARED])


def _alike(one: Words, other: Words) -> bool:
    common = in_common(one, other)
    return common >= FEWEST_WORDS and common >= ALIKE * min(len(one), len(other))


def in_common(one: Words, other: Words) -> int:
    """How many words both have in the same order: the length of their longest common subsequence, a row of
    its table at a time as the bits of one number (Hyyrö, 2004)."""
    places: dict[str, int] = defaultdict(int)
    for i, word in enumerate(one):
        places[word] |= 1 << i
    whole = (1 << len(one)) - 1
    row = whole
    for word in other:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & whole
    return len(one) - row.bit_count()
