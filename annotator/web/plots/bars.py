"""Bars, one a row: speakers and topics by their claims."""

from collections.abc import Callable, Sequence

from annotator.queries.overview import Ranked
from sources.text.printable import isolated

from .drawing import Asks, Drawing, Mark, Word, counted, fitting

WIDTH, ROW, NAMES, NUMBER = 460.0, 26.0, 170.0, 44.0
NARROW = (330.0, 150.0)
"""Width, and of the names, on a narrow screen."""


def bars(
    rows: Sequence[Ranked],
    asks: Callable[[Ranked], Asks],
    tone: str,
    frame: tuple[float, float] = (WIDTH, NAMES),
) -> Drawing:
    """On one scale from zero; the number stands at the end of its bar. `frame`: the width, and the names'."""
    width, names = frame
    most = max((row.claims for row in rows), default=1)
    room = width - names - NUMBER
    marks = []
    for n, row in enumerate(rows):
        y = n * ROW
        long = max(2.0, round(room * row.claims / most, 1))
        words = (
            Word(names - 8, y + 17, fitting(row.name, names - 18), anchor="end"),
            Word(names + long + 6, y + 17, f"{row.claims:,}", "soft"),
        )
        at = {"x": names, "y": y + 5, "width": long, "height": ROW - 10, "rx": 2}
        label = f"{isolated(row.name)}: {counted(row.claims)}"
        marks.append(Mark(label, asks(row), tone, "rect", at, (0, y + 1, width, ROW - 2), words))
    lines = [f"M{names:g} 0V{len(rows) * ROW:g}"]
    return Drawing(width, len(rows) * ROW, marks, lines=lines)
