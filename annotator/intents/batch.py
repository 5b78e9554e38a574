"""What somebody wants to be done to many claims at once."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused
from .review import DecideClaim, parse_decision, parse_version

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


@dataclass(frozen=True, slots=True)
class ActOnMany:
    """`act` is one of ACTS, `intent` what it does to each of `rows`."""

    act: str
    intent: CodeMany | DecideClaim
    rows: tuple[Picked, ...]


ACTS = ("code", "decide")
DECISIONS = ("accepted", "rejected", "disputed")


def parse_act(value: Any, *, on_sight: bool) -> ActOnMany:
    """From {"act", "claims": [{"claim", "version", "review"}], …what the act asks for}. `on_sight`: each of
    the claims says what was seen of it. Raises Refused."""
    data = dict(fields.mapping(value, "", ("act", "claims", *CodeMany.__slots__, "decision", "reason")))
    act, claims = fields.choice(data.pop("act", None), "act", ACTS), data.pop("claims", None)
    intent: CodeMany | DecideClaim
    if act == "decide":
        fields.choice(data.get("decision"), "decision", DECISIONS)
        intent = parse_decision(data)
    else:
        intent = parse_coding(data)

    def read(item: Any, field: str) -> Picked:
        one = fields.mapping(item, field, ("claim", "version", "review"))
        version = one.get("version")
        if version is None and on_sight:
            raise Refused(f"{field}.version", "required", "say which version of it was seen")
        if version is not None and (isinstance(version, bool) or not isinstance(version, int) or version < 1):
            raise Refused(f"{field}.version", "integer", "must be a whole number")
        review = fields.optional_identifier(one.get("review"), f"{field}.review")
        return Picked(fields.identifier(one.get("claim"), f"{field}.claim"), version, str(review or ""))

    rows = fields.items(claims, "claims", read, most=MOST_ROWS)
    if not rows:
        raise Refused("claims", "required", "names no claim")
    if len({row.claim for row in rows}) < len(rows):
        raise Refused("claims", "once", "names a claim twice")
    return ActOnMany(act, intent, rows)


def _keys(value: Any, field: str) -> tuple[str, ...]:
    def read(key: Any, at: str) -> str:
        return fields.name(key, at, 60)

    return tuple(dict.fromkeys(fields.items(value, field, read, most=MOST_TOPICS)))
