"""Cut a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sentencex

from sources.text.blocks import Block

SEGMENTER = "sentencex-masked"
VERSION = "1"

_MARKS = re.compile(r"[\"“”„‟«»‹›'‘’‚‛()\[\]{}「」『』]")


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Sentence `number` (from 1 in its text), in code points, inside block number `block` (from 0)."""

    number: int
    start: int
    end: int
    block: int


def sentence_spans(text: str, lang: str = "en") -> list[tuple[int, int]]:
    """(start, end) of each sentence, in order, without blanks at either end; together all that is visible."""
    spans = []
    for bound in sentencex.get_sentence_boundaries(lang, _MARKS.sub(" ", text)):
        start, end = bound["start_index"], bound["end_index"]
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            start += len(piece) - len(piece.lstrip())
            spans.append((start, start + len(stripped)))
    return spans


def segment(text: str, blocks: Sequence[Block], language: str = "en") -> list[SentenceSpan]:
    """Sentences of all blocks, numbered from 1; none crosses the border of a block."""
    spans = []
    for index, block in enumerate(blocks):
        for start, end in sentence_spans(text[block.start : block.end], language):
            spans.append(SentenceSpan(len(spans) + 1, block.start + start, block.start + end, index))
    return spans
