"""Cut a text into lines of the page: what stands between blank lines, or on a line of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRAP_LIMIT = 120
_WRAP_SLACK = 12
_STOPS = ".!?…؟۔。！？।"
_CLOSERS = "\"'”’»›)]}」』*“‘"
_WORD = re.compile(r"\S+")
LIST_ITEM = re.compile(r"(?:[-–—*•·▪◦‣]|\d{1,3}[.)]|[a-zA-Z][.)])\s")
MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S")


@dataclass(frozen=True, slots=True)
class Line:
    """`chunk` numbers the groups that blank lines part; `of_chunk` is how many lines the group has."""

    start: int
    end: int
    text: str
    chunk: int
    of_chunk: int

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def stopped(self) -> bool:
        """Whether it ends as a sentence does, quotation marks and brackets after the stop aside."""
        return ends_with_stop(self.text)


def ends_with_stop(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSERS).rstrip().endswith(tuple(_STOPS))


def cut_lines(text: str) -> list[Line]:
    """All visible text as lines, trimmed, in order. Lines of a hard-wrapped text are joined again."""
    chunks = _chunks(text)
    if _is_wrapped(text, chunks):
        width = max(end - start for chunk in chunks for start, end in chunk)
        chunks = [_unwrapped(text, chunk, width) for chunk in chunks]
    return [
        Line(start, end, text[start:end], number, len(chunk))
        for number, chunk in enumerate(chunks)
        for start, end in chunk
    ]


def _chunks(text: str) -> list[list[tuple[int, int]]]:
    chunks: list[list[tuple[int, int]]] = []
    fresh = True
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            start = at + len(line) - len(line.lstrip())
            if fresh:
                chunks.append([])
            chunks[-1].append((start, start + len(stripped)))
        fresh = not stripped
        at += len(line) + 1
    return chunks


def _is_wrapped(text: str, chunks: list[list[tuple[int, int]]]) -> bool:
    """No line is long, and most lines that another follows at once break off in mid-sentence."""
    inner = [(start, end) for chunk in chunks for start, end in chunk[:-1]]
    if not inner or any(end - start > _WRAP_LIMIT for chunk in chunks for start, end in chunk):
        return False
    long_enough = max(end - start for start, end in inner) >= 40
    broken_off = sum(not ends_with_stop(text[start:end]) for start, end in inner)
    return long_enough and broken_off * 2 > len(inner)


def _unwrapped(text: str, chunk: list[tuple[int, int]], width: int) -> list[tuple[int, int]]:
    """A line goes on in the next one if the next one's first word would not have fitted into it."""
    joined = [chunk[0]]
    last_length = chunk[0][1] - chunk[0][0]
    for start, end in chunk[1:]:
        first_word = _WORD.match(text, start, end)
        full = last_length + 1 + (len(first_word[0]) if first_word else 0) > width - _WRAP_SLACK
        if full:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        last_length = end - start
    return joined
