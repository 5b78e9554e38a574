"""relations.csv: what one claim does to another."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from datetime import datetime

from .columns import code, key, level, moment, string


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    relation_id: str = key("Identifier (UUID).")
    from_claim_id: str = key("The claim that does it.", refers="claims.claim_id")
    kind: str = code("What it does to the other.", "relation_kind", required=True)
    to_claim_id: str = key("The claim it is done to.", refers="claims.claim_id")
    basis: str | None = level(
        "Whether the text says so or the analyst.", "textual", "interpretive", "inferential"
    )
    reason: str | None = string("Why.")
    author: str | None = string("Who says so.")
    made_at: datetime | None = moment("When.")
