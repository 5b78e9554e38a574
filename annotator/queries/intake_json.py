"""Acts of taking articles in as the API tells them."""

from django.db.models import QuerySet

from sources.models import Intake, IntakeItem, Project

from .annotation_json import Json
from .intakes import Standing, given_up, nobody_works, standings
from .keyset import Order, whole

NEWEST = Order(("pk",), (whole,))
IN_TURN = Order(("position", "pk"), (whole, whole), descending=False)


def intakes_of(project: Project) -> QuerySet[Intake]:
    return Intake.objects.filter(project=project)


def intakes_json(keys: list[int]) -> list[Json]:
    """Two queries."""
    rows = Intake.objects.select_related("by").in_bulk(keys)
    return [_told(one) for one in standings([rows[key] for key in keys if key in rows])]


def intake_json(intake: Intake) -> Json:
    """With `stuck`: whether no worker goes on with it."""
    (one,) = standings([intake])
    return _told(one) | {"stuck": nobody_works(intake) or given_up(intake)}


def _told(one: Standing) -> Json:
    intake = one.intake
    return {
        "uuid": str(intake.uuid),
        "name": intake.name,
        "method": intake.method,
        "state": intake.state,
        "by": str(intake.by),
        "expected": intake.expected,
        "done": one.done,
        "counts": one.counts,
        "created_at": intake.created_at.isoformat(),
        "started_at": intake.started_at and intake.started_at.isoformat(),
        "finished_at": intake.finished_at and intake.finished_at.isoformat(),
    }


def lines_json(keys: list[int]) -> list[Json]:
    """What became of each thing. One query."""
    rows = IntakeItem.objects.select_related("article", "snapshot").in_bulk(keys)
    return [
        {
            "position": one.position,
            "name": one.name,
            "address": one.address,
            "outcome": one.outcome,
            "article": str(one.article.uuid) if one.article else None,
            "text": str(one.snapshot.uuid) if one.snapshot else None,
            "why": str(one.told.get("why", "")),
            "where": str(one.told.get("where", "")),
            "at": one.at.isoformat(),
        }
        for one in (rows[key] for key in keys)
    ]
