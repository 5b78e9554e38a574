"""Events along time: groups by year or month, and where each lies in the period that is shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from annotator.models import Event, EventParticipant, Factuality

LEAST = 1.2
"""Width of a bar, in hundredths of the period, however short the event."""
LONG = 3
"""Years beyond which a period is cut by years."""
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Bar:
    """`x` and `width` in hundredths of the period; `doubts` as what it is told, if not as happened alone."""

    event: Event
    parts: Sequence[EventParticipant]
    doubts: Sequence[Factuality]
    x: float
    width: float


@dataclass(frozen=True)
class Group:
    """The events that begin in one month, or in one year where the period is long; then with a scale of its
    own, the year or years from `first` to `last`, lest one early event press all others together."""

    name: str
    bars: list[Bar]
    first: date
    last: date


@dataclass(frozen=True)
class Timeline:
    """`first` and `last` are the ends of the scale that all groups share, or None where each has its own."""

    first: date | None
    last: date | None
    groups: list[Group]
    undated: list[Bar]


Dated = tuple[Event, date, date]


Parts = Mapping[int, Sequence[EventParticipant]]
Doubts = Mapping[int, Sequence[Factuality]]


def timeline(events: Iterable[Event], parts: Parts, doubts: Doubts | None = None) -> Timeline:
    """The events, in the order given (by their first day), along the time that they span together."""
    told = doubts or {}
    rows = list(events)
    # One that is open at one end stands at the other.
    days = [(event, event.date_min or event.date_max, event.date_max or event.date_min) for event in rows]
    dated = [(event, low, high) for event, low, high in days if low and high]
    undated = [
        Bar(event, parts.get(event.pk, ()), told.get(event.pk, ()), 0, 0)
        for event in rows
        if not (event.date_min or event.date_max)
    ]
    if not dated:
        return Timeline(None, None, [], undated)
    first, last = _ends(dated)
    by_year = last.year - first.year > LONG
    groups = []
    for name, some in groupby(dated, key=lambda one: _heading(one[1], by_year)):
        members = list(some)
        ends = _whole_years(members) if by_year else (first, last)
        groups.append(Group(name, [_bar(one, ends, parts, told) for one in members], *ends))
    return Timeline(None if by_year else first, None if by_year else last, groups, undated)


def _whole_years(dated: Sequence[Dated]) -> tuple[date, date]:
    low, high = _ends(dated)
    return date(low.year, 1, 1), date(high.year, 12, 31)


def _ends(dated: Sequence[Dated]) -> tuple[date, date]:
    return min(low for _, low, _ in dated), max(high for _, _, high in dated)


def _bar(one: Dated, ends: tuple[date, date], parts: Parts, doubts: Doubts) -> Bar:
    event, low, high = one
    days = (ends[1] - ends[0]).days + 1
    width = max(100 * ((high - low).days + 1) / days, LEAST)
    x = min(100 * (low - ends[0]).days / days, 100 - width)
    said = doubts.get(event.pk, ())
    return Bar(event, parts.get(event.pk, ()), said, round(max(x, 0), 2), round(min(width, 100), 2))


def _heading(day: date, by_year: bool) -> str:
    return str(day.year) if by_year else f"{MONTHS[day.month - 1]} {day.year}"
