"""A speaker's claims along time and their topics: a plot whose every mark leads to the claims behind it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from annotator.models import ClaimTopic
from annotator.models.claim_words import UNDATED

from .annotation_json import Json

MONTHS = 36
"""Beyond so many months a plot goes by years."""
TOPICS = 12
ONCE = {"once": "yes"}
"""What a text says again is not drawn."""
LEFT, WIDTH, TOP, BARS, ROW, FOOT = 150, 720, 8, 90, 26, 22
"""Of the drawing, in its own units: where time begins, its width, where the highest bar ends and all of them
begin, the height of a topic and of what stands between."""


@dataclass(frozen=True)
class Mark:
    """`asks` is what the desk is asked for to show just these claims, besides the speaker."""

    period: str
    count: int
    asks: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Row:
    key: str
    name: str
    y: float
    marks: list[Mark]


@dataclass(frozen=True)
class OverTime:
    """`bars` are all claims, `topics` the most frequent ones, each with its circles; `undated` claims lie on
    no axis. `ticks` are (x, period) pairs. `inexact` claims may be of several units (month or year)."""

    bars: list[Mark]
    topics: list[Row]
    ticks: list[tuple[float, str]]
    undated: int
    height: int
    most: int
    inexact: int
    unit: str
    width: int = WIDTH
    top: int = TOP
    left: int = LEFT
    foot: int = BARS

    @property
    def numbers(self) -> list[tuple[str, str, int]]:
        """(period, topic or "", number) of every mark, for reading and for keeping."""
        every = [(mark.period, "", mark.count) for mark in self.bars]
        return every + [(mark.period, row.name, mark.count) for row in self.topics for mark in row.marks]


def over_time(claims: QuerySet[Any]) -> OverTime:
    """Of claims that a visitor sees. Two queries."""
    spans = _spans(claims)
    days = Counter[Any]()
    for first, _, n in spans:
        days[first] += n
    undated = days.pop(UNDATED, 0)
    links = ClaimTopic.objects.filter(claim__in=claims.order_by().values("pk"))
    rows = links.values_list("topic__key", "topic__name", "claim__searched__published")
    steps, form = _steps(sorted(days))
    place = {step: i for i, step in enumerate(steps)}
    every = Counter[str]()
    for at, n in days.items():
        every[at.strftime(form)] += n
    of_topic: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for key, name, at, n in rows.annotate(n=Count("claim")):
        if at != UNDATED:
            of_topic[key, name][at.strftime(form)] += n
    wide = (WIDTH - LEFT) / max(1, len(steps))
    most = max(every.values(), default=1)
    bars = [_bar(step, every[step], place[step], wide, most) for step in steps if every[step]]
    frequent = sorted(of_topic.items(), key=lambda item: (-item[1].total(), item[0][1]))[:TOPICS]
    topics = [
        Row(key, name, BARS + FOOT + ROW * (i + 0.5), _circles(key, i, counts, place, wide, most))
        for i, ((key, name), counts) in enumerate(frequent)
    ]
    ticks = [
        (round(LEFT + wide * (i + 0.5), 1), step)
        for i, step in enumerate(steps)
        if i % max(1, -(-len(steps) // 8)) == 0
    ]
    inexact = sum(n for first, last, n in spans if first.strftime(form) != last.strftime(form))
    unit = "month" if "m" in form else "year"
    return OverTime(bars, topics, ticks, undated, BARS + FOOT + ROW * len(topics), most, inexact, unit)


def over_time_json(plot: OverTime) -> Json:
    """What the plot shows, as numbers."""
    return {
        "unit": plot.unit,
        "claims": [_count(mark) for mark in plot.bars],
        "topics": [
            {"key": row.key, "name": row.name, "claims": [_count(mark) for mark in row.marks]}
            for row in plot.topics
        ],
        "undated": plot.undated,
        "inexact": plot.inexact,
    }


def _count(mark: Mark) -> Json:
    return {"period": mark.period, "claims": mark.count}


def _spans(claims: QuerySet[Any]) -> list[tuple[Any, Any, int]]:
    """The first and last day that a date of publication may mean, and its claims; UNDATED is one day."""
    rows = claims.order_by().values_list("searched__published", "searched__article__published_max")
    return [(first, max(first, last or first), n) for first, last, n in rows.annotate(n=Count("pk"))]


def _steps(days: list[Any]) -> tuple[list[str], str]:
    """Every month or year from the first day to the last, and how days are put together into them."""
    if not days:
        return [], "%Y"
    first, last = days[0], days[-1]
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > MONTHS:
        return [f"{year:04}" for year in range(first.year, last.year + 1)], "%Y"
    start = first.year * 12 + first.month - 1
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(start, start + months)], "%Y-%m"


def _bar(period: str, count: int, place: int, wide: float, most: int) -> Mark:
    height = max(2.0, (BARS - TOP) * count / most)
    x = LEFT + place * wide + min(1.0, wide * 0.1)
    width = max(1.0, min(wide - min(2.0, wide * 0.2), 40.0))
    asks = urlencode({"period": period, **ONCE})
    x += (wide - width) / 2 - min(1.0, wide * 0.1)
    return Mark(period, count, asks, round(x, 1), round(BARS - height, 1), round(width, 1), round(height, 1))


def _circles(
    topic: str, row: int, counts: Counter[str], place: dict[str, int], wide: float, most: int
) -> list[Mark]:
    marks = []
    for period, count in sorted(counts.items()):
        radius = max(2.5, (ROW / 2 - 2) * sqrt(count / most))
        asks = urlencode({"period": period, "topic": topic, **ONCE})
        x, y = LEFT + wide * (place[period] + 0.5), BARS + FOOT + ROW * (row + 0.5)
        marks.append(Mark(period, count, asks, round(x, 1), y, round(radius, 1), round(radius, 1)))
    return marks
