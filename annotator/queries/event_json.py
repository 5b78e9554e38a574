"""Events as the reading room and the API show them: one presenter, a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from annotator.models import Event, EventParticipant

from .annotation_json import Json
from .identities import called

FIRST_DAY = Coalesce("date_min", "date_max")
"""By which events are sorted: one that is open at its beginning stands at its end."""
SELDOM = ("date_words", "place_wikidata", "place_geonames", "note")


def events_json(events: QuerySet[Event]) -> list[Json]:
    """Contract EVENT. What is seldom known is left out where it is empty; two queries,
    three where somebody anonymous took part: they are called by their label.

    The words its slots were read from are annotations of their own, which say what they support.
    """
    rows = list(events.select_related("type").order_by(FIRST_DAY, "pk"))
    taking_part = defaultdict(list)
    parts = participants_of(rows, "mention__annotation") if rows else []
    names = called(one.actor.survivor for one in parts)
    for one in parts:
        taking_part[one.event.survivor_key].append(_participant(one, names[one.actor.survivor.pk]))
    return [_event(event, taking_part[event.pk]) for event in rows]


def participants_of(
    events: Iterable[Event], *also: str, without: Iterable[str] = ()
) -> list[EventParticipant]:
    """Who took part in these or in what was merged into them, each part once; of whom the event itself says
    how they took part, as it says alone. In one query, with what `also` names selected and the columns of
    `without` left out."""
    found = EventParticipant.objects.filter(event__survivor_key__in=[event.pk for event in events])
    rows = found.select_related("actor__survivor", "event", *also).defer(*without)
    own = {(row.event_id, row.actor.survivor_id) for row in rows}
    shown: dict[tuple[object, ...], EventParticipant] = {}
    for one in sorted(rows, key=lambda row: (row.event.merged_into_id is not None, row.pk)):
        key, who = one.event.survivor_key, one.actor.survivor_id
        if one.event_id == key or (key, who) not in own:
            shown.setdefault((key, who, one.role, one.part), one)
    return sorted(shown.values(), key=lambda row: row.pk)


def said_otherwise(event: Event) -> list[EventParticipant]:
    """What events that were merged into it say of how somebody took part where it says another thing itself:
    not shown for it, kept for the day the merge is undone. One query."""
    found = EventParticipant.objects.filter(event__survivor_key=event.pk)
    rows = list(found.select_related("actor__survivor").order_by("pk"))
    own = {(row.actor.survivor_id, row.role, row.part) for row in rows if row.event_id == event.pk}
    told = {who for who, _, _ in own}
    return [
        row
        for row in rows
        if row.event_id != event.pk
        and row.actor.survivor_id in told
        and (row.actor.survivor_id, row.role, row.part) not in own
    ]


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


def _participant(one: EventParticipant, name: str) -> Json:
    return {
        "actor": str(one.actor.survivor.uuid),
        "name": name,
        "role": one.role,
        "part": one.part,
        "basis": one.basis,
        "mention": str(one.mention.annotation.uuid) if one.mention else None,
    }
