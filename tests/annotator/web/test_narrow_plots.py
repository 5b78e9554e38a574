"""Plots for a narrow screen: the same marks as on a wide one, all of them within the frame."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from annotator.queries.citing import Edge, Network, Node
from annotator.queries.overview import STATUSES, Ranked, Standing
from annotator.web.plots import along_time, bars, cells, citing, narrow
from annotator.web.plots.drawing import LETTER, Drawing, Mark, Word

LONG = "Ministry of Harbours, Canals and Inland Waterways of the Northern Lakes"
Asked = tuple[str, tuple[tuple[str, str], ...]]


def asked(marks: list[Mark]) -> set[Asked]:
    return {(mark.label, tuple(sorted(mark.asks.items()))) for mark in marks}


def within(drawing: Drawing, width: float = narrow.WIDTH) -> None:
    """Every mark, and by the average of its letters every word, lies within the drawing."""
    assert drawing.width == width
    for mark in drawing.marks:
        if mark.room:
            x, y, wide, high = mark.room
            assert x >= 0 and x + wide <= width + 0.1, mark
            assert y >= -0.1 and y + high <= drawing.height + 0.1, mark
    for word in [*drawing.words, *(word for mark in drawing.marks for word in mark.words)]:
        left, right = ends(word)
        assert left >= -4 and right <= width + 4, word
        assert 0 < word.y <= drawing.height, word


def ends(word: Word) -> tuple[float, float]:
    long = len(word.text) * LETTER * (0.5 if word.turned else 1)
    return (word.x - long, word.x) if word.anchor == "end" else (word.x, word.x + long)


@pytest.mark.parametrize(
    ("unit", "days"), [("week", 1), ("week", 400), ("week", 4000), ("month", 3000), ("year", 40000)]
)
def test_time_is_folded_into_rows(unit: str, days: int) -> None:
    first = date(1890, 3, 1)
    counts = along_time.Counter({first + timedelta(n): n % 9 + 1 for n in range(0, days, 5)})
    found = along_time.steps(counts, unit)

    def asks(step: str) -> dict[str, str]:
        return {"period": step}

    drawn = narrow.columns(found, asks)
    within(drawn)
    assert asked(drawn.marks) == asked(along_time.columns(found, asks).marks)
    assert min(float(mark.room[2]) for mark in drawn.marks if mark.room) >= 7, "wide enough to be pressed"
    tops = {mark.room[1] for mark in drawn.marks if mark.room}
    assert len(tops) <= -(-len(found.counts) // narrow.STEPS)


@pytest.mark.parametrize("many", [2, 12])
def test_who_works_on_what_stands_under_the_name_of_each_article(many: int) -> None:
    counts = dict.fromkeys(STATUSES, 4)
    articles = [Standing(f"a{n}", LONG, counts, n) for n in range(20)]
    people = [Standing(f"p{n}", f"Annotator with a name {n}", counts, n) for n in range(many)]
    numbers = {(row.pk, who.pk): row.pk + who.pk for row in articles for who in people if row.pk % 3}

    def asks(row: Standing, who: Standing) -> dict[str, str]:
        return {"article": row.key, "annotator": who.key}

    drawn = narrow.discs(articles, people, numbers, asks)
    within(drawn)
    assert asked(drawn.marks) == asked(cells.discs(articles, people, numbers, asks).marks)
    assert max(mark.at["r"] for mark in drawn.marks) * 2 <= narrow.ROW


def test_ties_stand_under_who_cites() -> None:
    names = [LONG, "Ada", "Birch", "Newsline", "a clerk #1, Amber, 31 Dec 2024"]
    nodes = {n: Node(n, UUID(int=n), name, n in (2, 3), 1, 1) for n, name in enumerate(names)}
    edges = [Edge(1, 2, 3), Edge(0, 2, 14), Edge(3, 2, 1), Edge(2, 3, 9), Edge(4, 0, 2)]
    found = Network(nodes, edges, 9)

    def asks(edge: Edge) -> dict[str, str]:
        return {"cites": f"{edge.source}~{edge.target}"}

    drawn = narrow.ties(found, asks)
    within(drawn)
    wide = citing.drawn(found, lambda node: {"cites": str(node.key)}, asks)
    assert asked(drawn.marks) == {one for one in asked(wide.marks) if "~" in dict(one[1])["cites"]}
    assert [word.text.split()[0] for word in drawn.words] == ["Birch", "Newsline", "Ministry"]
    assert [mark.at["width"] for mark in drawn.marks[:3]] == sorted(
        (mark.at["width"] for mark in drawn.marks[:3]), reverse=True
    )


def test_bars_and_columns_of_statuses_fit() -> None:
    rows = [Ranked(f"k{n}", LONG, 40 - n) for n in range(15)]
    by_key: Callable[[Ranked], dict[str, str]] = lambda row: {"speaker": row.key}  # noqa: E731
    drawn = bars.bars(rows, by_key, "claim", bars.NARROW)
    within(drawn, bars.NARROW[0])
    assert asked(drawn.marks) == asked(bars.bars(rows, by_key, "claim").marks)
    standing = [Standing("a", "News", dict.fromkeys(STATUSES, 12345), note="Amber")]
    small = cells.by_status(standing, lambda row, status: {"status": status}, narrow.WIDTH / len(STATUSES))
    within(small)
    heads = [word for word in small.words if word.y == 14 and word.text in map(cells.heading, STATUSES)]
    gaps = [after.x - ends(before)[1] for before, after in pairwise(heads)]
    assert len(heads) == 5 and min(gaps) >= 3, "headings stand apart"


def test_a_number_stands_on_its_side_of_a_name_that_runs_leftwards() -> None:
    name, other = "صحيفة المرفأ", "קול הנמל"
    nodes = {0: Node(0, UUID(int=0), name, True, 4, 0), 1: Node(1, UUID(int=1), other, False, 0, 4)}
    found = Network(nodes, [Edge(0, 1, 4)], 1)
    standing = [Standing("a", name, dict.fromkeys(STATUSES, 4), 1, note=other)]
    both = (standing, [Standing("b", other, {}, 2)], {(1, 2): 4}, lambda row, who: {})
    drawings = [
        bars.bars([Ranked("k", name, 4)], lambda row: {}, "claim"),
        cells.by_status(standing, lambda row, status: {}),
        cells.discs(*both),
        narrow.discs(*both),
        citing.drawn(found, lambda node: {}, lambda edge: {}),
        narrow.ties(found, lambda edge: {}),
    ]
    for drawing in drawings:
        marked = [word.text for mark in drawing.marks for word in mark.words]
        words = [*marked, *(word.text for word in drawing.words), *(mark.label for mark in drawing.marks)]
        named = [text for text in words if name in text or other in text]
        assert named
        for text in named:
            assert text.count("\u2068") == text.count("\u2069") == (name in text) + (other in text), text
