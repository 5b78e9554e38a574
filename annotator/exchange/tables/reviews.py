"""reviews.csv: what was decided on claims."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from datetime import datetime

from .columns import key, level, moment, string


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    review_id: str = key("Identifier (UUID).")
    claim_id: str = key("The claim.", refers="claims.claim_id")
    decision: str = level("What was decided.", "accepted", "rejected", "disputed", "reopened", required=True)
    reason: str | None = string("Why.")
    reviewer: str | None = string("Who decided.")
    decided_at: datetime = moment("When.", required=True)
