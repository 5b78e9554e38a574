"""Cuts words into figures, words and signs, as numbers are read from."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from sources.text.calendar_words import ascii_digits

from .number_lexicon import NumberLexicon

LONGEST_FIGURE = 30
"""Code points of a figure that is read."""
# Each branch begins with another kind of character: nothing is tried twice.
_PIECE = re.compile(
    "(?P<figure>[0-9]++(?>(?:[.,'’\u00a0\u202f٫٬][0-9]++|\u0020[0-9]{3}(?![0-9]))*))"
    "|(?P<word>[^\\W\\d_]++(?>(?:['’-][^\\W\\d_]++|['’](?=\\s)|[\u064b-\u0652])*))"
    "|(?P<sign>[^\\s\\w])"
)


class Shape(Enum):
    FIGURE = "figure"
    WORD = "word"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` in lower case; `number` is what a figure means, None where that cannot be told. `glued`: no
    blank stands before it."""

    shape: Shape
    text: str
    start: int
    end: int
    glued: bool
    number: Decimal | None = None


def tokens(text: str, lexicon: NumberLexicon) -> list[Token]:
    plain, made, last = ascii_digits(text), [], 0
    blank_groups = " " in lexicon.group
    for found in _PIECE.finditer(plain):
        shape = Shape(found.lastgroup)
        start, words = found.start(), found.group()
        if shape is Shape.FIGURE and " " in words and not blank_groups:
            pieces = [(part.start() + start, part.group()) for part in re.finditer("[^ ]+", words)]
        else:
            pieces = [(start, words)]
        for at, piece in pieces:
            number = _meant(piece, lexicon) if shape is Shape.FIGURE else None
            # Lower case may be longer than what was written: places are those of the text.
            told = piece.lower().replace("’", "'")
            made.append(Token(shape, told, at, at + len(piece), at == last, number))
            last = at + len(piece)
    return made


def _meant(written: str, lexicon: NumberLexicon) -> Decimal | None:
    """The number of a figure in the signs of its language; None where they may mean another."""
    if len(written) > LONGEST_FIGURE:
        return None
    whole, point, part = written, "", ""
    for sign in lexicon.decimal:
        if sign in written:
            whole, point, part = written.rpartition(sign)
            break
    groups = re.split("[ \u00a0\u202f'’" + re.escape(lexicon.group) + "]", whole)
    grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
    if not all(group.isdigit() for group in groups) or (len(groups) > 1 and not grouped):
        return None
    if point and not part.isdigit():
        return None
    if len(groups[0]) > 1 and groups[0].startswith("0"):
        return None
    return Decimal("".join(groups) + (f".{part}" if point else ""))
