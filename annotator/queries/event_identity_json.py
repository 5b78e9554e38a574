"""Which events are one, as the API tells it: sides to compare, merges, what was said of two, the alike."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotator.models import Event, EventComparison, EventMention, EventMerge, Quantity
from sources.models import Project, Role

from .event_json import Json, events_json
from .event_page import claims_about
from .event_twins import Twin
from .events import event_called, events_of
from .numbers import canonical


def sides_json(project: Project, uuids: Iterable[UUID], role: Role | None) -> list[Json] | None:
    """Each event as contract EVENT with how often it is mentioned and the numbers given; None if one is not
    there. Some six queries an event."""
    found = [event_called(project, uuid) for uuid in uuids]
    return None if None in found else [_side(event, role) for event in found if event]


def _side(event: Event, role: Role | None) -> Json:
    mentions = EventMention.objects.filter(event__survivor_key=event.pk)
    numbers = Quantity.objects.filter(event__survivor_key=event.pk, claim__in=claims_about(event, role))
    return {
        "event": events_json(Event.objects.filter(pk=event.pk))[0],
        **mentions.aggregate(
            mentions=Count("pk"), articles=Count("annotation__snapshot__article", distinct=True)
        ),
        "numbers": [_number(one) for one in numbers.select_related("claim").order_by("pk")],
    }


def _number(said: Quantity) -> Json:
    return {
        "claim": str(said.claim.uuid),
        "what": said.what,
        "words": said.words,
        "qualifier": said.qualifier,
        "low": None if said.low is None else canonical(said.low),
        "high": None if said.high is None else canonical(said.high),
        "unit": said.unit,
    }


def merges_of(project: Project, event: UUID, role: Role | None) -> QuerySet[EventMerge]:
    """On either side of which it stands, the newest first; for members those undone too."""
    either = Q(merged__uuid=event) | Q(survivor__uuid=event)
    found = EventMerge.objects.filter(either, project=project).order_by("-pk")
    shown = events_of(project, role).values("pk")
    return found if role else found.filter(undone_at=None, survivor__survivor_key__in=shown)


def merges_json(merges: QuerySet[EventMerge]) -> list[Json]:
    rows = merges.select_related("merged", "survivor", "by", "undone_by")
    return [
        {
            "uuid": str(one.uuid),
            "survivor": {"uuid": str(one.survivor.uuid), "label": one.survivor.label},
            "other": {"uuid": str(one.merged.uuid), "label": one.merged.label},
            "reason": one.reason,
            "by": str(one.by or ""),
            "at": one.at.isoformat(),
            "undone_by": str(one.undone_by or "") if one.undone_at else None,
            "undone_at": one.undone_at and one.undone_at.isoformat(),
        }
        for one in rows
    ]


def comparison_json(said: EventComparison | None) -> dict[str, Any] | None:
    if said is None:
        return None
    return {
        "one": str(said.one.uuid),
        "other": str(said.other.uuid),
        "sameness": said.sameness,
        "note": said.note,
    }


def twins_json(twins: Iterable[Twin]) -> list[Json]:
    return [
        {
            "uuid": str(twin.event.uuid),
            "label": twin.event.label,
            "said": twin.said,
            "score": twin.like.score if twin.like else None,
            "reasons": list(twin.like.reasons) if twin.like else [],
        }
        for twin in twins
    ]
