"""What somebody wants to be done to many claims at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused
from .review import parse_version

MOST_ROWS = 500
"""Of one act."""
MOST_TOPICS = 20


@dataclass(frozen=True, slots=True)
class Picked:
    """A claim that was ticked, with what its page showed: its version and the identifier of the latest
    decision on it, empty for none. `version` is None where nothing was shown yet."""

    claim: UUID
    version: int | None = None
    review: str = ""

    def __str__(self) -> str:
        return f"{self.claim}.{self.version or ''}.{self.review}"


@dataclass(frozen=True, slots=True)
class CodeMany:
    """An empty field leaves what there is. `type`, `add` and `take` are keys of the codebook; `speaker` is to
    be the one who says it."""

    type: str = ""
    add: tuple[str, ...] = ()
    take: tuple[str, ...] = ()
    speaker: UUID | None = None


def parse_picked(value: Any, field: str = "row") -> tuple[Picked, ...]:
    """Claims in the order given, each once: "UUID", or "UUID.version.review" as `Picked` writes itself.
    Raises Refused."""
    if isinstance(value, list | tuple) and len(value) > MOST_ROWS:
        said = f"{len(value)} claims are ticked, at most {MOST_ROWS} can be changed at once"
        raise Refused(field, "max_items", said)
    rows = fields.items(value, field, _picked, most=MOST_ROWS)
    return tuple({row.claim: row for row in rows}.values())


def _picked(value: Any, field: str) -> Picked:
    if not isinstance(value, str) or value.count(".") not in (0, 2):
        raise Refused(field, "row", "must be a claim, with its version and decision")
    claim, _, shown = value.partition(".")
    version, _, review = shown.partition(".")
    known = fields.optional_identifier(review, field)
    return Picked(fields.identifier(claim, field), parse_version(version), str(known or ""))


def parse_coding(value: Any) -> CodeMany:
    """Raises Refused, also where nothing is asked for."""
    data = fields.mapping(value, "", CodeMany.__dataclass_fields__)
    asked = CodeMany(
        type=fields.name(data.get("type"), "type", 60, required=False),
        add=_keys(data.get("add"), "add"),
        take=_keys(data.get("take"), "take"),
        speaker=fields.optional_identifier(data.get("speaker"), "speaker"),
    )
    if both := set(asked.add) & set(asked.take):
        raise Refused("take", "one_way", f"“{min(both)}” is to be added and taken away")
    if not (asked.type or asked.add or asked.take or asked.speaker):
        raise Refused("", "something", "say what is to change")
    return asked


def _keys(value: Any, field: str) -> tuple[str, ...]:
    def read(key: Any, at: str) -> str:
        return fields.name(key, at, 60)

    return tuple(dict.fromkeys(fields.items(value, field, read, most=MOST_TOPICS)))
