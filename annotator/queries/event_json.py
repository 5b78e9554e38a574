"""Events as the reading room and the API show them: one presenter, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import Event, EventParticipant

from .annotation_json import Json

SELDOM = ("date_words", "place_wikidata", "place_geonames", "note")


def events_json(events: QuerySet[Event]) -> list[Json]:
    """Contract EVENT. What is seldom known is left out where it is empty; two queries.

    The words its slots were read from are annotations of their own, which say what they support.
    """
    rows = list(events.select_related("type").order_by("date_min", "pk"))
    taking_part = defaultdict(list)
    for one in participants_of(rows).select_related("mention__annotation") if rows else ():
        taking_part[one.event.survivor_key].append(_participant(one))
    return [_event(event, taking_part[event.pk]) for event in rows]


def participants_of(events: Iterable[Event]) -> QuerySet[EventParticipant]:
    """Who took part in these or in what was merged into them, each part once, as the event itself says if it
    does; `event` is selected."""
    rows = EventParticipant.objects.filter(event__survivor_key__in=[event.pk for event in events])
    same = EventParticipant.objects.filter(
        event__survivor_key=OuterRef("event__survivor_key"),
        actor__survivor=OuterRef("actor__survivor"),
        role=OuterRef("role"),
        part=OuterRef("part"),
    )
    own, earlier = Q(event__merged_into=None), Q(pk__lt=OuterRef("pk"))
    shown = rows.exclude(own & Exists(same.filter(own & earlier)))
    shown = shown.exclude(~own & Exists(same.filter(own | earlier)))
    return shown.select_related("actor__survivor", "event").order_by("pk")


def _event(event: Event, participants: list[Json]) -> Json:
    told: Json = {
        "uuid": str(event.uuid),
        "label": event.label,
        "type": event.type.key,
        "date": event.date,
        "place": event.place,
        "version": event.version,
    }
    told |= {name: value for name in SELDOM if (value := getattr(event, name))}
    if event.latitude is not None and event.longitude is not None:
        told |= {"latitude": degrees(event.latitude), "longitude": degrees(event.longitude)}
    if participants:
        told["participants"] = participants
    return told


def degrees(value: Decimal) -> str:
    """ "48.137" of 48.137000."""
    return f"{value.normalize():f}"


def _participant(one: EventParticipant) -> Json:
    return {
        "actor": str(one.actor.survivor.uuid),
        "name": one.actor.survivor.name,
        "role": one.role,
        "part": one.part,
        "basis": one.basis,
        "mention": str(one.mention.annotation.uuid) if one.mention else None,
    }
