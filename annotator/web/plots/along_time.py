"""Claims along time: a bar a week, a month or a year."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from annotator.citations.date_words import in_words

from .drawing import Asks, Drawing, Mark, Word, counted

UNITS = {"week": "by week", "month": "by month", "year": "by year"}
ENOUGH = {"week": 60, "month": 60}
"""Beyond so many steps the next coarser unit is taken, where none was asked for."""
MOST = 600
"""Steps that are drawn at most."""
LEFT, HIGH, FOOT, WIDTH = 44.0, 150.0, 26.0, 940.0


@dataclass(frozen=True)
class Steps:
    """`counts` are in order of time, empty ones too, each under what the desk calls it."""

    unit: str
    counts: list[tuple[str, int]]
    refused: str = ""


def steps(days: Counter[date], unit: str = "") -> Steps:
    """`refused` is the unit that was asked for, where it makes more steps than can be drawn."""
    if not days:
        return Steps(unit or "week", [])
    first, last = min(days), max(days)
    fitting = next((one for one, most in ENOUGH.items() if _many(one, first, last) <= most), "year")
    refused = unit if unit and _many(unit, first, last) > MOST else ""
    chosen = unit if unit and not refused else fitting
    counts = Counter[str]()
    for day, n in days.items():
        counts[_called(chosen, day)] += n
    return Steps(chosen, [(step, counts[step]) for step in _every(chosen, first, last)[:MOST]], refused)


def inexact(unit: str, spans: Iterable[tuple[date, date, int]]) -> int:
    """How many claims are dated less exactly than by that unit: (first day, last day, claims) each."""
    return sum(n for first, last, n in spans if _called(unit, first) != _called(unit, last))


def _called(unit: str, day: date) -> str:
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    return f"{day.year:04}-{day.month:02}" if unit == "month" else f"{day.year:04}"


def _many(unit: str, first: date, last: date) -> int:
    if unit == "week":
        return (last - first).days // 7 + 2
    return (last.year - first.year) * 12 + last.month - first.month + 1 if unit == "month" else 1


def _every(unit: str, first: date, last: date) -> list[str]:
    if unit == "week":
        monday, found = first - timedelta(first.weekday()), []
        while monday <= last:
            found.append(_called(unit, monday))
            monday += timedelta(7)
        return found
    if unit == "month":
        start = first.year * 12 + first.month - 1
        return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, last.year * 12 + last.month)]
    return [f"{year:04}" for year in range(first.year, last.year + 1)]


def named(step: str, whole: bool = False) -> str:
    """In words; `whole` says of a week that it is one."""
    said = in_words(step)
    return said if whole else said.removeprefix("week of ")


def columns(found: Steps, asks: Callable[[str], Asks]) -> Drawing:
    """As wide as the steps need; the greatest number stands at the axis."""
    many = max(1, len(found.counts))
    wide = min(96.0, max(8.0, (WIDTH - LEFT) / many))
    end = LEFT + wide * many
    width = max(WIDTH, end)
    most = max((n for _, n in found.counts), default=1)
    words = [Word(LEFT - 8, 14, f"{most:,}", "soft", "end"), Word(LEFT - 8, HIGH, "0", "soft", "end")]
    marks, every = [], max(1, -(-(40 if found.unit == "year" else 96) // int(wide)))
    for i, (step, n) in enumerate(found.counts):
        x = LEFT + i * wide
        if i % every == 0:
            words.append(Word(round(x + 1, 1), HIGH + 18, named(step), "soft"))
        if not n:
            continue
        high = max(2.0, round((HIGH - 12) * n / most, 1))
        gap = min(3.0, wide * 0.15)
        at = {"x": round(x + gap, 1), "y": HIGH - high, "width": round(wide - 2 * gap, 1), "height": high}
        room = (round(x, 1), 0, round(wide, 1), HIGH)
        marks.append(Mark(f"{named(step, whole=True)}: {counted(n)}", asks(step), "claim", "rect", at, room))
    lines = [f"M{LEFT:g} {HIGH:g}H{end:g}", f"M{LEFT:g} 10H{end:g}"]
    return Drawing(width, HIGH + FOOT, marks, words, lines)
