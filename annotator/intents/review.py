from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .gathered import leaf, tell
from .refusal import Refused

DECISIONS = ("accepted", "rejected", "disputed", "reopened")
UNSAID = "this page did not say which state of the claim it showed"


@dataclass(frozen=True, slots=True)
class DecideClaim:
    """`version` and `review` are what the reviewer saw: the claim's version, and the identifier of the latest
    decision on it, empty when there was none. None in either judges whatever stands now. `uuid` is the
    decision's own where its maker gave it one, so that deciding it again is deciding it once.
    """

    decision: str
    reason: str = ""
    version: int | None = None
    review: str | None = None
    uuid: UUID | None = None


def parse_decision(value: Any, *, on_sight: bool = False, uuid: UUID | None = None) -> DecideClaim:
    """`on_sight`: it comes from a page, which has to say what it showed. Raises Refused."""
    data = fields.mapping(value, "", ("decision", "reason", "version", "review"))
    decision = fields.choice(data.get("decision"), "decision", DECISIONS)
    reason = fields.text(data.get("reason"), "reason")
    if decision in {"rejected", "disputed"} and not reason:
        tell(Refused("reason", "required", "say why"))
    version, review = parse_version(data.get("version"), on_sight=on_sight), data.get("review")
    if review is not None:
        review = str(fields.optional_identifier(review, "review") or "")
    elif on_sight:
        tell(Refused("review", "required", UNSAID))
    return DecideClaim(decision, reason, version, review, uuid)


def parse_submission(value: Any) -> int:
    """The version of the draft that was looked at and is handed in, as {"version"}. Raises Refused."""
    version = parse_version(fields.mapping(value, "", ("version",)).get("version"), on_sight=True)
    if version is None:
        raise Refused("version", "required", UNSAID)
    return version


@leaf(1)
def parse_version(value: Any, *, on_sight: bool = False) -> int | None:
    """The version of a claim that somebody looked at; None where none is said, as no page may leave it."""
    if value in (None, ""):
        if on_sight:
            raise Refused("version", "required", UNSAID)
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("version", "integer", "must be a whole number")
    return value
