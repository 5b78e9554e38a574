"""What differs between two texts, sentence by sentence: kept, changed, moved, added, removed.

The caller says which sentences count, as stretches in code points: teasers that two saves of one page do not
share may be left out. Marks, dashes, blanks and soft hyphens printed in another way are no difference.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.text.folding import UNSPACED
from sources.text.in_common import in_common, rising

Stretch = tuple[int, int]

ALIKE = 0.5
"""The share of words in common (Dice) from which one sentence is the other, changed."""
_MOST_WORDS = 400
_MOST_PAIRS = 64
_RARE = 8
_NEAREST = 3
_TOKEN = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])\w)+(?:['’.-](?:(?![{UNSPACED}])\w)+)*|[^\w\s]")
_PRINTED = str.maketrans(
    dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("‘’‚‛‹›`´", "'") | dict.fromkeys("‐‑‒–—―−", "-")
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class WordChange:
    """A run of words: "kept" has both stretches, "removed" one in the old text, "added" one in the new.

    Each takes the blanks after it along, so that the runs of a sentence cover it without gaps on both sides.
    """

    kind: str
    before: Stretch | None
    after: Stretch | None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """`before` is where the sentence stands in the old text, `after` where in the new one (code points).

    `kind` is "kept", "changed", "moved", "added" or "removed"; `words` are the runs of a sentence whose words
    changed, also of a moved one; empty where none did.
    """

    kind: str
    before: Stretch | None
    after: Stretch | None
    words: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences, by kind. `changed_on_the_way` of the moved ones have other words too."""

    kept: int
    changed: int
    moved: int
    added: int
    removed: int
    changed_on_the_way: int

    @property
    def common(self) -> int:
        """Sentences that both texts have, word for word, wherever they stand."""
        return self.kept + self.moved - self.changed_on_the_way

    @property
    def old(self) -> int:
        return self.kept + self.changed + self.moved + self.removed

    @property
    def new(self) -> int:
        return self.kept + self.changed + self.moved + self.added


def sentence_changes(
    old: str, new: str, old_sentences: Sequence[Stretch], new_sentences: Sequence[Stretch]
) -> list[SentenceChange]:
    """All sentences of both texts, each once, in the order of the new text; what was removed where it stood.

    A moved sentence is told where it stands now. Sentences are given in order, none overlapping.
    """
    mine = [_as_compared(old[start:end]) for start, end in old_sentences]
    theirs = [_as_compared(new[start:end]) for start, end in new_sentences]
    kept = in_common(mine, theirs)
    alone = set(range(len(mine))) - {i for i, _ in kept}
    alone_new = set(range(len(theirs))) - {j for _, j in kept}
    moved = _same_elsewhere(mine, theirs, alone, alone_new)
    alone -= {i for i, _ in moved}
    alone_new -= {j for _, j in moved}
    alike = _changed(mine, theirs, kept, alone, alone_new)
    changed, wandered = _in_their_places(kept, alike)
    told = dict.fromkeys(kept, "kept") | dict.fromkeys(moved + wandered, "moved")
    told |= dict.fromkeys(changed, "changed")
    with_words = set(alike)
    found = {
        (i, j): SentenceChange(
            kind,
            old_sentences[i],
            new_sentences[j],
            word_changes(old, new, old_sentences[i], new_sentences[j]) if (i, j) in with_words else (),
        )
        for (i, j), kind in told.items()
    }
    return _in_order(found, old_sentences, new_sentences, {*kept, *changed})


def counts(changes: Iterable[SentenceChange]) -> Counts:
    told = Counter(change.kind for change in changes if change.kind != "moved")
    moved = [bool(change.words) for change in changes if change.kind == "moved"]
    return Counts(told["kept"], told["changed"], len(moved), told["added"], told["removed"], sum(moved))


def word_changes(old: str, new: str, before: Stretch, after: Stretch) -> tuple[WordChange, ...]:
    """The runs of words that two sentences have in common, and those between them, in order."""
    mine, theirs = _tokens(old, before), _tokens(new, after)
    pairs = in_common([key for key, _, _ in mine], [key for key, _, _ in theirs])
    runs: list[WordChange] = []
    i = j = 0
    for start, start_new, length in [*_runs(pairs), (len(mine), len(theirs), 0)]:
        if i < start:
            runs.append(WordChange("removed", _over(mine[i:start]), None))
        if j < start_new:
            runs.append(WordChange("added", None, _over(theirs[j:start_new])))
        i, j = start + length, start_new + length
        if length:
            runs.append(WordChange("kept", _over(mine[start:i]), _over(theirs[start_new:j])))
    return tuple(runs)


def _as_compared(sentence: str) -> str:
    return " ".join(_UNSEEN.sub("", sentence).translate(_PRINTED).replace("…", "...").split())


def _words(sentence: str) -> Counter[str]:
    found = (match[0].casefold() for match in _TOKEN.finditer(sentence))
    return Counter(
        word for word, _ in zip((w for w in found if w[0].isalnum()), range(_MOST_WORDS), strict=False)
    )


