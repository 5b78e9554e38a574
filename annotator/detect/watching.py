"""Where a project's watch terms stand in a text."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic

from .graphemes import whole_characters
from .tokens import pieces
from .watch_patterns import BadPattern, compiled, slices, stretches
from .watch_words import BadWords, WordFinder, phrase

MOST_OF_A_TERM = 500
"""Hits of one term in one text: a term that hits everywhere says nothing, and must not hide the others."""
MOST_IN_A_TEXT = 2000
LONGEST_LINE = 5000
"""Code points within which a pattern finds; a longer paragraph is looked through in parts."""
PATTERN_SECONDS = 1.0
"""For all patterns in one text; RE2 takes linear time, but a large pattern can make that slow."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` is what is looked for: plain words, or a pattern of RE2."""

    words: str
    is_pattern: bool = False
    whole_words: bool = True
    case_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """Code points, end exclusive; `term` is the place of the term in the matcher's list."""

    start: int
    end: int
    term: int


@dataclass(frozen=True, slots=True)
class Found:
    """`hits` in text order, none overlapping another; `counts` of each term by itself, overlaps and all.
    `cut` when there was more than is told, `slow` the terms that took too long to look for."""

    hits: list[Hit]
    counts: Counter[int]
    cut: bool = False
    slow: frozenset[int] = frozenset()


def surface(text: str, shown: Iterable[tuple[int, int]]) -> str:
    """The text with every offset where it was, and what lies outside the stretches `shown` blank: line ends
    there, blanks for the line ends inside them, so that nothing is found across the edge of a stretch."""
    parts, at = [], 0
    for start, end in shown:
        parts.append("\n" * (start - at))
        inside = text[start:end].replace("\n", " ").replace("\r", " ")
        parts += _short_lines(inside)
        at = end
    parts.append("\n" * (len(text) - at))
    return "".join(parts)


def _short_lines(line: str) -> Iterator[str]:
    """The line with a line end for the last blank of every LONGEST_LINE code points."""
    while len(line) > LONGEST_LINE:
        cut = line.rfind(" ", 0, LONGEST_LINE)
        if cut < 0:
            cut = line.find(" ", LONGEST_LINE)
        if cut < 0:
            break
        yield line[:cut] + "\n"
        line = line[cut + 1 :]
    yield line


@dataclass
class Matcher:
    """Ready to look for a list of terms in any number of texts. `broken` are terms that cannot be read."""

    terms: Sequence[Wanted]
    broken: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._patterns = []
        phrases: dict[bool, list] = {False: [], True: []}
        for number, term in enumerate(self.terms):
            options = {"whole_words": term.whole_words, "case_sensitive": term.case_sensitive}
            try:
                if term.is_pattern:
                    self._patterns.append((number, compiled(term.words, **options)))
                else:
                    phrases[term.case_sensitive].append((number, phrase(term.words, **options)))
            except (BadPattern, BadWords) as error:
                self.broken[number] = str(error)
        self._words = [WordFinder(listed, case_sensitive=case) for case, listed in phrases.items() if listed]

    def find(
        self, text: str, shown: Sequence[tuple[int, int]], clock: Callable[[], float] = monotonic
    ) -> Found:
        """Every hit within the stretches `shown` (code points, in order, not overlapping)."""
        plain = surface(text, shown)
        raw: list[Hit] = []
        counts: Counter[int] = Counter()
        slow: set[int] = set()
        cut = False
        for start, end, number in self._raw(plain, clock() + PATTERN_SECONDS, clock, slow):
            if plain[start:end].isspace():
                continue  # nothing that anybody could see
            counts[number] += 1
            if counts[number] > MOST_OF_A_TERM:
                counts[number], cut = MOST_OF_A_TERM, True
                continue
            raw.append(Hit(*whole_characters(text, start, end), number))
        hits = _apart(raw)
        return Found(hits[:MOST_IN_A_TEXT], counts, cut or len(hits) > MOST_IN_A_TEXT, frozenset(slow))

    def _raw(
        self, plain: str, deadline: float, clock: Callable[[], float], slow: set[int]
    ) -> Iterator[tuple[int, int, int]]:
        if self._words:
            spans = list(pieces(plain))
            for finder in self._words:
                yield from finder.hits(plain, spans)
        if not self._patterns:
            return
        data = plain.encode()
        for number, program in self._patterns:
            places = _within(program, data, deadline, clock, slow, number)
            for start, end in _in_points(data, islice(places, MOST_OF_A_TERM + 1)):
                yield start, end, number


def _within(
    program: object, data: bytes, deadline: float, clock: Callable[[], float], slow: set[int], number: int
) -> Iterator[tuple[int, int]]:
    for offset, part in slices(data):
        if clock() > deadline:
            slow.add(number)
            return
        for start, end in stretches(program, part):
            yield offset + start, offset + end


def _in_points(data: bytes, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Byte offsets in rising order as code points; each byte is decoded once."""
    at, point = 0, 0
    for start, end in places:
        first = point + len(data[at:start].decode())
        point = first + len(data[start:end].decode())
        at = end
        yield first, point


def _apart(hits: list[Hit]) -> list[Hit]:
    """The longest of those that start first, then what follows it: each word is marked once."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.term)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept
