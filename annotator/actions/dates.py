"""Dates as people write them, as the store holds them."""

from dataclasses import replace

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.event import EventContent
from annotator.intents.refusal import Refused
from sources.intake.dates import to_edtf


def read(written: str, field: str) -> str:
    """ "2 May 2015" or "2015-05-02" as EDTF; empty for nothing. Raises Refused for what is no date."""
    if not written:
        return ""
    edtf = to_edtf(written)
    if edtf is None:
        message = (
            f"“{written}” cannot be read as a date. Write 2 May 2015, April 2015, 2015-04 or spring 2015"
        )
        raise Refused(field, "edtf", message)
    return edtf


def with_dates_read(intent: PlaceAnnotation) -> PlaceAnnotation:
    """The same intent with every date in EDTF, so that asking twice in two spellings is asking once."""
    if intent.claim is not None and intent.claim.said_on:
        said_on = read(intent.claim.said_on, "claim.said_on")
        return replace(intent, claim=replace(intent.claim, said_on=said_on))
    if intent.event is not None and (new := intent.event.new_event) is not None:
        content = with_event_date_read(new.content, "event.new_event.date")
        return replace(intent, event=replace(intent.event, new_event=replace(new, content=content)))
    return intent


def with_event_date_read(content: EventContent, field: str) -> EventContent:
    """The same with its date in EDTF; the words picked for the date stand as its words if it has no other."""
    words = content.date_words
    if not words and content.slots.date is not None:
        words = " … ".join(" ".join(quote.split()) for quote in content.slots.date.quotes)[:300]
    return replace(content, date=read(content.date, field), date_words=words)
