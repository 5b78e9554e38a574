"""Which of a page's lines are the story, and the blocks of its text. What is not the story stays, masked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sources.intake.page_lines import PageLine, page_lines
from sources.text.blocks import Block
from sources.text.bylines import tells_who_or_when
from sources.text.furniture import furniture_reason
from sources.text.judge import judge
from sources.text.lines import Line, ends_with_stop
from sources.text.repeats import folded_words
from sources.text.verdict import Verdict

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = re.compile(r"\w+")
_RUN = 4  # words; a line of which most such runs are in the story is of the story
_ENOUGH = 0.6
_TOP = 60  # lines among which one is looked for that says what the page calls itself
_NEAR = 12  # lines about the headline among which bylines and decks are looked for
_LONGEST_BYLINE = 30  # words
_LONGEST_DEK = 60
_FEW_WORDS = 12
_LEFT_OUT = "not found to be of the story"
_PARTS = {
    "quote": "a quotation set apart from the text",
    "item": "an item of a list",
    "row": "a row of a table",
}


@dataclass(frozen=True, slots=True)
class Story:
    """The text that is kept and its blocks; `chrome` counts the words of menus and the like that are not."""

    text: str
    blocks: tuple[Block, ...]
    chrome: int
    found: bool


def story_of(lines: Sequence[PageLine], body: _Element | None, titles: Sequence[str]) -> Story:
    """`body` is what the extraction made of the page, None where it found nothing: then every line is of the
    story that a rule about its words does not mask. `titles` are what the page calls itself."""
    inside = _of_story(lines, body)
    title = _title(lines, inside, titles)
    kept = [n for n, line in enumerate(lines) if inside[n] or n == title or not line.chrome]
    chrome = sum(len(line.text.split()) for line in lines) - sum(len(lines[n].text.split()) for n in kept)
    lines = [lines[n] for n in kept]
    inside = [inside[n] or n == title for n in kept]
    title = kept.index(title) if title is not None else None
    text = "\n\n".join(line.text for line in lines)
    places, at = [], 0
    for line in lines:
        places.append((at, at + len(line.text)))
        at += len(line.text) + 2
    verdicts = _verdicts(lines, inside, places, title)
    blocks = tuple(_block(text, place, verdict) for place, verdict in zip(places, verdicts, strict=True))
    return Story(text, blocks, chrome, body is not None)


def _block(text: str, place: tuple[int, int], verdict: Verdict) -> Block:
    start, end = place
    inner = text[start:end]
    start, end = start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())
    return Block(start, end, verdict.role, verdict.masked, verdict.reason, verdict.repeats)


def _of_story(lines: Sequence[PageLine], body: _Element | None) -> list[bool]:
    if body is None:
        inside = [not line.chrome and not line.region for line in lines]
        return inside if any(inside) else [not line.chrome for line in lines]
    extracted = page_lines(body)
    short = Counter(words for line in extracted for words in _parts(line.text))
    runs = {run for line in extracted for run in _runs(folded_words(line.text))}
    inside = [False] * len(lines)
    # Where a page says the same twice, in the story and in a box beside it, the story's is taken.
    for n in sorted(range(len(lines)), key=lambda n: (lines[n].chrome, bool(lines[n].region), n)):
        parts = _parts(lines[n].text)
        own = _runs(folded_words(lines[n].text))
        if parts and all(short[part] > 0 for part in parts):
            inside[n] = True
            short.subtract(parts)
        elif own and sum(run in runs for run in own) >= _ENOUGH * len(own):
            inside[n] = not lines[n].chrome
    return inside


def _parts(text: str) -> list[str]:
    """What tells a short line apart: its letters, line by line and cell by cell; blanks do not count."""
    return [key for part in re.split(r"[\n\t]", text) if (key := "".join(_WORD.findall(part.casefold())))]


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[n : n + _RUN] for n in range(len(words) - _RUN + 1)]


def _title(lines: Sequence[PageLine], inside: Sequence[bool], titles: Sequence[str]) -> int | None:
    """The line that is the headline by its tag: what the page calls itself, else the first in the story."""
    heads = [n for n, line in enumerate(lines) if line.kind == "title"]
    named = [folded_words(title) for title in titles]
    if not heads:
        near = (
            n for n, line in enumerate(lines[:_TOP]) if not line.chrome and folded_words(line.text) in named
        )
        return next((n for n in near if len(lines[n].text.split()) > 2), None)
    for n in heads:
        words = folded_words(lines[n].text)
        if words and any(words == name or (len(words) > 2 and name[: len(words)] == words) for name in named):
            return n
    first = next((n for n, is_in in enumerate(inside) if is_in and lines[n].kind == ""), len(lines))
    before = [n for n in heads if n <= first and not lines[n].chrome]
    return before[-1] if before else next((n for n in heads if inside[n]), None)


def _verdicts(
    lines: Sequence[PageLine], inside: Sequence[bool], places: Sequence[tuple[int, int]], title: int | None
) -> list[Verdict]:
    """Words judge a line of the story as they do in any text; what its tag says goes before that."""
    story = [n for n, is_in in enumerate(inside) if is_in and n >= (title or 0)]
    judged = judge([Line(*places[n], lines[n].text, i, 1) for i, n in enumerate(story)])
    verdicts = [_left_out(line) for line in lines]
    for n in range(title or 0):
        if inside[n]:
            verdicts[n] = _before_the_headline(lines[n])
    for n, verdict in zip(story, judged, strict=True):
        repeats = None if verdict.repeats is None else story[verdict.repeats]
        verdicts[n] = _by_tag(lines[n], replace(verdict, repeats=repeats))
    if title is not None:
        _one_headline(lines, inside, verdicts, title)
    _about_the_headline(lines, inside, verdicts, title)
    return verdicts


def _one_headline(
    lines: Sequence[PageLine], inside: Sequence[bool], verdicts: list[Verdict], title: int
) -> None:
    words = folded_words(lines[title].text)
    for n, verdict in enumerate(verdicts):
        if folded_words(lines[n].text) == words:
            verdicts[n] = Verdict("headline", True, "gives the title again", title)
        elif verdict.role == "headline" and inside[n]:
            verdicts[n] = Verdict()
    verdicts[title] = Verdict("headline", False, "the page's own tag or name for its headline")


def _by_tag(line: PageLine, verdict: Verdict) -> Verdict:
    if verdict.role in ("boilerplate", "pull_quote") or verdict.repeats is not None:
        return verdict
    if line.kind == "caption":
        return Verdict("caption", True, "the page's own tag for a caption")
    if line.kind in ("heading", "title"):
        return Verdict("heading", False, "the page's own tag for a heading")
    if line.kind in _PARTS and verdict.role in ("paragraph", "heading", "dek"):
        return Verdict("paragraph", False, _PARTS[line.kind])
    return verdict


def _before_the_headline(line: PageLine) -> Verdict:
    if tells_who_or_when(line.text):
        return Verdict("byline", True, "names the writers or gives the date, before the story")
    if line.kind == "caption":
        return Verdict("caption", True, "the page's own tag for a caption")
    if ends_with_stop(line.text) or len(line.text.split()) > _FEW_WORDS:
        return Verdict()
    return Verdict("boilerplate", True, "a notice or label before the headline")


def _left_out(line: PageLine) -> Verdict:
    if line.kind == "caption" and not line.region:
        return Verdict("caption", True, "the page's own tag for a caption")
    reason = furniture_reason(line.text) or line.region or _LEFT_OUT
    return Verdict("boilerplate", True, reason)


def _about_the_headline(
    lines: Sequence[PageLine], inside: Sequence[bool], verdicts: list[Verdict], title: int | None
) -> None:
    """Bylines and the deck by the names that pages give them, where they stand by the headline."""
    if title is None:
        return
    for n in range(max(0, title - 3), min(len(lines), title + _NEAR)):
        line, words = lines[n], len(lines[n].text.split())
        if n == title or verdicts[n].role in ("headline", "heading", "caption"):
            continue
        is_sentence = inside[n] and ends_with_stop(line.text)
        if line.kind == "byline" and words <= _LONGEST_BYLINE and not is_sentence:
            verdicts[n] = Verdict("byline", True, "named a byline by the page")
        elif line.kind == "dek" and n > title and words <= _LONGEST_DEK and not line.region:
            verdicts[n] = Verdict("dek", False, "named a standfirst by the page")
