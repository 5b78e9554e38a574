"""What is said about an event: what happened, when, where, who took part, and the words it was read from."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from . import fields
from .actor import ActorChoice, parse_actor_choice
from .claim import BASES
from .gathered import leaf
from .refusal import Refused
from .span import Span, parse_optional_span

PARTICIPANT_ROLES = (
    *("actor", "recipient", "victim", "party", "mediator", "organiser", "supporter", "witness", "other"),
)
SLOTS = ("type", "date", "place")
_DECIMALS = 6
_WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}", re.ASCII)
_GEONAMES = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_WIKIDATA_PAGE = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/", re.IGNORECASE)
_GEONAMES_PAGE = re.compile(r"https?://(?:www\.|sws\.)?geonames\.org/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part and how; `part` is the role in words, `mention` the actor annotation it was read from."""

    who: ActorChoice
    role: str
    part: str = ""
    basis: str = "textual"
    mention: UUID | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """The words in one text that type, date and place were read from."""

    type: Span | None = None
    date: Span | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class EventContent:
    """`type` is a key of the codebook's event types; `date` a date in words or EDTF, or empty.

    Coordinates are degrees (WGS 84), both or neither, of at most six decimals.
    """

    label: str
    type: str
    date: str = ""
    date_words: str = ""
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    place_wikidata: str = ""
    place_geonames: str = ""
    note: str = ""
    participants: tuple[Participant, ...] = ()
    slots: Slots = field(default_factory=Slots)


@dataclass(frozen=True, slots=True)
class NewEvent:
    uuid: UUID
    content: EventContent


@dataclass(frozen=True, slots=True)
class EditEvent:
    """`snapshot` is the text in which the slots' words lie; without it the slots stay as they are."""

    content: EventContent
    snapshot: UUID | None = None


_CONTENT = tuple(EventContent.__dataclass_fields__)


def parse_new_event(value: Any, field: str) -> NewEvent:
    data = fields.mapping(value, field, ("uuid", *_CONTENT))
    uuid = fields.identifier(data.get("uuid"), f"{field}.uuid")
    return NewEvent(uuid=uuid, content=_content(data, f"{field}."))


def parse_event_edit(value: Any) -> EditEvent:
    """From the body of a PUT. Raises Refused."""
    data = fields.mapping(value, "", ("snapshot", *_CONTENT))
    snapshot = fields.optional_identifier(data.get("snapshot"), "snapshot")
    content = _content(data, "")
    if snapshot is None and content.slots != Slots():
        raise Refused("snapshot", "required", "must say in which text the words stand")
    return EditEvent(content=content, snapshot=snapshot)


def _content(data: Any, at: str) -> EventContent:
    latitude = coordinate(data.get("latitude"), f"{at}latitude", 90)
    longitude = coordinate(data.get("longitude"), f"{at}longitude", 180)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise Refused(f"{at}{missing}", "both_or_neither", "is missing: a point needs both coordinates")
    words = {
        name: fields.name(data.get(name), f"{at}{name}", most, required=False)
        for name, most in (("date", 60), ("date_words", 300), ("place", 300))
    }
    participants = parse_participants(data.get("participants"), f"{at}participants")
    return EventContent(
        label=fields.name(data.get("label"), f"{at}label", 300),
        type=fields.name(data.get("type") or "other", f"{at}type", 60),
        latitude=latitude,
        longitude=longitude,
        place_wikidata=wikidata(data.get("place_wikidata"), f"{at}place_wikidata"),
        place_geonames=geonames(data.get("place_geonames"), f"{at}place_geonames"),
        note=fields.text(data.get("note"), f"{at}note", 5000),
        participants=participants,
        slots=parse_slots(data.get("slots"), f"{at}slots"),
        **words,
    )


def _participant(value: Any, field: str) -> Participant:
    data = fields.mapping(value, field, ("actor", "new_actor", "role", "part", "basis", "mention"))
    who = {key: data[key] for key in ("actor", "new_actor") if key in data}
    return Participant(
        who=parse_actor_choice(who, field),
        role=fields.choice(data.get("role"), f"{field}.role", PARTICIPANT_ROLES, default="actor"),
        part=fields.name(data.get("part"), f"{field}.part", 100, required=False),
        basis=fields.choice(data.get("basis"), f"{field}.basis", BASES, default="textual"),
        mention=fields.optional_identifier(data.get("mention"), f"{field}.mention"),
    )


def parse_participants(value: Any, field: str) -> tuple[Participant, ...]:
    """At most 100, each in a role and part once. Raises Refused."""
    participants = fields.items(value, field, _participant, most=100)
    seen = set()
    for i, one in enumerate(participants):
        who = one.who.new_actor.uuid if one.who.new_actor else one.who.actor
        if (who, one.role, one.part) in seen:
            raise Refused(f"{field}.{i}", "participant_once", "takes part twice in the same role")
        seen.add((who, one.role, one.part))
    return participants


def parse_slots(value: Any, field: str) -> Slots:
    data = fields.mapping(value or {}, field, SLOTS)
    spans = {slot: parse_optional_span(data.get(slot), f"{field}.{slot}") for slot in SLOTS}
    known = [span.uuid for span in spans.values() if span]
    if len(known) != len(set(known)):
        raise Refused(field, "span_once", "one identifier stands for the words of two slots")
    return Slots(**spans)


@leaf(None)
def coordinate(value: Any, field: str, most: int) -> Decimal | None:
    """Degrees from -`most` to `most`, from a number or its digits; None for nothing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal) or len(str(value)) > 30:
        raise Refused(field, "number", "must be a number of degrees")
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation:
        raise Refused(field, "number", "must be a number of degrees such as 48.137") from None
    if not found.is_finite() or not -most <= found <= most:
        raise Refused(field, "bounds", f"must lie between -{most} and {most}")
    exact = round(found, _DECIMALS)
    if exact != found:
        raise Refused(field, "decimals", f"has more than {_DECIMALS} decimals")
    return exact.normalize() + 0


@leaf("")
def wikidata(value: Any, field: str) -> str:
    """ "Q1234" from itself or from the address of its page."""
    written = _WIKIDATA_PAGE.sub("", fields.name(value, field, 100, required=False)).upper()
    if written and not _WIKIDATA.fullmatch(written):
        raise Refused(field, "wikidata", "must be a Wikidata item such as Q64")
    return written


@leaf("")
def geonames(value: Any, field: str) -> str:
    """ "2950159" from itself or from the address of its page."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**12 else "-"
    written = _GEONAMES_PAGE.sub("", fields.name(value, field, 100, required=False)).partition("/")[0]
    if written and not _GEONAMES.fullmatch(written):
        raise Refused(field, "geonames", "must be a GeoNames number such as 2950159")
    return written
