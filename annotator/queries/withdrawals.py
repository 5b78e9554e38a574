"""Who took a claim back, and when: the history knows it, as the claim itself does not."""

from dataclasses import dataclass
from datetime import datetime

from annotator.models import Claim
from sources.models import Change, User


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """`who` is empty where the program itself did it."""

    at: datetime
    who: str


def withdrawal_of(claim: Claim) -> Withdrawal | None:
    """None of a claim that stands. Two queries at most."""
    if claim.withdrawn_at is None:
        return None
    changes = Change.objects.filter(table=Claim._meta.db_table, row_id=claim.pk, operation="UPDATE")
    taken_back = changes.filter(before__withdrawn_at=None).exclude(after__withdrawn_at=None)
    last = taken_back.order_by("-pk").first()
    user = User.objects.filter(pk=last.user_id).first() if last and last.user_id else None
    return Withdrawal(claim.withdrawn_at, str(user or ""))
