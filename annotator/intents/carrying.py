"""What somebody decides on what was marked on an earlier text of an article."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sources.text.offsets import Extent

from . import fields
from .refusal import Refused

DECISIONS = ("confirm", "leave")
LONGEST_WORDS = 5000
MOST_PARTS = 500
MOST_UNITS = 200
"""That are confirmed by one request."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands now: the words, and the `extent` where they stand more than once."""

    part: UUID
    words: str
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Decide:
    """`seen` is the token of what was shown; `without` are parts, `without_words` the keys of words, that are
    taken off."""

    decision: str
    seen: str = ""
    places: tuple[Place, ...] = ()
    without: frozenset[UUID] = frozenset()
    without_words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConfirmMany:
    """Units as they were shown, each with its token; none at all, where it is to be looked for more."""

    shown: tuple[tuple[UUID, str], ...] = ()


def parse_decision(value: Any) -> Decide:
    """Raises Refused."""
    data = fields.mapping(value, "", Decide.__slots__)
    decision = fields.choice(data.get("decision"), "decision", DECISIONS)
    confirming = decision == "confirm"
    if not confirming and len(data) > 1:
        raise Refused("decision", "alone", "leaving it says nothing else")
    return Decide(
        decision,
        fields.name(data.get("seen"), "seen", 64, required=confirming),
        fields.items(data.get("places"), "places", _place, MOST_PARTS),
        frozenset(fields.items(data.get("without"), "without", fields.identifier, MOST_PARTS)),
        frozenset(fields.items(data.get("without_words"), "without_words", _key, MOST_PARTS)),
    )


def parse_many(value: Any) -> ConfirmMany:
    """From {"units": [{"unit", "seen"}]}. Raises Refused."""
    data = fields.mapping(value, "", ("units",))
    shown = fields.items(data.get("units"), "units", _shown, MOST_UNITS)
    if not shown:
        raise Refused("units", "required", "names none: say which are confirmed, each with what was seen")
    return ConfirmMany(shown)


def _place(value: Any, field: str) -> Place:
    data = fields.mapping(value, field, Place.__slots__)
    extent = data.get("extent")
    return Place(
        fields.identifier(data.get("part"), f"{field}.part"),
        fields.text(data.get("words"), f"{field}.words", LONGEST_WORDS, required=True),
        None if extent is None else fields.extent(extent, f"{field}.extent"),
    )


def _shown(value: Any, field: str) -> tuple[UUID, str]:
    data = fields.mapping(value, field, ("unit", "seen"))
    return fields.identifier(data.get("unit"), f"{field}.unit"), fields.name(
        data.get("seen"), f"{field}.seen", 64
    )


def _key(value: Any, field: str) -> str:
    return fields.name(value, field, 100)
