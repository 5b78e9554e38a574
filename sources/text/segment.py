"""Cut a text into sentences: sentencex on a copy without quotation marks, under readable rules of our own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sentencex

from sources.text.blocks import Block
from sources.text.sentence_rules import Place, ends_sentence
from sources.text.sentence_starts import NUMBERS_STAND_ALONE, forced_starts, is_item_mark
from sources.text.sentence_words import STARTERS

SEGMENTER = "sentencex-masked"
VERSION = "2"

_BLANKED = re.compile(r"[\"“”„‟«»‹›()\[\]{}「」『』\n]|(?<!\w)['‘’‚‛]|['‘’‚‛](?!\w)")
_REFERENCE = re.compile(r"\[(?:\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}|\.{3}|…|\. \. \.|citation needed)\]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_STARTER = "|".join(sorted(STARTERS))
_NOTE = r"\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\]"
_PLACE = re.compile(
    # looked for first: three times as fast, since all else begins with a choice
    r"(?=[.!?…؟۔。！？।])"
    r"(?P<stop>(?<!\S)(?:\.[^\S\n]){2,4}\.|(?<![.!?…؟۔。！？।])[.!?…؟۔。！？।]++(?>(?:[^\S\n][!?…]{1,4}(?!\w)){0,3}))"
    # atomic: what closes a sentence is never given back to begin the next
    rf"(?P<closers>(?>(?:{_NOTE}|[\"”“’'»«)\]}}」』›*])*(?:[^\S\n]?{_NOTE})*"
    rf"(?:[^\S\n]\d{{1,2}}(?=\s(?:{_STARTER})\b))?"
    r"(?:[^\S\n](?:[\"”»)]+(?=[.,،؛;:!?]|$)|»(?=\s)))?(?:[^\S\n][:;=]-?[)(DP](?=\s|$))?))"
    r"(?P<blanks>\s++|(?<=[۔。！？।؟」』]))"
    r"(?P<openers>(?:[\"“„‘'«‹(\[{「『¿¡*]+(?:[^\S\n](?=\w))?)?)(?=\S)"
)


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Sentence `number` (from 1 in its text), in code points, inside block number `block` (from 0)."""

    number: int
    start: int
    end: int
    block: int


def sentence_spans(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """(start, end) of each sentence, in order, without blanks at either end; together all that is visible."""
    spans: list[tuple[int, int]] = []
    start = 0
    for cut in (*_cuts(text, lang), len(text)):
        piece = text[start:cut]
        stripped = piece.strip()
        if stripped:
            begin = start + len(piece) - len(piece.lstrip())
            spans.append((begin, begin + len(stripped)))
        start = cut
    return spans


def segment(text: str, blocks: Sequence[Block], language: str = "en") -> list[SentenceSpan]:
    """Sentences of all blocks, numbered from 1; none crosses the border of a block."""
    spans: list[SentenceSpan] = []
    for index, block in enumerate(blocks):
        for start, end in sentence_spans(text[block.start : block.end], language):
            spans.append(SentenceSpan(len(spans) + 1, block.start + start, block.start + end, index))
    return spans


def _cuts(text: str, lang: str) -> list[int]:
    """Where sentences begin, but for the first; in order."""
    proposed = _proposed(text, lang)
    cuts = set(forced_starts(text, lang))
    forced = sorted(cuts, reverse=True)
    last = 0
    for match in _PLACE.finditer(text):
        after = match.end()
        while forced and forced[-1] <= match.start():
            last = max(last, forced.pop())
        if lang not in NUMBERS_STAND_ALONE and is_item_mark(text, last, match.end("closers")):
            continue
        is_proposed = not proposed.isdisjoint(range(match.end("stop"), after + 1))
        place = Place(text, last, match, is_proposed, lang)
        if ends_sentence(place):
            last = match.end("closers")
            cuts.add(last)
    cuts.update(match.start() for match in _PARAGRAPH.finditer(text))
    return sorted(cuts)


def _proposed(text: str, lang: str) -> set[int]:
    """sentencex's cuts on the masked copy: inside marks it never cuts, so a stray one would hide a page."""
    masked = _REFERENCE.sub(_blank, text) if "[" in text else text
    masked = _BLANKED.sub(" ", masked)
    return {bound["end_index"] for bound in sentencex.get_sentence_boundaries(lang, masked)}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
