"""The last look at a row before it leaves: does the stored text say what the row says it says?"""

from collections.abc import Sequence
from dataclasses import dataclass

from sources.text.anchor import CONTEXT

Stretches = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence as the store has it: its number in the text and its place, end exclusive."""

    number: int
    start: int
    end: int


def check_row(
    text: str,
    extent: Stretches,
    quotes: Sequence[str],
    *,
    prefix: str,
    suffix: str,
    sentences: Sequence[CitedSentence],
) -> list[str]:
    """What is wrong with an anchor, in words; empty if all of it holds.

    `extent` in code points of `text`, end exclusive. Whether `text` has the digest it is stored under is
    asked once a text, by `check_text`.
    """
    problems = _extent_problems(extent, len(text))
    if problems:
        return problems
    if len(quotes) != len(extent):
        return [f"{len(quotes)} quotes for {len(extent)} stretches"]
    for quote, (start, end) in zip(quotes, extent, strict=True):
        if text[start:end] != quote:
            problems.append(f"the quote is not what the text has at {start}-{end}")
    problems += _context_problems(text, extent, prefix, suffix)
    return problems + _sentence_problems(extent, sentences, text)


def check_text(text: str, length: int, digest: str, found_digest: str) -> list[str]:
    """What is wrong with a stored text as a whole, in words."""
    problems = []
    if len(text) != length:
        problems.append(f"the text has {len(text)} code points, not {length}")
    if digest != found_digest:
        problems.append(f"the text has the digest {found_digest}, not {digest}")
    return problems


def _extent_problems(extent: Stretches, length: int) -> list[str]:
    if not extent:
        return ["the extent is empty"]
    last = -1
    for start, end in extent:
        if not 0 <= start < end <= length:
            return [f"{start}-{end} is not inside a text of {length} code points"]
        if start <= last:
            return [f"{start}-{end} does not lie after the stretch before it"]
        last = end
    return []


def _context_problems(text: str, extent: Stretches, prefix: str, suffix: str) -> list[str]:
    first, last = extent[0][0], extent[-1][1]
    problems = []
    if not text[:first].endswith(prefix):
        problems.append("the prefix is not what the text has before the quote")
    if not text.startswith(suffix, last):
        problems.append("the suffix is not what the text has after the quote")
    if max(len(prefix), len(suffix)) > CONTEXT:
        problems.append(f"prefix or suffix is longer than {CONTEXT} code points")
    return problems


def _sentence_problems(extent: Stretches, sentences: Sequence[CitedSentence], text: str) -> list[str]:
    """White space between two sentences is in neither of them: a quote may begin with it."""
    if not sentences:
        return ["it names no sentence"]
    problems = []
    for cited in sentences:
        if not 0 <= cited.start < cited.end <= len(text):
            problems.append(f"sentence {cited.number} is not inside the text")
        elif not any(start < cited.end and cited.start < end for start, end in extent):
            problems.append(f"sentence {cited.number} does not touch the quote")
    start, end = extent[0]
    first = next((at for at in range(start, end) if not text[at].isspace()), start)
    if not any(cited.start <= first < cited.end for cited in sentences):
        problems.append("none of its sentences holds the start of the quote")
    return problems
