"""Quotation marks read: which words of a text stand between marks, in every style that news is set in.

A quotation may run through several paragraphs, each of which then opens with the mark again, and may hold
other quotations. A single mark or a straight one that never closes is an apostrophe or a slip and quotes
nothing; any other open mark quotes up to the end of its paragraph. A paragraph that begins with a long dash
is speech, as French, Spanish and Russian papers set it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Stretch = tuple[int, int]

CLOSERS = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‘": "’",
    "‚": "‘’",
    "”": "”",
    '"': '"',
    "＂": "＂",
    "'": "'",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
}
"""What ends a quotation that the mark has opened."""
_ALWAYS_OPEN = set("“„‟«‹‘‚「『〝")
_EITHER_WAY = set("»›”\"＂'")
_SLIPS = set("\"＂'‘‚")
_SINGLE = set("'‘‚")
_MARK = re.compile("[" + "".join(sorted({*CLOSERS, *"".join(CLOSERS.values())})) + "]")
_DASH = re.compile(r"[—―]\s*(?=\S)")
DEEPEST = 8
"""Quotations inside quotations that are followed; a mark that would open another opens none."""
_FAR = 300
"""Code points that are looked ahead to tell an apostrophe from a closing mark."""
_BEFORE = "([{/—–-―¿¡:"


@dataclass(frozen=True, slots=True)
class Quotation:
    """From its opening mark to its closing one; `words` is what stands between, a stretch for each paragraph.

    `depth` is 1 for a quotation in plain text, 2 for one inside it, and so on.
    """

    start: int
    end: int
    words: tuple[Stretch, ...]
    depth: int


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    since: int
    words: list[Stretch] = field(default_factory=list)


def paragraphs_of(text: str) -> list[Stretch]:
    """The text's lines that say something, where nobody has judged its blocks."""
    return [m.span() for m in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def quotations(text: str, paragraphs: Iterable[Stretch] | None = None) -> tuple[Quotation, ...]:
    """Every quotation in the order of the opening marks.

    `paragraphs` are those of the story in their order: what stands between them (an advertisement, a
    caption) does not end a quotation that goes on after it. By default, the lines of the text.
    """
    return _Reader(text, list(paragraphs_of(text) if paragraphs is None else paragraphs)).read()


class _Reader:
    def __init__(self, text: str, paragraphs: Sequence[Stretch]) -> None:
        self.text, self.paragraphs = text, paragraphs
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []
        self.start = self.end = 0

    def read(self) -> tuple[Quotation, ...]:
        for number, paragraph in enumerate(self.paragraphs):
            self.start, self.end = paragraph
            at = self._go_on() if self.stack else self._dash()
            for match in _MARK.finditer(self.text, at, self.end):
                self._mark(match.start())
            following = self.paragraphs[number + 1][0] if number + 1 < len(self.paragraphs) else None
            self._end_paragraph(following)
        return tuple(sorted(self.found, key=lambda q: (q.start, -q.end)))

    def _go_on(self) -> int:
        """Past the marks with which the paragraph takes up what is still open."""
        at = self.start
        for opened in self.stack:
            if at < self.end and self._takes_up(at, opened.mark):
                at += 1
            opened.since = at
        return at

    def _takes_up(self, at: int, mark: str) -> bool:
        return self.text[at] == mark or (mark == "«" and self.text[at] == "»")

    def _dash(self) -> int:
        dash = _DASH.match(self.text, self.start, self.end)
        if dash is None:
            return self.start
        self.found.append(Quotation(self.start, self.end, ((dash.end(), self.end),), 1))
        return dash.end()

    def _mark(self, at: int) -> None:
        mark = self.text[at]
        before = self.text[at - 1] if at > self.start else " "
        after = self.text[at + 1] if at + 1 < self.end else " "
        for depth in range(len(self.stack) - 1, -1, -1):
            opened = self.stack[depth]
            if mark not in CLOSERS[opened.mark]:
                continue
            if opened.mark in _SINGLE and (after.isalnum() or self._possessive(at, before)):
                return
            if mark in '"＂' and before.isspace() and after.isalnum():
                del self.stack[depth:]  # it opens again: the one before was a slip
                break
            if depth < len(self.stack) - 1 and mark in "'’":
                return
            del self.stack[depth + 1 :]
            self._close(self.stack.pop(), at, at + 1)
            return
        if len(self.stack) < DEEPEST and self._may_open(mark, before, after):
            self.stack.append(_Open(mark, at, at + 1))

    def _may_open(self, mark: str, before: str, after: str) -> bool:
        if mark in _ALWAYS_OPEN:
            return mark not in _SINGLE or not after.isspace()
        starts_word = before.isspace() or before in _BEFORE or _MARK.match(before) is not None
        return mark in _EITHER_WAY and starts_word and not after.isspace()

    def _possessive(self, at: int, before: str) -> bool:
        """Whether the mark belongs to a word ("the dockers’ offer") and the closing one is still to come."""
        ahead = self.text[at + 1 : min(self.end, at + _FAR)]
        if before not in "sS" or not re.match(r"\s+[^\W\d_]", ahead):
            return False
        later = re.search(r"\S['’](?!\w)", ahead)
        reopened = re.search(r"(?<!\w)['‘‚](?=\w)", ahead)
        return later is not None and (reopened is None or later.start() < reopened.start())

    def _close(self, opened: _Open, at: int, end: int) -> None:
        words = [*opened.words, (opened.since, at)]
        kept = tuple((start, stop) for start, stop in words if stop > start)
        self.found.append(Quotation(opened.start, end, kept, len(self.stack) + 1))

    def _end_paragraph(self, following: int | None) -> None:
        if not self.stack:
            return
        if following is not None and self._takes_up(following, self.stack[0].mark):
            for opened in self.stack:
                opened.words.append((opened.since, self.end))
            return
        while self.stack:
            opened = self.stack.pop()
            if opened.mark not in _SLIPS or opened.words:
                self._close(opened, self.end, self.end)
