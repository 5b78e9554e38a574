"""What a plot is made of: words, lines and marks in units of a drawing, and the same as a table.

Every mark and every number of the table asks the desk for the claims that it counts.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.queries.asking import Asks
from sources.text.printable import isolated, printable

LETTER = 6.9
"""Width of a letter on average, at a size of 12."""


@dataclass(frozen=True)
class Word:
    """`tone` is "", "soft" or "head"; `anchor` as SVG has it."""

    x: float
    y: float
    text: str
    tone: str = ""
    anchor: str = "start"
    turned: int = 0


@dataclass(frozen=True)
class Mark:
    """What is drawn (`shape`: rect, circle or path, with its attributes), of which tone, and around it the
    rectangle (x, y, width, height) that can be pressed. `label` says all of it in words."""

    label: str
    asks: Asks
    tone: str
    shape: str
    at: Mapping[str, Any]
    room: tuple[float, float, float, float] | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    marks: list[Mark]
    words: list[Word] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """Of a table: words or a number, with what the desk is asked for to show it, if anything."""

    said: Any
    asks: Asks | None = None
    foreign: bool = False

    @property
    def number(self) -> bool:
        return isinstance(self.said, int)


@dataclass(frozen=True)
class Plot:
    """`key` names its files; `said` tells in a sentence what there is to see, `more` what is not drawn, with
    a search that shows it. `wide` ones keep their size. `narrow` is drawn instead where there is no
    room. `legend` and `narrow_legend` say how the one and the other are read."""

    key: str
    title: str
    said: str
    drawing: Drawing
    columns: tuple[str, ...]
    rows: list[list[Cell]]
    more: str = ""
    more_asks: Asks | None = None
    wide: bool = False
    narrow: Drawing | None = None
    legend: str = ""
    narrow_legend: str = ""

    @property
    def told(self) -> list[list[tuple[str, Cell]]]:
        """The table, each cell with the name of its column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


def fitting(text: str, width: float) -> str:
    """As much of the text as fits into that width, by the average of its letters, isolated."""
    text, used = printable(text), 0.0
    for at, letter in enumerate(text):
        used += LETTER * (2 if unicodedata.east_asian_width(letter) in "WF" else 1)
        if used > width and at < len(text) - 1:
            return isolated(text[: max(1, at - 1)].rstrip() + "…")
    return isolated(text)


def counted(n: int, one: str = "claim") -> str:
    return f"{n:,} {one}{'' if n == 1 else 's'}"
