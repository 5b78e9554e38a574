"""Dates as people write them, as the store holds them."""

from dataclasses import replace
from datetime import date

from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.event import EventContent
from annotator.intents.refusal import Refused
from sources.intake.dates import edtf_bounds, to_edtf_or_open


def read(written: str, field: str) -> str:
    """ "2 May 2015", "2015-05-02" or "since April 2015" as EDTF; empty for nothing. Raises Refused for what
    is no date."""
    if not written:
        return ""
    edtf = to_edtf_or_open(written)
    if edtf is None:
        message = (
            f"“{written}” cannot be read as a date. Write 2 May 2015, April 2015, 2015-04, spring 2015, "
            "2014/2016 or since 2015"
        )
        raise Refused(field, "edtf", message)
    return edtf


def bounds(edtf: str, field: str) -> tuple[date | None, date | None]:
    """First and last day; None for an end at which it is open, and for both where there is no date. Raises
    Refused."""
    try:
        return edtf_bounds(edtf) if edtf else (None, None)
    except ValueError as error:
        raise Refused(field, "edtf", str(error)) from error


def with_dates_read(intent: PlaceAnnotation) -> PlaceAnnotation:
    """The same intent with every date in EDTF, so that asking twice in two spellings is asking once."""
    if intent.claim is not None:
        claim = replace(
            intent.claim,
            said_on=read(intent.claim.said_on, "claim.said_on"),
            period=read(intent.claim.period, "claim.period"),
            chains=tuple(
                tuple(
                    replace(link, said_on=read(link.said_on, f"claim.chains.{c}.{p}.said_on"))
                    if link.said_on
                    else link
                    for p, link in enumerate(chain)
                )
                for c, chain in enumerate(intent.claim.chains)
            ),
        )
        return replace(intent, claim=claim)
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
