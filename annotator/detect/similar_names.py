"""Who is called much as somebody new would be: each with the reason, shown before anybody is made."""

from collections.abc import Iterable
from dataclasses import dataclass

from sources.text.likeness import likeness

from .names import Called, abbreviates, bare, initials, words

MOST = 6
"""Shown at most."""
SPELT_ALIKE = 0.55
"""From which likeness on a name is shown that nothing else connects."""


@dataclass(frozen=True, slots=True)
class SimilarName:
    """Somebody, by key, and why. `rank` is smaller for a stronger reason."""

    key: int
    reason: str
    rank: float


def similar_names(
    said: str, everybody: Iterable[Called], here: frozenset[int] = frozenset()
) -> list[SimilarName]:
    """The strongest reason first; of equal ones those `here`, in the text at hand. The work grows with the
    number of names."""
    if not words(said):
        return []
    found = [one for called in everybody if (one := _similar(said, called)) is not None]
    return sorted(found, key=lambda one: (one.rank, one.key not in here, one.key))[:MOST]


def _similar(said: str, one: Called) -> SimilarName | None:
    reasons = [_reason(said, name, one) for name in one.names]
    return min((told for told in reasons if told is not None), key=lambda told: told.rank, default=None)


def _reason(said: str, name: str, one: Called) -> SimilarName | None:
    """What connects the words with one of somebody's names."""
    alias = f" as “{name}”" if name != one.name else ""
    mine, theirs = bare(said), bare(name)
    if not theirs:
        return None
    if words(said) == words(name):
        return SimilarName(one.key, f"also called “{name}”" if alias else "the same name", bool(alias))
    surname = one.person and (abbreviates(mine, theirs) or abbreviates(theirs, mine))
    initial = " and initial" if min(len(mine), len(theirs)) > 1 else ""
    initials_of = not one.person and (_initialled(said, name) or _initialled(name, said))
    alike = likeness(said, name)
    tests = (
        (mine == theirs, "the same name but for the title", 2),
        (len(mine) > 1 and sorted(mine) == sorted(theirs), "the same words in another order", 3),
        (surname, f"the same surname{initial}", 4),
        (initials_of, "one may be the other’s initials", 5),
        (alike.score >= SPELT_ALIKE, alike.reason, 8 - alike.score),
    )
    told = next(((why, rank) for holds, why, rank in tests if holds), None)
    return SimilarName(one.key, f"{told[0]}{alias}", told[1]) if told else None


def _initialled(short: str, full: str) -> bool:
    """ "NRC" or "N.R.C." for "Northern Relief Corps"."""
    letters = short.replace(".", "")
    return letters.isupper() and letters.isalpha() and letters.lower() == initials(full)
