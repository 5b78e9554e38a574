"""Which event words of a text mean, as what they tell it, and what the text adds to one that is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from . import fields
from .event import (
    PARTICIPANT_ROLES,
    NewEvent,
    Participant,
    Slots,
    coordinate,
    geonames,
    parse_new_event,
    parse_participants,
    parse_slots,
    wikidata,
)
from .refusal import Refused

FACTUALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
_WAYS = ("adds", "takes_back")
_MOST = 100


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody known who took no part after all, in this role and part."""

    actor: UUID
    role: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Cleared:
    """Date and place that a known event is to lose, as they were seen: what it has by another value stays."""

    date: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class WhenAndWhere:
    """What is said of time and place, to be said again of an event that says nothing of it by now."""

    date: str = ""
    date_words: str = ""
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    place_wikidata: str = ""
    place_geonames: str = ""


@dataclass(frozen=True, slots=True)
class EventAdditions:
    """What a text tells of an event that is known: who took part, and words for its slots.

    Nothing that is known of it is changed or taken away but what is named: the words in this text that
    `drops` names by their annotations' identifiers, those who `leave`, date and place as `clears` has them.
    """

    participants: tuple[Participant, ...] = ()
    slots: Slots = field(default_factory=Slots)
    drops: tuple[UUID, ...] = ()
    leave: tuple[Leaving, ...] = ()
    clears: Cleared = field(default_factory=Cleared)


@dataclass(frozen=True, slots=True)
class EventTakenBack:
    """What was added to a known event, to be taken away again, and what it lost, to be given back: words
    (`restores`) to slots that would have none in this text, those who left (`rejoin`), date and place."""

    participants: tuple[Participant, ...] = ()
    slots: Slots = field(default_factory=Slots)
    restores: Slots = field(default_factory=Slots)
    rejoin: tuple[Participant, ...] = ()
    says_again: WhenAndWhere = field(default_factory=WhenAndWhere)


@dataclass(frozen=True, slots=True)
class EventChoice:
    """Which event the words mean and as what they tell it; `factuality_words` are the text's that show it.

    `adds` belongs to an event that is known, and so does `takes_back`: what was added with these words.
    """

    event: UUID | None = None
    new_event: NewEvent | None = None
    factuality: str = "happened"
    factuality_words: str = ""
    adds: EventAdditions | None = None
    takes_back: EventTakenBack | None = None


def parse_event_choice(value: Any, field: str) -> EventChoice:
    data = fields.mapping(value, field, EventChoice.__dataclass_fields__)
    told = fields.choice(data.get("factuality"), f"{field}.factuality", FACTUALITIES, default="happened")
    words = fields.name(data.get("factuality_words"), f"{field}.factuality_words", 200, required=False)
    known, new = data.get("event"), data.get("new_event")
    if (known is None) == (new is None):
        raise Refused(f"{field}.event", "one_event", "needs either an event or a new_event")
    if known is not None:
        adds, back = _additions(data.get("adds"), f"{field}.adds"), _taken_back(data, field)
        if adds and back:
            raise Refused(f"{field}.takes_back", "one_way", "is not asked for together with adds")
        return EventChoice(fields.identifier(known, f"{field}.event"), None, told, words, adds, back)
    for name in _WAYS:
        if data.get(name) is not None:
            said = "is for an event that is known: say it of the new one"
            raise Refused(f"{field}.{name}", "known_event", said)
    return EventChoice(None, parse_new_event(new, f"{field}.new_event"), told, words)


def _additions(value: Any, field: str) -> EventAdditions | None:
    if value is None:
        return None
    data = fields.mapping(value, field, EventAdditions.__dataclass_fields__)
    participants, slots = _told(data, field)
    drops = fields.items(data.get("drops"), f"{field}.drops", fields.identifier, most=20)
    for i, uuid in enumerate(drops):
        if uuid in [span.uuid for span in (slots.type, slots.date, slots.place) if span]:
            raise Refused(f"{field}.drops.{i}", "added_or_dropped", "is among the words that are to be added")
    leave = fields.items(data.get("leave"), f"{field}.leave", _leaving, most=_MOST)
    joining = {(one.who.actor, one.role, one.part) for one in participants}
    for i, one in enumerate(leave):
        if (one.actor, one.role, one.part) in joining:
            raise Refused(f"{field}.leave.{i}", "joins_or_leaves", "is among those who are to take part")
    return EventAdditions(participants, slots, drops, leave, _cleared(data.get("clears"), f"{field}.clears"))


def _leaving(value: Any, field: str) -> Leaving:
    data = fields.mapping(value, field, Leaving.__dataclass_fields__)
    return Leaving(
        actor=fields.identifier(data.get("actor"), f"{field}.actor"),
        role=fields.choice(data.get("role"), f"{field}.role", PARTICIPANT_ROLES, default="actor"),
        part=fields.name(data.get("part"), f"{field}.part", 100, required=False),
    )


def _cleared(value: Any, field: str) -> Cleared:
    data = fields.mapping(value or {}, field, Cleared.__dataclass_fields__)
    return Cleared(
        date=fields.name(data.get("date"), f"{field}.date", 60, required=False),
        place=fields.name(data.get("place"), f"{field}.place", 300, required=False),
    )


def _taken_back(choice: Mapping[str, Any], field: str) -> EventTakenBack | None:
    if choice.get("takes_back") is None:
        return None
    at = f"{field}.takes_back"
    data = fields.mapping(choice["takes_back"], at, EventTakenBack.__dataclass_fields__)
    participants, slots = _told(data, at)
    return EventTakenBack(
        participants,
        slots,
        restores=parse_slots(data.get("restores"), f"{at}.restores"),
        rejoin=parse_participants(data.get("rejoin"), f"{at}.rejoin"),
        says_again=_said_again(data.get("says_again"), f"{at}.says_again"),
    )


def _said_again(value: Any, field: str) -> WhenAndWhere:
    data = fields.mapping(value or {}, field, WhenAndWhere.__dataclass_fields__)
    latitude = coordinate(data.get("latitude"), f"{field}.latitude", 90)
    longitude = coordinate(data.get("longitude"), f"{field}.longitude", 180)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise Refused(f"{field}.{missing}", "both_or_neither", "is missing: a point needs both coordinates")
    return WhenAndWhere(
        date=fields.name(data.get("date"), f"{field}.date", 60, required=False),
        date_words=fields.name(data.get("date_words"), f"{field}.date_words", 300, required=False),
        place=fields.name(data.get("place"), f"{field}.place", 300, required=False),
        latitude=latitude,
        longitude=longitude,
        place_wikidata=wikidata(data.get("place_wikidata"), f"{field}.place_wikidata"),
        place_geonames=geonames(data.get("place_geonames"), f"{field}.place_geonames"),
    )


def _told(data: Mapping[str, Any], field: str) -> tuple[tuple[Participant, ...], Slots]:
    participants = parse_participants(data.get("participants"), f"{field}.participants")
    return participants, parse_slots(data.get("slots"), f"{field}.slots")
