"""Acts on many claims as the API tells them."""

from django.db.models import QuerySet

from annotator.models import Batch
from sources.models import Project

from .annotation_json import Json
from .batches import counted, rows_of, stands
from .keyset import Order, whole

LATEST_FIRST = Order(("pk",), (whole,))


def batches_listed(project: Project) -> QuerySet[Batch]:
    return counted(Batch.objects.filter(project=project))


def batch_json(batch: Batch) -> Json:
    """Comes counted, with who did it."""
    numbers = vars(batch)
    return {
        "uuid": str(batch.uuid),
        "act": batch.deed,
        "said": [{"what": what, "words": words} for what, words in batch.said],
        "by": str(batch.by),
        "at": batch.at.isoformat(),
        "claims": numbers["n_rows"],
        "undone": numbers["n_undone"],
    }


def batch_rows_json(batch: Batch) -> list[Json]:
    """What became of each claim, in the order of the claims. `stands`: it is as the act left it, so that it
    can be given back what it had. One query."""
    return [
        {
            "claim": str(row.claim.uuid),
            "version_before": row.version_before,
            "version": row.version,
            "was": dict(row.was),
            "became": dict(row.became),
            "stands": stands(row),
            "undone_by": str(row.undone_by) if row.undone_by else None,
            "undone_at": row.undone_at.isoformat() if row.undone_at else None,
        }
        for row in rows_of(batch)
    ]
