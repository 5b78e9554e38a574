"""Bars, one a row: speakers and topics by their claims."""

from collections.abc import Callable, Sequence

from annotator.queries.overview import Ranked

from .drawing import Asks, Drawing, Mark, Word, counted, fitting

WIDTH, ROW, NAMES, NUMBER = 460.0, 26.0, 170.0, 44.0


def bars(rows: Sequence[Ranked], asks: Callable[[Ranked], Asks], tone: str) -> Drawing:
    """On one scale from zero; the number stands at the end of its bar."""
    most = max((row.claims for row in rows), default=1)
    room = WIDTH - NAMES - NUMBER
    marks = []
    for n, row in enumerate(rows):
        y = n * ROW
        long = max(2.0, round(room * row.claims / most, 1))
        words = (
            Word(NAMES - 8, y + 17, fitting(row.name, NAMES - 12), anchor="end"),
            Word(NAMES + long + 6, y + 17, f"{row.claims:,}", "soft"),
        )
        at = {"x": NAMES, "y": y + 5, "width": long, "height": ROW - 10, "rx": 2}
        label = f"{row.name}: {counted(row.claims)}"
        marks.append(Mark(label, asks(row), tone, "rect", at, (0, y + 1, WIDTH, ROW - 2), words))
    lines = [f"M{NAMES:g} 0V{len(rows) * ROW:g}"]
    return Drawing(WIDTH, len(rows) * ROW, marks, lines=lines)
