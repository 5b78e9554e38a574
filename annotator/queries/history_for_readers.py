"""What of a claim's changes is public: since it was handed in, and of no other claim that is not."""

from collections.abc import Iterable
from typing import Any

from annotator.models import Claim, Status
from sources.models import Change

from .visibility import kept_for

CLAIM, RELATION = "annotator_claim", "annotator_claimrelation"


def seen_by_readers(claim: Claim, changes: Iterable[Change]) -> list[Change]:
    """The changes without relations to claims that readers may not see, and without what it lies in, where
    that is one. One query."""
    changes = list(changes)
    rows = [row for change in changes for row in (change.before, change.after) if row]
    others = {row.get(name) for row in rows for name in ("inside_id", "claim_id", "other_id")} - {
        None,
        claim.pk,
    }
    public = set(Claim.objects.filter(kept_for(None), pk__in=others).values_list("pk", flat=True))
    hidden = others - public
    told = [change for change in changes if change.table != RELATION or not _ends(change) & hidden]
    for change in told:
        if change.table == CLAIM:
            change.before, change.after = (_alone(row, hidden) for row in (change.before, change.after))
    return told


def draft_acts(claim: Claim, changes: Iterable[Change]) -> set[tuple[int, str]]:
    """The acts, by transaction and request, during which or before which it was a draft: also the one that
    handed it in, which tells what it was before."""
    changes = list(changes)
    own = [one for one in changes if one.table == CLAIM and one.row_id == claim.pk]
    status = (own[0].before or {}).get("status") if own else claim.status
    acts = set()
    for change in changes:
        drafted = status == Status.DRAFT
        if change.table == CLAIM and change.row_id == claim.pk:
            status = (change.after or {}).get("status")
        if drafted or status == Status.DRAFT:
            acts.add((change.transaction, change.request))
    return acts


def _ends(change: Change) -> set[Any]:
    row = change.after or change.before or {}
    return {row.get("claim_id"), row.get("other_id")}


def _alone(row: dict[str, Any] | None, hidden: set[Any]) -> dict[str, Any] | None:
    return row | {"inside_id": None} if row and row.get("inside_id") in hidden else row
