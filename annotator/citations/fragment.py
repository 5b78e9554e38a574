"""Links that open a page at the quoted words: URL text fragments, after the draft of the WICG.

`#:~:text=[prefix-,]start[,end][,-suffix]`. Each term lies within one block of the page, and begins and
ends at a word boundary. A browser compares base letters only (no case, no marks) and takes the first
place that fits; so each link is tried the same way on the stored text before it is given out. The page
may have changed since: the state speaks of the text as it was captured.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import quote as percent_encode

from .word_starts import Span, WordStarts

LONGEST_WHOLE = 200
"""Code points up to which the whole quote is the term; beyond it, its first and last words."""
END_WORDS = 5
CONTEXT_WORDS = (0, 1, 2, 3, 5, 8, 12)
"""Words of context tried before and after, in this order."""
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts that do not part words (Thai to Khmer, Han, kana): what stands between two marks is taken whole."""
# What keeps two letters or digits together (it's, 3.5): Unicode UAX 29, MidLetter, MidNum, MidNumLet.
WORD = re.compile(rf"\w+(?:(?<![{UNSPACED}])[.,:;'’·‧‘](?![{UNSPACED}])\w+)*")
SPACE = re.compile(r"\s+")
DELIMITER = ":~:"
DIRECTIVE = DELIMITER + "text="


@dataclass(frozen=True, slots=True)
class Fragment:
    """`state`: unique, ambiguous (another place fits `url` as well), not_found or no_url."""

    url: str
    state: str


NOT_FOUND = Fragment("", "not_found")


