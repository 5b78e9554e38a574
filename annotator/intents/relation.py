"""Saying what one claim does to another."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .attribution import BASES


@dataclass(frozen=True, slots=True)
class RelateClaims:
    """`claim` does to `other` what `kind`, a key of the codebook's relation kinds, says.

    `basis` textual means that the text itself makes the link ("the claim has been denied by …").
    """

    uuid: UUID
    claim: UUID
    other: UUID
    kind: str
    basis: str = "interpretive"
    note: str = ""


def parse_relation(uuid: Any, value: Any) -> RelateClaims:
    """Raises Refused."""
    data = fields.mapping(value, "", ("claim", "other", "kind", "basis", "note"))
    return RelateClaims(
        uuid=fields.identifier(uuid, "uuid"),
        claim=fields.identifier(data.get("claim"), "claim"),
        other=fields.identifier(data.get("other"), "other"),
        kind=fields.name(data.get("kind"), "kind", 60),
        basis=fields.choice(data.get("basis"), "basis", BASES, default="interpretive"),
        note=fields.text(data.get("note"), "note"),
    )