def _tokens(text: str, stretch: Stretch) -> list[tuple[str, int, int]]:
    """Words and marks of a sentence, each reaching to the next one."""
    found = list(_TOKEN.finditer(text, *stretch))
    if not found:
        return [(text[stretch[0] : stretch[1]], *stretch)]
    starts = [stretch[0], *(match.start() for match in found[1:]), stretch[1]]
    return [
        (_as_compared(match[0]), start, end)
        for match, (start, end) in zip(found, pairwise(starts), strict=True)
    ]


def _over(tokens: Sequence[tuple[str, int, int]]) -> Stretch:
    return tokens[0][1], tokens[-1][2]


def _runs(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """(first, first in the new, length) of pairs that follow each other on both sides."""
    runs: list[tuple[int, int, int]] = []
    for i, j in pairs:
        if runs and (i, j) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((i, j, 1))
    return runs


def _same_elsewhere(
    mine: Sequence[str], theirs: Sequence[str], alone: set[int], alone_new: set[int]
) -> list[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for j in sorted(alone_new, reverse=True):
        places[theirs[j]].append(j)
    return [(i, places[mine[i]].pop()) for i in sorted(alone) if places.get(mine[i])]


def _changed(
    mine: Sequence[str],
    theirs: Sequence[str],
    kept: Sequence[tuple[int, int]],
    alone: set[int],
    alone_new: set[int],
) -> list[tuple[int, int]]:
    """Pairs of sentences of which one is the other with some words changed, the most alike first taken."""
    words = {i: _words(mine[i]) for i in alone}
    words_new = {j: _words(theirs[j]) for j in alone_new}
    candidates = _in_one_gap(kept, alone, alone_new, len(mine), len(theirs))
    candidates |= _sharing_rare_words(words, words_new)
    scored = sorted((-_dice(words[i], words_new[j]), abs(i - j), i, j) for i, j in candidates)
    taken: dict[int, int] = {}
    taken_new: set[int] = set()
    for score, _, i, j in scored:
        if -score >= ALIKE and i not in taken and j not in taken_new:
            taken[i] = j
            taken_new.add(j)
    return sorted(taken.items())


def _in_one_gap(
    kept: Sequence[tuple[int, int]], alone: set[int], alone_new: set[int], length: int, length_new: int
) -> set[tuple[int, int]]:
    """Each with each of a gap between kept sentences, where that is small."""
    found = set()
    for (i, j), (k, m) in pairwise([(-1, -1), *kept, (length, length_new)]):
        if (k - i - 1) * (m - j - 1) <= _MOST_PAIRS:
            found |= {
                (a, b) for a in range(i + 1, k) if a in alone for b in range(j + 1, m) if b in alone_new
            }
    return found


def _sharing_rare_words(
    words: dict[int, Counter[str]], words_new: dict[int, Counter[str]]
) -> set[tuple[int, int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for j, found in words_new.items():
        for word in found:
            if len(places[word]) <= _RARE:
                places[word].append(j)
    pairs = set()
    for i, found in words.items():
        votes = Counter(
            j for word in found if len(places.get(word, ())) <= _RARE for j in places.get(word, ())
        )
        pairs |= {(i, j) for j, _ in votes.most_common(_NEAREST)}
    return pairs


def _dice(words: Counter[str], others: Counter[str]) -> float:
    total = words.total() + others.total()
    return 2 * (words & others).total() / total if total else 0.0


def _in_their_places(
    kept: Sequence[tuple[int, int]], alike: Sequence[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Changed sentences that stand between the same kept ones as before and in order; and the others."""
    ends = [*kept, (10**9, 10**9)]
    stayed: list[tuple[int, int]] = []
    inside: list[tuple[int, int]] = []
    at = 0
    after = (-1, -1)
    for i, j in [*alike, (10**9, 10**9)]:
        while ends[at][0] < i:
            stayed += rising(inside)
            inside, after, at = [], ends[at], at + 1
        if i < ends[at][0] and after[1] < j < ends[at][1]:
            inside.append((i, j))
    stayed += rising(inside)
    left = set(stayed)
    return stayed, [pair for pair in alike if pair not in left]


def _in_order(
    found: dict[tuple[int, int], SentenceChange],
    old_sentences: Sequence[Stretch],
    new_sentences: Sequence[Stretch],
    steady: set[tuple[int, int]],
) -> list[SentenceChange]:
    by_old = {i for i, _ in found}
    by_new = {j: (i, j) for i, j in found}
    ordered: list[SentenceChange] = []
    at = 0

    def removed(until: int) -> None:
        nonlocal at
        for i in range(at, until):
            if i not in by_old:
                ordered.append(SentenceChange("removed", old_sentences[i], None))
        at = until

    for j, stretch in enumerate(new_sentences):
        pair = by_new.get(j)
        if pair is None:
            ordered.append(SentenceChange("added", None, stretch))
            continue
        if pair in steady:
            removed(pair[0])
            at = pair[0] + 1
        ordered.append(found[pair])
    removed(len(old_sentences))
    return ordered
