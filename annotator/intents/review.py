from dataclasses import dataclass
from typing import Any

from . import fields
from .refusal import Refused

DECISIONS = ("accepted", "rejected", "disputed", "reopened")


@dataclass(frozen=True, slots=True)
class DecideClaim:
    """`version` is the claim's version that the reviewer saw, or None to judge whatever it is now."""

    decision: str
    reason: str = ""
    version: int | None = None


def parse_decision(value: Any) -> DecideClaim:
    data = fields.mapping(value, "", ("decision", "reason", "version"))
    decision = fields.choice(data.get("decision"), "decision", DECISIONS)
    reason = fields.text(data.get("reason"), "reason")
    if decision in {"rejected", "disputed"} and not reason:
        raise Refused("reason", "required", "say why")
    version = data.get("version")
    if version in (None, ""):
        return DecideClaim(decision, reason)
    if isinstance(version, str) and version.isascii() and version.isdigit() and len(version) < 10:
        version = int(version)
    if not isinstance(version, int) or isinstance(version, bool):
        raise Refused("version", "integer", "must be a whole number")
    return DecideClaim(decision, reason, version)
