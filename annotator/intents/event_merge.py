"""Saying that two events are one, or are not."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .gathered import leaf
from .refusal import Refused

SAMENESS = ("perhaps", "different")


@dataclass(frozen=True, slots=True)
class MergeEvents:
    """`other` becomes `survivor`. The versions are those that were looked at, or None."""

    survivor: UUID
    other: UUID
    reason: str = ""
    survivor_version: int | None = None
    other_version: int | None = None


@dataclass(frozen=True, slots=True)
class CompareEvents:
    """`sameness` is empty to take back what was said."""

    one: UUID
    other: UUID
    sameness: str
    note: str = ""


def parse_merge(value: Any) -> MergeEvents:
    data = fields.mapping(value, "", MergeEvents.__dataclass_fields__)
    merge = MergeEvents(
        survivor=fields.identifier(data.get("survivor"), "survivor"),
        other=fields.identifier(data.get("other"), "other"),
        reason=fields.name(data.get("reason"), "reason", 500, required=False),
        survivor_version=_version(data.get("survivor_version"), "survivor_version"),
        other_version=_version(data.get("other_version"), "other_version"),
    )
    if merge.survivor == merge.other:
        raise Refused("other", "two_events", "is the same event")
    return merge


def parse_comparison(value: Any) -> CompareEvents:
    data = fields.mapping(value, "", CompareEvents.__dataclass_fields__)
    comparison = CompareEvents(
        one=fields.identifier(data.get("one"), "one"),
        other=fields.identifier(data.get("other"), "other"),
        sameness=fields.choice(data.get("sameness"), "sameness", SAMENESS, default=""),
        note=fields.name(data.get("note"), "note", 500, required=False),
    )
    if comparison.one == comparison.other:
        raise Refused("other", "two_events", "is the same event")
    return comparison


@leaf(1)
def _version(value: Any, field: str) -> int | None:
    if value in (None, ""):
        return None
    written = str(value)
    if isinstance(value, bool) or not written.isascii() or not written.isdigit() or len(written) > 9:
        raise Refused(field, "version", "must be a version number")
    return int(written)
