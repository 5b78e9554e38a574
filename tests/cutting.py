"""Another segmenter than the one that is here, for what is done when a later one comes."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from sources.actions import segmentations
from sources.text.blocks import Block
from sources.text.segment import SentenceSpan

Cutter = Callable[[str, Sequence[Block], str], list[SentenceSpan]]


def cutting_at(pattern: str) -> Cutter:
    """Sentences end behind each match within a block, wherever one is."""

    def cut(text: str, blocks: Sequence[Block], language: str) -> list[SentenceSpan]:
        spans: list[SentenceSpan] = []
        for index, block in enumerate(blocks):
            ends = [m.end() for m in re.finditer(pattern, text[block.start : block.end])]
            for start, end in pairwise(sorted({0, *ends, block.end - block.start})):
                piece = text[block.start + start : block.start + end]
                if piece.strip():
                    first = block.start + start + len(piece) - len(piece.lstrip())
                    spans.append(SentenceSpan(len(spans) + 1, first, first + len(piece.strip()), index))
        return spans

    return cut


def use_segmenter(monkeypatch: pytest.MonkeyPatch, version: str, pattern: str = r"[,.]\s") -> None:
    """From now on `version` of the segmenter is here, which cuts behind commas too unless told where."""
    monkeypatch.setattr(segmentations, "VERSION", version)
    monkeypatch.setattr(segmentations, "segment", cutting_at(pattern))
