"""A number as figures or words write it: "2.3 million", "a hundred and five", "two dozen"."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .number_lexicon import NumberLexicon
from .number_tokens import Shape, Token

NOT_A_SCALE = ("st", "nd", "rd", "th", "m", "k", "er", "e", "º", "ª")
"""Letters at a figure that make it an ordinal, or of which nobody can tell what they mean ("5m")."""
CLOCK = (":", "/")
DASHES = ("-", "–", "—", "‑")


@dataclass(frozen=True, slots=True)
class Value:
    """Tokens `first` to `last` (exclusive); `scale` is the last word that multiplied, 1 without."""

    first: int
    last: int
    number: Decimal
    mantissa: Decimal
    scale: int


def word(found: Sequence[Token], at: int) -> str:
    return found[at].text if 0 <= at < len(found) else ""


def is_figure(found: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(found) and found[at].shape is Shape.FIGURE


def numberish(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> bool:
    """Whether a figure, or a word that belongs to numbers, stands there."""
    if is_figure(found, at):
        return True
    parts = word(found, at).split("-")
    return any(part in lexicon.words or part in lexicon.scales or part in lexicon.numeral for part in parts)


def value_at(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> Value | None:
    if is_figure(found, at):
        return _figure(found, at, lexicon)
    return _words(found, at, lexicon)


def _figure(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> Value | None:
    token, after = found[at], found[at + 1] if at + 1 < len(found) else None
    if token.number is None or _part_of_a_name(found, at, lexicon):
        return None
    if (
        after
        and after.glued
        and (after.text in NOT_A_SCALE or (after.text in CLOCK and is_figure(found, at + 2)))
    ):
        return None
    scale = lexicon.scales.get(word(found, at + 1), 1)
    return Value(at, at + 1 + (scale > 1), token.number * scale, token.number, scale)


def _part_of_a_name(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> bool:
    """ "G20", "F-16", "10:30"."""
    if at == 0 or not found[at].glued:
        return False
    before = found[at - 1]
    if before.shape is Shape.WORD:
        return before.text not in lexicon.prefixes
    if before.text in DASHES:
        return at > 1 and before.glued and found[at - 2].shape is Shape.WORD
    return before.text in CLOCK and is_figure(found, at - 2)


def _of_word(written: str, lexicon: NumberLexicon) -> int | None:
    """ "twenty-five" is a ten and a single one."""
    if written in lexicon.words:
        return lexicon.words[written]
    ten, _, one = written.partition("-")
    tens, ones = lexicon.words.get(ten, 0), lexicon.words.get(one, 0)
    return tens + ones if 20 <= tens <= 90 and 1 <= ones <= 9 else None


def _words(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> Value | None:
    total, i = 0, at
    current: int | None = None
    before = 0  # the number word just read; -1 after a hundred or thousand, -2 after a dozen
    if word(found, at) in lexicon.single:
        if word(found, at + 1) not in lexicon.scales:
            return None
        current, i = 1, at + 1
    while i < len(found):
        written = word(found, i)
        number = _of_word(written, lexicon)
        if number is not None and _fits(current, before, number):
            current, before = (current or 0) + number, number
        elif written in lexicon.scales and current is not None and before != -2:
            scale = lexicon.scales[written]
            if scale <= 100:
                current, before = current * scale, -1 if scale == 100 else -2
            else:
                total, current, before = total + current * scale, None, -1
        elif written not in lexicon.linked or before != -1 or not _small(found, i + 1, lexicon):
            break
        i += 1
    if i == at or (current is None and not total):
        return None
    whole = Decimal(total + (current or 0))
    return Value(at, i, whole, whole, 1)


def _fits(current: int | None, before: int, number: int) -> bool:
    """After nothing, after a hundred, or a single one after a ten."""
    if current is None:
        return True
    if before == -1:
        return current % 100 == 0 and number < 100
    return 20 <= before <= 90 and before % 10 == 0 and 1 <= number <= 9


def _small(found: Sequence[Token], at: int, lexicon: NumberLexicon) -> bool:
    number = _of_word(word(found, at), lexicon)
    return number is not None and 0 < number < 100
