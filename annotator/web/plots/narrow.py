"""The same plots for a narrow screen: time folded into rows, names over their row, ties under who cites.

A drawing is as wide as the frame it stands in: nothing of it is out of sight, and its words keep their size.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import ceil, sqrt

from annotator.queries.citing import Edge, Network
from annotator.queries.overview import Standing
from sources.text.printable import isolated

from .along_time import Steps, named
from .drawing import Asks, Drawing, Mark, Word, counted, fitting

WIDTH = 330.0
LEFT, HIGH, FOOT = 30.0, 84.0, 30.0
"""Of a row of time: room for the greatest number, height of its bars, and of what stands below."""
STEPS = 40
"""In a row at most."""
NAME, ROW, SLANT, RIGHT = 18.0, 24.0, 96.0, 52.0
NAMES, NUMBER = 150.0, 40.0


def columns(found: Steps, asks: Callable[[str], Asks]) -> Drawing:
    """Bars along time in as many rows as they need, all on one scale."""
    many = max(1, len(found.counts))
    rows = ceil(many / STEPS)
    each = ceil(many / rows)
    wide = min(48.0, (WIDTH - LEFT) / each)
    most = max((n for _, n in found.counts), default=1)
    every = max(1, ceil((36 if found.unit == "year" else 78) / wide))
    words, marks, lines = [], [], []
    for row in range(rows):
        top = row * (HIGH + FOOT)
        foot = top + HIGH
        words += [
            Word(LEFT - 6, top + 14, f"{most:,}", "soft", "end"),
            Word(LEFT - 6, foot, "0", "soft", "end"),
        ]
        lines += [f"M{LEFT:g} {foot:g}H{WIDTH:g}", f"M{LEFT:g} {top + 10:g}H{WIDTH:g}"]
        for i, (step, n) in enumerate(found.counts[row * each : (row + 1) * each]):
            x = LEFT + i * wide
            if i % every == 0 and x + (36 if found.unit == "year" else 70) <= WIDTH + 4:
                words.append(Word(round(x + 1, 1), foot + 16, named(step), "soft"))
            if not n:
                continue
            high = max(2.0, round((HIGH - 12) * n / most, 1))
            gap = min(3.0, wide * 0.15)
            at = {"x": round(x + gap, 1), "y": foot - high, "width": round(wide - 2 * gap, 1), "height": high}
            room = (round(x, 1), top, round(wide, 1), HIGH)
            marks.append(
                Mark(f"{named(step, whole=True)}: {counted(n)}", asks(step), "claim", "rect", at, room)
            )
    return Drawing(WIDTH, rows * (HIGH + FOOT), marks, words, lines)


def discs(
    rows: Sequence[Standing],
    columns: Sequence[Standing],
    numbers: Mapping[tuple[int, int], int],
    asks: Callable[[Standing, Standing], Asks],
) -> Drawing:
    """Each row under its name; the names of the columns stand aslant over them."""
    most = max(numbers.values(), default=1)
    wide = min(44.0, (WIDTH - RIGHT) / max(1, len(columns)))
    words = [
        Word((i + 0.5) * wide, SLANT - 10, fitting(column.name, 92), "head", turned=-60)
        for i, column in enumerate(columns)
    ]
    marks, lines = [], []
    for n, row in enumerate(rows):
        top = SLANT + n * (NAME + ROW)
        lines.append(f"M0 {top:g}H{WIDTH:g}")
        words.append(Word(1, top + 14, fitting(row.name, WIDTH - 4)))
        for i, column in enumerate(columns):
            if not (claims := numbers.get((row.pk, column.pk), 0)):
                continue
            x, y = (i + 0.5) * wide, top + NAME + ROW / 2
            radius = (min(ROW, wide) / 2 - 1) * sqrt(claims / most)
            at = {"cx": round(x, 1), "cy": y, "r": round(max(2.5, radius), 1)}
            room = (round(x - wide / 2, 1), y - ROW / 2, round(wide, 1), ROW)
            label = f"{isolated(column.name)} in {isolated(row.name)}: {counted(claims)}"
            marks.append(Mark(label, asks(row, column), "actor", "circle", at, room))
    return Drawing(WIDTH, SLANT + len(rows) * (NAME + ROW), marks, words, lines)


def ties(found: Network, asks: Callable[[Edge], Asks]) -> Drawing:
    """Who cites, and below it a bar for each of those it has from others; the most cited first."""
    taken: dict[int, list[Edge]] = defaultdict(list)
    for edge in found.edges:
        taken[edge.target].append(edge)
    most = max((edge.claims for edge in found.edges), default=1)
    order = sorted(
        taken, key=lambda key: (-sum(edge.claims for edge in taken[key]), found.nodes[key].name, key)
    )
    words, marks, lines, y = [], [], [], 0.0
    for key in order:
        node = found.nodes[key]
        lines.append(f"M0 {y + 20:g}H{WIDTH:g}")
        words.append(Word(1, y + 14, f"{fitting(node.name, WIDTH - 50)} cites", "head"))
        y += 24
        for edge in sorted(taken[key], key=lambda edge: (-edge.claims, found.nodes[edge.source].name)):
            marks.append(_tie(found, edge, y, most, asks(edge)))
            y += ROW
        y += 10
    return Drawing(WIDTH, y, marks, words, lines)


def _tie(found: Network, edge: Edge, y: float, most: int, asks: Asks) -> Mark:
    source, target = found.nodes[edge.source], found.nodes[edge.target]
    long = max(2.0, round((WIDTH - NAMES - NUMBER) * edge.claims / most, 1))
    said = (
        Word(NAMES - 8, y + 16, fitting(source.name, NAMES - 22), anchor="end"),
        Word(NAMES + long + 6, y + 16, f"{edge.claims:,}", "soft"),
    )
    at = {"x": NAMES, "y": y + 5, "width": long, "height": ROW - 10}
    label = f"{isolated(target.name)} cites {isolated(source.name)}: {counted(edge.claims)}"
    return Mark(label, asks, "event" if source.outlet else "actor", "rect", at, (0, y, WIDTH, ROW), said)
