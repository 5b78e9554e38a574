"""The lines of a text that is looked over before it is stored: which of them are left out of the story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.http import QueryDict

from sources.intake.article import ReadArticle
from sources.models import BlockRole
from sources.text.blocks import Block


@dataclass(frozen=True)
class LookedLine:
    """One line with its place among the text's blocks; `reason` says why it is what it is."""

    place: int
    text: str
    role: str
    masked: bool
    reason: str


@dataclass(frozen=True)
class Run:
    """Lines that follow each other and are all left out, or all of the story."""

    masked: bool
    lines: list[LookedLine]

    @property
    def what(self) -> str:
        """What the lines are, each said once: "boilerplate, byline"."""
        return ", ".join(dict.fromkeys(line.role.lower() for line in self.lines))


def runs(found: ReadArticle) -> Iterator[Run]:
    lines = [
        LookedLine(
            place,
            found.text[block.start : block.end],
            BlockRole(block.role).label,
            block.masked,
            block.reason,
        )
        for place, block in enumerate(found.blocks)
    ]
    for masked, some in groupby(lines, lambda line: line.masked):
        yield Run(masked, list(some))


def as_chosen(found: ReadArticle, data: QueryDict) -> ReadArticle:
    """The article with those lines left out that are ticked; as read where the form does not say so of a
    text of as many lines."""
    if data.get("lines") != str(len(found.blocks)):
        return found
    ticked = set(data.getlist("masked"))
    blocks = [_judged(block, str(place) in ticked) for place, block in enumerate(found.blocks)]
    return replace(found, blocks=tuple(blocks))


def _judged(block: Block, masked: bool) -> Block:
    """Nobody's reason is kept for what somebody chose otherwise."""
    if masked == block.masked:
        return block
    if masked:
        role = BlockRole.BOILERPLATE if block.role == BlockRole.PARAGRAPH else BlockRole(block.role)
    else:
        role = BlockRole.PARAGRAPH if block.role == BlockRole.BOILERPLATE else BlockRole(block.role)
    return replace(block, role=role.value, masked=masked, reason="")
