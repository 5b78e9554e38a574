"""A bar or a disc in each cell of a grid: how far articles and annotators are, and who works on what."""

from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from annotator.models import Status
from annotator.queries.overview import STATUSES, Standing
from sources.text.printable import isolated

from .drawing import LETTER, Asks, Drawing, Mark, Word, counted, fitting

CELL, BAR, HEAD, LINE = 86.0, 44.0, 24.0, 18.0
"""Of the grid of bars: width of a column, height of a row, of the names of columns and of a row's name."""
NAMES, ROW, DISC, SLANT = 200.0, 26.0, 44.0, 96.0
"""Of the grid of discs: width of the names, height of a row, width of a column, height of its name."""
OPEN = {"draft": "Drafts", "submitted": "To review"}


def heading(status: str) -> str:
    return OPEN.get(status, str(Status(status).label))


def by_status(rows: Sequence[Standing], asks: Callable[[Standing, str], Asks], cell: float = CELL) -> Drawing:
    """A row each, under its name, a column a status, all bars on one scale; `cell` is a column's width."""
    most = max((n for row in rows for n in row.counts.values()), default=1)
    width = len(STATUSES) * cell
    longest = cell - max(34, 14 + LETTER * len(f"{most:,}"))
    tone = "head" if cell >= CELL else "soft"
    words = [Word(i * cell + 1, 14, heading(status), tone) for i, status in enumerate(STATUSES)]
    marks, lines = [], []
    for n, row in enumerate(rows):
        top = HEAD + n * BAR
        name = isolated(row.name) + (f" ({isolated(row.note)})" if row.note else "")
        lines.append(f"M0 {top:g}H{width:g}")
        words.append(Word(1, top + 14, fitting(row.name, width - 130 if row.note else width)))
        words.append(Word(width, top + 14, fitting(row.note, 116), "soft", "end"))
        for i, status in enumerate(STATUSES):
            if not (claims := row.counts.get(status, 0)):
                continue
            x, y = i * cell, top + LINE
            long = max(2.0, round(longest * claims / most, 1))
            at = {"x": x + 1, "y": y + 5, "width": long, "height": 12}
            label = f"{name}, {heading(status).lower()}: {counted(claims)}"
            said = (Word(x + long + 6, y + 15, f"{claims:,}", "soft"),)
            room = (x, y - 1, cell - 4, BAR - LINE - 1)
            marks.append(Mark(label, asks(row, status), f"s-{status}", "rect", at, room, said))
    return Drawing(width, HEAD + len(rows) * BAR, marks, words, lines)


def discs(
    rows: Sequence[Standing],
    columns: Sequence[Standing],
    numbers: Mapping[tuple[int, int], int],
    asks: Callable[[Standing, Standing], Asks],
) -> Drawing:
    """Their areas are the numbers of claims; the names of the columns stand aslant over them."""
    most = max(numbers.values(), default=1)
    words, marks = [], []
    for i, column in enumerate(columns):
        words.append(
            Word(NAMES + (i + 0.5) * DISC, SLANT - 10, fitting(column.name, 100), "head", turned=-40)
        )
    for n, row in enumerate(rows):
        y = SLANT + (n + 0.5) * ROW
        words.append(Word(NAMES - 10, y + 4, fitting(row.name, NAMES - 14), anchor="end"))
        for i, column in enumerate(columns):
            if not (claims := numbers.get((row.pk, column.pk), 0)):
                continue
            x = NAMES + (i + 0.5) * DISC
            at = {"cx": x, "cy": y, "r": round(max(2.5, (ROW / 2 - 2) * sqrt(claims / most)), 1)}
            label = f"{isolated(column.name)} in {isolated(row.name)}: {counted(claims)}"
            room = (x - DISC / 2 + 1, y - ROW / 2 + 1, DISC - 2, ROW - 2)
            marks.append(Mark(label, asks(row, column), "actor", "circle", at, room))
    high = SLANT + len(rows) * ROW
    lines = [
        f"M{NAMES:g} {SLANT + (n + 0.5) * ROW:g}H{NAMES + len(columns) * DISC:g}" for n in range(len(rows))
    ]
    return Drawing(NAMES + len(columns) * DISC + 80, high, marks, words, lines)
