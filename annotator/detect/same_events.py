"""Whether two events may be one: by date, place, type and label, with reasons. Nothing merges by itself."""

from dataclasses import dataclass
from datetime import date

from sources.text.likeness import folded

RULES = "same-events 2"
NEAR = 3
"""Days between two dated events that may still be one: reports put a night's event on either day."""
LEAST = 0.6
"""Below this two events are not proposed as one."""
OTHER_TYPE = 0.15
"""What another type speaks against it."""
SHORT = 3
"""Letters of a word that says too little to be compared."""


@dataclass(frozen=True, slots=True)
class Happening:
    """`type` is a key of the codebook; `first` and `last` the days its date may mean: both, neither, or
    the one of an interval that is open at the other end."""

    type: str
    label: str
    place: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` from 0 to 1; `reasons` in words, the weightiest first."""

    score: float
    reasons: tuple[str, ...]


def likeness(one: Happening, other: Happening) -> Likeness | None:
    """None when they cannot be one, or too little speaks for it. The same for either order."""
    found = [_dates(one, other), _places(one, other), _labels(one, other)]
    if None in found:
        return None
    found.append((0.15, "the same type") if one.type == other.type else (0.0, ""))
    said = sorted((part for part in found if part and part[0]), key=lambda part: -part[0])
    score = round(sum(weight for weight, _ in said) - (OTHER_TYPE if one.type != other.type else 0), 3)
    if score < LEAST or len(said) < 2:
        return None
    return Likeness(min(score, 1.0), tuple(reason for _, reason in said))


Part = tuple[float, str]


def _dates(one: Happening, other: Happening) -> Part | None:
    if not (one.first or one.last) or not (other.first or other.last):
        return 0.0, ""
    if (one.first, one.last) == (other.first, other.last):
        return 0.4, "the same date"
    ends = ((one.last, other.first), (other.last, one.first))
    gaps = [(begins - ended).days for ended, begins in ends if ended and begins]
    gap = max(gaps, default=0)
    if gap <= 0:
        return (0.3, "dates that overlap") if len(gaps) == len(ends) else (0.1, "dates that may overlap")
    return (0.1, f"dates {gap} day{'s' if gap > 1 else ''} apart") if gap <= NEAR else None


def _places(one: Happening, other: Happening) -> Part:
    here, there = words(one.place), words(other.place)
    if not here or not there:
        return 0.0, ""
    if here == there:
        return 0.3, "the same place"
    common = here & there
    return (0.2, f"a place in common: {', '.join(sorted(common))}") if common else (0.0, "")


def _labels(one: Happening, other: Happening) -> Part:
    here, there = words(one.label), words(other.label)
    common = here & there
    if not common:
        return 0.0, ""
    share = len(common) / len(here | there)
    return round(0.1 + 0.25 * share, 3), f"words in common: {', '.join(sorted(common))}"


def words(text: str) -> frozenset[str]:
    """The words of a text that say something, without case and accents."""
    return frozenset(word for word in folded(text[:600]).split() if len(word) > SHORT or word.isdigit())
