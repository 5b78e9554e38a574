"""Who changed a claim, when, from what to what, as the database's own triggers recorded it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from annotator.models import Claim
from sources.models import Change, User

SILENT = {"id", "version", "updated_at", "annotation_id", "project_id", "snapshot_id", "snapshot_length"}


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """All that one act changed in a claim and its anchor."""

    at: datetime
    who: str
    made: bool
    fields: list[FieldChange]


def differences(before: dict[str, Any] | None, after: dict[str, Any] | None) -> list[FieldChange]:
    """The fields that differ between two states of a row, those that say nothing to a reader left out."""
    old, new = before or {}, after or {}
    return [
        FieldChange(name.removesuffix("_id").replace("_", " "), old.get(name), new.get(name))
        for name in sorted(old.keys() | new.keys())
        if name not in SILENT and old.get(name) != new.get(name)
    ]


def history_of(claim: Claim, limit: int = 100) -> list[Step]:
    """The latest changes of a claim's own rows, newest first. Two queries."""
    tables = Q(table__in=["annotator_claim", "annotator_annotation"], row_id=claim.pk)
    changes = list(Change.objects.filter(tables, project_id=claim.project_id).order_by("-pk")[:limit])
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={c.user_id for c in changes})}
    steps: dict[tuple[int, str], Step] = {}
    for change in changes:
        made = change.operation.upper() == "INSERT"
        who = names.get(change.user_id or 0, "the system")
        step = steps.setdefault((change.transaction, change.request), Step(change.at, who, made, []))
        if not made:
            step.fields.extend(differences(change.before, change.after))
    return [step for step in steps.values() if step.made or step.fields]
