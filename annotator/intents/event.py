from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`type` is a key of the codebook's event types; `date` is a date in words or EDTF, or empty."""

    uuid: UUID
    label: str
    type: str
    date: str = ""
    date_words: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class EventChoice:
    event: UUID | None = None
    new_event: NewEvent | None = None


def parse_new_event(value: Any, field: str) -> NewEvent:
    data = fields.mapping(value, field, ("uuid", "label", "type", "date", "date_words", "place"))
    return NewEvent(
        uuid=fields.identifier(data.get("uuid"), f"{field}.uuid"),
        label=fields.name(data.get("label"), f"{field}.label", 300),
        type=fields.name(data.get("type") or "other", f"{field}.type", 60),
        date=fields.name(data.get("date"), f"{field}.date", 60, required=False),
        date_words=fields.name(data.get("date_words"), f"{field}.date_words", 300, required=False),
        place=fields.name(data.get("place"), f"{field}.place", 300, required=False),
    )


def parse_event_choice(value: Any, field: str) -> EventChoice:
    data = fields.mapping(value, field, ("event", "new_event"))
    known, new = data.get("event"), data.get("new_event")
    if (known is None) == (new is None):
        raise Refused(f"{field}.event", "one_event", "needs either an event or a new_event")
    if known is not None:
        return EventChoice(event=fields.identifier(known, f"{field}.event"))
    return EventChoice(new_event=parse_new_event(new, f"{field}.new_event"))
