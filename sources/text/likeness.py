"""How alike two names are: by their words, and by the runs of three letters they share.

Accents, case and punctuation say nothing. The second measure is the one of PostgreSQL's pg_trgm.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

LEAST = 0.4
"""From which score on two names are worth a look, from 0 to 1."""
_TELLING = 4  # letters from which a word tells something
_WORDS_COUNT = 0.9  # all words shared, and still another name


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 (nothing in common) to 1 (the same); `reason` in words."""

    score: float
    reason: str


def folded(name: str) -> str:
    """Letters and digits in small letters without accents, the words one blank apart."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


def trigrams(name: str) -> frozenset[str]:
    """Of each word of a folded name with two blanks before and one after it."""
    padded = (f"  {word} " for word in name.split())
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def likeness(one: str, other: str) -> Likeness:
    first, second = folded(one), folded(other)
    if not first or not second:
        return Likeness(0, "")
    if first == second:
        return Likeness(1, "the same but for accents, case or punctuation")
    letters, words = _letters(first, second), _words(first, second)
    return max(letters, words, key=lambda found: found.score)


def _letters(first: str, second: str) -> Likeness:
    mine, theirs = trigrams(first), trigrams(second)
    score = len(mine & theirs) / len(mine | theirs)
    return Likeness(score, f"spelt alike, {round(score * 100)} %")


def _words(first: str, second: str) -> Likeness:
    mine, theirs = set(first.split()), set(second.split())
    telling = sorted(word for word in mine & theirs if len(word) >= _TELLING)
    if not telling:
        return Likeness(0, "")
    said = [len([word for word in words if len(word) >= _TELLING]) for words in (mine, theirs)]
    return Likeness(
        _WORDS_COUNT * len(telling) / min(said), f"shares {', '.join(f'“{word}”' for word in telling[:3])}"
    )


def most_alike(
    name: str, others: Iterable[tuple[str, T]], most: int = 5, least: float = LEAST
) -> list[tuple[T, Likeness]]:
    """Those of (name, thing) that are at least so alike, the most alike first."""
    found = [(thing, alike) for other, thing in others if (alike := likeness(name, other)).score >= least]
    return sorted(found, key=lambda pair: -pair[1].score)[:most]
