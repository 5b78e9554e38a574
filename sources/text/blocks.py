"""Cut a text into blocks: headline, byline, paragraphs, and what a web page left in between.

A block's role and whether it is masked are proposals, each with its reason. In doubt a line is a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass

from sources.text.judge import judge
from sources.text.lines import cut_lines

ROLES = ("headline", "dek", "byline", "paragraph", "pull_quote", "caption", "heading", "boilerplate")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch in code points, end exclusive, without blanks at either end.

    `masked` keeps it out of suggestions, statistics and counts; `reason` says in words why it has its role
    (empty for a plain paragraph); `repeats` is the index of the block whose words it says again (a pull
    quote, a title given twice), or None.
    """

    start: int
    end: int
    role: str = "paragraph"
    masked: bool = False
    reason: str = ""
    repeats: int | None = None


def cut_blocks(text: str) -> list[Block]:
    """All visible text as blocks, in order, never overlapping."""
    lines = cut_lines(text)
    return [
        Block(line.start, line.end, verdict.role, verdict.masked, verdict.reason, verdict.repeats)
        for line, verdict in zip(lines, judge(lines), strict=True)
    ]
