from dataclasses import dataclass
from typing import Any

from . import fields
from .refusal import Refused

DECISIONS = ("accepted", "rejected", "disputed", "reopened")


@dataclass(frozen=True, slots=True)
class DecideClaim:
    """`version` and `review` are what the reviewer saw: the claim's version, and the identifier of the latest
    decision on it, empty when there was none. None in either judges whatever stands now.
    """

    decision: str
    reason: str = ""
    version: int | None = None
    review: str | None = None


def parse_decision(value: Any, *, on_sight: bool = False) -> DecideClaim:
    """`on_sight`: it comes from a page, which has to say what it showed. Raises Refused."""
    data = fields.mapping(value, "", ("decision", "reason", "version", "review"))
    decision = fields.choice(data.get("decision"), "decision", DECISIONS)
    reason = fields.text(data.get("reason"), "reason")
    if decision in {"rejected", "disputed"} and not reason:
        raise Refused("reason", "required", "say why")
    version, review = data.get("version"), data.get("review")
    if on_sight and (version in (None, "") or review is None):
        raise Refused("version", "required", "this page did not say which state of the claim it showed")
    if review is not None:
        review = str(fields.optional_identifier(review, "review") or "")
    if version in (None, ""):
        return DecideClaim(decision, reason, review=review)
    if isinstance(version, str) and version.isascii() and version.isdigit() and len(version) < 10:
        version = int(version)
    if not isinstance(version, int) or isinstance(version, bool):
        raise Refused("version", "integer", "must be a whole number")
    return DecideClaim(decision, reason, version, review)
