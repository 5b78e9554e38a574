"""Which numbers words give and how they bound them ("more than 80", "up to 30", "dozens"): proposals.

Read in figures and in the number words of the lexicon. Whatever may as well mean another number, or stands
beside a word that may bound it otherwise, is left alone. Pure, and linear in the text.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal

from sources.text.calendar_words import MONTHS

from .number_lexicon import LEXICONS, NumberLexicon
from .number_tokens import Shape, Token, tokens
from .number_values import DASHES, Value, numberish, value_at, word

LONGEST, LONGEST_PHRASE = 20_000, 300
"""Code points of a text in which numbers are looked for; of a phrase that is read as a whole."""
MOST = 30
LONGEST_WORDS = 5
"""Words of the longest phrase of a lexicon."""
YEARS = range(1800, 2101)
ENDS = {"at_least": "low", "more_than": "low", "at_most": "high", "fewer_than": "high"}
SIGNS = ("$", "€", "£", "¥")


@dataclass(frozen=True, slots=True)
class NumberRead:
    """`start` and `end` in code points of the text; `low` and `high` are those that the qualifier gives."""

    start: int
    end: int
    qualifier: str
    low: Decimal | None
    high: Decimal | None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    qualifier: str
    low: Decimal | None
    high: Decimal | None
    sign: str = ""


def numbers_in(text: str, language: str) -> list[NumberRead]:
    """The numbers in a text of that language (BCP 47), in their order, at most MOST; none in one unknown."""
    reader = _reader(text[:LONGEST], language)
    found: list[NumberRead] = []
    for phrase in reader.phrases() if reader else ():
        if reader and not reader.is_date(phrase) and len(found) < MOST:
            found.append(reader.told(phrase))
    return found


def read(words: str, language: str) -> NumberRead | None:
    """What the words as a whole give, if there is one number in them and no doubt about it."""
    reader = _reader(words, language) if len(words) <= LONGEST_PHRASE else None
    phrases = list(reader.phrases()) if reader else []
    if reader is None or len(phrases) != 1 or not reader.alone(phrases[0]):
        return None
    return reader.told(phrases[0], whole=True)


def _reader(text: str, language: str) -> "_Reader | None":
    lexicon = LEXICONS.get(language.partition("-")[0].lower())
    return _Reader(text, lexicon) if lexicon else None


class _Reader:
    def __init__(self, text: str, lexicon: NumberLexicon) -> None:
        self.text, self.lexicon = text, lexicon
        self.found: list[Token] = tokens(text, lexicon)

    def phrases(self) -> Iterator[_Phrase]:
        at = 0
        while at < len(self.found):
            value = value_at(self.found, at, self.lexicon)
            phrase = self._bounded(value) if value else self._vague(at)
            if phrase:
                yield phrase
            at = max(phrase.last if phrase else 0, value.last if value else 0, at + 1)

    def _vague(self, at: int) -> _Phrase | None:
        """ "dozens", "tens of thousands": no number, unless a word bounds them."""
        length = self._starting(at, self.lexicon.vague)
        if not length or self._ending(at, self.lexicon.before) or not self._clear(at, at + length):
            return None
        return _Phrase(at, at + length, "about", None, None)

    def _bounded(self, value: Value) -> _Phrase | None:
        """The phrase that the value stands in; None in any doubt."""
        lexicon, first, last = self.lexicon, value.first, value.last
        low = high = value.number
        sign = word(self.found, first - 1)
        first -= sign in SIGNS
        between, before = self._ending(first, lexicon.between), ""
        if word(self.found, last) in (lexicon.then if between else lexicon.to):
            skipped = word(self.found, last + 1) in SIGNS
            second = value_at(self.found, last + 1 + skipped, lexicon)
            if second:
                ends = _range(value, second)
                if ends is None:
                    return None
                (low, high), last = ends, second.last
        if between and low == high:
            return None
        if not between and (length := self._ending(first, lexicon.before)):
            before = self._qualifier(first, length)
            first -= length
        first -= between
        after = ""
        length = self._starting(last, lexicon.after)
        if (
            length
            and word(self.found, last) == "-"
            and not all(one.glued for one in self.found[last : last + 2])
        ):
            length = 0  # "20 - some of them"
        if length:
            after = lexicon.after[self._words(last, last + length)]
            last += length
        if (before and after and before != after) or not self._clear(first, last):
            return None
        return _qualified(first, last, before or after, (low, high), sign if sign in SIGNS else "")

    def _clear(self, first: int, last: int) -> bool:
        """Whether nothing beside the phrase may make it another number, or bound it otherwise."""
        found, lexicon = self.found, self.lexicon
        before, after = word(found, first - 1), word(found, last)
        joins = (*lexicon.then, *lexicon.linked, *lexicon.ratio, *DASHES, *lexicon.to)
        beside = (
            numberish(found, first - 1, lexicon)
            or numberish(found, last, lexicon)
            or (before in joins and numberish(found, first - 2, lexicon))
            or (after in joins and numberish(found, last + 1, lexicon))
        )
        doubt = before in lexicon.doubt or after in lexicon.doubt
        if after == ",":
            doubt = doubt or word(found, last + 1) in lexicon.doubt
        return not beside and not doubt and not self._ending(first, lexicon.before)

    def is_date(self, phrase: _Phrase) -> bool:
        """Whether it is likelier a year or a day than a number of anything."""
        if phrase.qualifier != "exactly":
            return False
        around = (word(self.found, phrase.first - 1), word(self.found, phrase.last))
        year = phrase.last - phrase.first == 1 and phrase.low == phrase.high and phrase.low in YEARS
        plain = self.found[phrase.first].text.isdigit()
        return any(name in MONTHS for name in around) or (year and plain)

    def alone(self, phrase: _Phrase) -> bool:
        """Whether what else stands there bounds nothing."""
        lead = self._words(0, phrase.first)
        if lead and lead not in self.lexicon.lead:
            return False
        rest = range(phrase.last, len(self.found))
        return not any(
            self.found[at].text in self.lexicon.doubt or numberish(self.found, at, self.lexicon)
            for at in rest
        )

    def told(self, phrase: _Phrase, *, whole: bool = False) -> NumberRead:
        unit, last = phrase.sign, phrase.last
        if length := self._starting(last, self.lexicon.percent):
            unit, last = "%", last + length
        rest = self.found[last:]
        if whole and not unit and len(rest) == 1 and rest[0].shape is Shape.WORD:
            unit = self.text[rest[0].start : rest[0].end]
        start, end = self.found[phrase.first].start, self.found[last - 1].end
        return NumberRead(start, end, phrase.qualifier, phrase.low, phrase.high, unit)

    def _words(self, first: int, last: int) -> str:
        return " ".join(token.text for token in self.found[max(first, 0) : last])

    def _starting(self, at: int, phrases: Container[str]) -> int:
        """How many tokens the longest of the phrases has that begins there; 0 for none."""
        lengths = range(min(LONGEST_WORDS, len(self.found) - at), 0, -1)
        return next((n for n in lengths if self._words(at, at + n) in phrases), 0)

    def _ending(self, at: int, phrases: Container[str]) -> int:
        """How many tokens the longest of the phrases has that ends there; 0 for none."""
        lengths = range(min(LONGEST_WORDS, at), 0, -1)
        return next((n for n in lengths if self._phrase(at, n) in phrases), 0)

    def _phrase(self, end: int, length: int) -> str:
        """Without the letters that a language writes together with its first word."""
        written = self._words(end - length, end)
        if written in self.lexicon.before or written in self.lexicon.between:
            return written
        bare = (written[len(p) :] for p in self.lexicon.prefixes if written.startswith(p))
        return next((b for b in bare if b in self.lexicon.before or b in self.lexicon.between), written)

    def _qualifier(self, end: int, length: int) -> str:
        return self.lexicon.before[self._phrase(end, length)]


def _range(one: Value, other: Value) -> tuple[Decimal, Decimal] | None:
    """Both ends; the scale of the second is the first's too ("2 to 3 million"). None where it may be, unsaid
    ("10 to 12,000")."""
    low = one.number
    if one.scale == other.scale == 1 and low < 1000 <= other.number and low * 1000 < other.number:
        return None
    if one.scale == 1 and other.scale > 1:
        if one.number >= other.mantissa:
            return None
        low *= other.scale
    return (low, other.number) if low < other.number else None


def _qualified(
    first: int, last: int, qualifier: str, ends: tuple[Decimal, Decimal], sign: str
) -> _Phrase | None:
    low, high = ends
    if low != high:
        told = qualifier or "range"
        return _Phrase(first, last, told, low, high, sign) if told in ("range", "about") else None
    end = ENDS.get(qualifier)
    return _Phrase(
        *(first, last, qualifier or "exactly"),
        None if end == "high" else low,
        None if end == "low" else high,
        sign,
    )