@dataclass(frozen=True, slots=True)
class Terms:
    """The four parts of a directive; an empty one is left out."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def folded(self) -> "Terms":
        return Terms(*(fold(term)[0] for term in (self.start, self.end, self.prefix, self.suffix)))

    def directive(self) -> str:
        parts = [_encode(self.prefix) + "-"] if self.prefix else []
        parts += [_encode(term) for term in (self.start, self.end) if term]
        return DIRECTIVE + ",".join(parts + (["-" + _encode(self.suffix)] if self.suffix else []))


class PageText:
    """One captured text, prepared for any number of links into it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded, self._origin = fold(text)
        self._words = [match.span() for match in WORD.finditer(self._folded)]
        self._starts = [start for start, _ in self._words]
        self._ended: dict[tuple[str, str], list[Span]] = {}

    def link(self, url: str, start: int, end: int) -> Fragment:
        """The link to `text[start:end]` (code points), grown to whole words, with the least context.

        A directive that `url` has already gives way to it; an ordinary fragment stays.
        """
        if not url.lower().startswith(("http://", "https://")):
            return Fragment("", "no_url")
        terms, state = self._best(start, end)
        return Fragment(_without_directive(url) + terms.directive(), state) if terms else NOT_FOUND

    def first_fit(self, start: int, end: int) -> Span | None:
        """Of the link to `text[start:end]` the first place that fits it: what a browser marks."""
        terms, _ = self._best(start, end)
        places = list(self._places(terms.folded())) if terms else []
        if not places:
            return None
        first, last = min(places)
        return self._origin[first], self._origin[last - 1] + 1

    def _best(self, start: int, end: int) -> tuple[Terms | None, str]:
        """The terms that fit it and no other place, else those with the most context; and the state."""
        words = self._words_in(start, end)
        if not words:
            return None, "not_found"
        ours = (words[0][0], words[-1][1])
        plain, best = self._terms(words), None
        for size in CONTEXT_WORDS:
            terms = self._with_context(plain, ours, size)
            folded = terms.folded()
            if not self._fits(folded, ours):
                continue
            if all(place == ours for place in self._places(folded)):
                return terms, "unique"
            best = terms
        return best, "ambiguous" if best else "not_found"

    def matches(self, terms: Terms) -> set[Span]:
        """The places of the folded text that a browser may take for the terms."""
        return set(self._places(terms.folded()))

    def _places(self, terms: Terms) -> Iterator[Span]:
        if not terms.end:
            yield from self._phrases.standing(terms.prefix, terms.start, terms.suffix)
            return
        tails = self._tails(terms.end, terms.suffix)
        for start, end in self._phrases.standing(terms.prefix, terms.start, ""):
            if (last := bisect_left(tails, (end, 0))) < len(tails):
                yield start, tails[last][1]

    def _fits(self, terms: Terms, ours: Span) -> bool:
        """Whether our place is one of them; told without looking for the others."""
        if not terms.end:
            at = self._phrases.stands_at(ours[0], terms.prefix, terms.start, terms.suffix)
            return at and ours[0] + len(terms.start) == ours[1]
        if not self._phrases.stands_at(ours[0], terms.prefix, terms.start, ""):
            return False
        tails = self._tails(terms.end, terms.suffix)
        last = bisect_left(tails, (ours[0] + len(terms.start), 0))
        return last < len(tails) and tails[last][1] == ours[1]

    @cached_property
    def _phrases(self) -> WordStarts:
        return WordStarts(self._folded)

    def _tails(self, end: str, suffix: str) -> list[Span]:
        """Where the end stands, in order; those of the last few are kept, since neighbours end alike."""
        if (end, suffix) not in self._ended:
            while len(self._ended) >= len(CONTEXT_WORDS):
                del self._ended[next(iter(self._ended))]
            self._ended[end, suffix] = sorted(self._phrases.standing("", end, suffix))
        return self._ended[end, suffix]

    def _words_in(self, start: int, end: int) -> list[Span]:
        """The words that the stretch touches, in places of the folded text."""
        first, last = bisect_left(self._origin, start), bisect_left(self._origin, end)
        begin = max(0, bisect_right(self._starts, first) - 1)
        return [word for word in self._words[begin : bisect_left(self._starts, last)] if word[1] > first]

    def _raw(self, start: int, end: int) -> str:
        """The text at a place of the folded text, with the marks that folding took away."""
        stop = self._origin[end] if end < len(self._origin) else len(self._text)
        return SPACE.sub(" ", self._text[self._origin[start] : stop]).strip()

    def _terms(self, words: list[Span]) -> Terms:
        first, last = words[0][0], words[-1][1]
        whole = self._folded[first:last]
        if last - first <= LONGEST_WHOLE and "\n" not in whole:
            return Terms(self._raw(first, last))
        line_end = first + len(whole.partition("\n")[0])
        line_start = last - len(whole.rpartition("\n")[2])
        head = [word for word in words if word[1] <= line_end][:END_WORDS]
        tail = [word for word in words if word[0] >= max(line_start, head[-1][1])][-END_WORDS:]
        return Terms(self._raw(first, head[-1][1]), self._raw(tail[0][0], last) if tail else "")

    def _with_context(self, plain: Terms, ours: Span, size: int) -> Terms:
        if not size:
            return plain
        before, after = bisect_left(self._starts, ours[0]), bisect_left(self._starts, ours[1])
        prefix = suffix = ""
        if before:
            begin = self._words[max(0, before - size)][0]
            block = self._folded[begin : ours[0]].rstrip().rpartition("\n")[2]
            end = begin + len(self._folded[begin : ours[0]].rstrip())
            prefix = self._raw(end - len(block), end) if block else ""
        if after < len(self._words):
            end = self._words[min(len(self._words), after + size) - 1][1]
            begin = ours[1] + self._leading_space(ours[1], end)
            block = self._folded[begin:end].partition("\n")[0].rstrip()
            suffix = self._raw(begin, begin + len(block)) if block else ""
        return Terms(plain.start, plain.end, prefix, suffix)

    def _leading_space(self, start: int, end: int) -> int:
        part = self._folded[start:end]
        return len(part) - len(part.lstrip())


def _without_directive(url: str) -> str:
    """The address up to where a directive follows, with an ordinary fragment, but without a directive of its
    own (as browsers copy it), of which a second would become part."""
    page, _, fragment = url.partition("#")
    return f"{page}#{fragment.partition(DELIMITER)[0]}"


def _encode(term: str) -> str:
    """Percent-encoded, also the three characters that the directive's own grammar uses."""
    return percent_encode(term, safe="").replace("-", "%2D")


def fold(text: str) -> tuple[str, "array[int]"]:
    """Base letters without case or marks, white space as one space or newline; and where each was."""
    letters: list[str] = []
    origin = array("I")
    for at, character in enumerate(text):
        for base in _base(character):
            if base in " \n" and letters and letters[-1] in " \n":
                if base == "\n":
                    letters[-1] = "\n"
                continue
            letters.append(base)
            origin.append(at)
    return "".join(letters), origin


@lru_cache(maxsize=65536)
def _base(character: str) -> str:
    if character.isspace():
        return "\n" if character in "\n\r\u2028\u2029" else " "
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(base for base in plain if unicodedata.category(base) not in ("Mn", "Mc", "Me", "Cf"))
