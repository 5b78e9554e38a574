"""What somebody says of two articles whose texts are alike."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused

MOST_REFUSED = 200
"""Pairs of one request."""
DEEDS = {
    "reprint": "It is a reprint",
    "same_article": "It is another text of the same article",
    "not": "It is no reprint",
    "swap": "The other one is the original",
    "undo": "Take back what was said",
}


@dataclass(frozen=True, slots=True)
class JudgeReprint:
    """`deed` is a key of DEEDS."""

    deed: str


@dataclass(frozen=True, slots=True)
class RefuseMany:
    """Pairs that are no reprints of each other: the article that may be one, and its original."""

    pairs: tuple[tuple[UUID, UUID], ...]


def parse_refusals(value: Any) -> RefuseMany:
    """From {"refuse": [{"article", "original"}]}. Raises Refused."""
    data = fields.mapping(value, "", ("refuse",))
    pairs = fields.items(data.get("refuse"), "refuse", _pair, MOST_REFUSED)
    if not pairs:
        raise Refused("refuse", "required", "names no pair")
    return RefuseMany(pairs)


def _pair(value: Any, field: str) -> tuple[UUID, UUID]:
    data = fields.mapping(value, field, ("article", "original"))
    return (
        fields.identifier(data.get("article"), f"{field}.article"),
        fields.identifier(data.get("original"), f"{field}.original"),
    )


def parse_judgement(value: Any) -> JudgeReprint:
    if not isinstance(value, str) or value not in DEEDS:
        raise Refused("do", "deed", f"is one of {', '.join(DEEDS)}")
    return JudgeReprint(value)
