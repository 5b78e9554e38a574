"""Stretches of time as an address says them."""

import re
from calendar import monthrange
from datetime import date

from annotator.models.claim_words import UNDATED

_PERIOD = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?|-W([0-9]{2}))?")
Days = tuple[date, date]


def days_of(period: str) -> Days | None:
    """The first and last day of a year ("2025"), a month ("2025-03"), a week ("2025-W14", ISO 8601) or a day,
    or from one to another ("2025-01-01/2025-02"); of "undated", what stands for no day. None for others."""
    if period == "undated":
        return UNDATED, UNDATED
    first, slash, last = period.partition("/")
    begins, ends = _days(first), _days(last if slash else first)
    if begins is None or ends is None or begins[0] > ends[1]:
        return None
    return begins[0], ends[1]


def _days(period: str) -> Days | None:
    found = _PERIOD.fullmatch(period)
    year, month, day, week = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
    if found is None or year < 2:  # UNDATED lies in the first
        return None
    try:
        if found[4]:
            return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)
        if found[3]:
            return date(year, month, day), date(year, month, day)
        begins, ends = (month, month) if found[2] else (1, 12)
        return date(year, begins, 1), date(year, ends, monthrange(year, ends)[1])
    except ValueError:
        return None


def asked_within(step: str, period: str) -> str:
    """The step as a period, or as much of it as lies in the period that all is narrowed to."""
    all_of_it, narrowed = days_of(step), days_of(period)
    if not all_of_it or not narrowed or (narrowed[0] <= all_of_it[0] and all_of_it[1] <= narrowed[1]):
        return step
    first, last = max(all_of_it[0], narrowed[0]), min(all_of_it[1], narrowed[1])
    return f"{first}/{last}" if first != last else first.isoformat()
