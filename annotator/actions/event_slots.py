"""The words that an event's type, date and place were read from, text by text."""

from annotator.intents.event import SLOTS, Slots
from annotator.models import Event, Kind, SupportingSpan
from sources.models import Snapshot, User

from . import supporting

KIND_OF = {"type": Kind.CUE, "date": Kind.TIME, "place": Kind.PLACE}
"""Which kind of annotation holds the words of a slot."""


def write(*, by: User | None, event: Event, snapshot: Snapshot, slots: Slots, field: str) -> None:
    """Make exactly these words in this text stand for the slots; those in other texts stay."""
    for slot in SLOTS:
        span = getattr(slots, slot)
        supporting.sync(
            by=by,
            snapshot=snapshot,
            kind=KIND_OF[slot],
            spans=(span,) if span else (),
            field=f"{field}.{slot}",
            event=event,
        )


def differ(event: Event, slots: Slots, snapshot: Snapshot) -> bool:
    """Whether the words in this text are others than `slots` says."""
    spans = SupportingSpan.objects.filter(event=event, annotation__snapshot=snapshot)
    stored = {
        (span.annotation.kind, span.annotation.uuid, span.annotation.extent, tuple(span.annotation.quotes))
        for span in spans.select_related("annotation")
    }
    asked = {
        (KIND_OF[slot], span.uuid, span.extent, span.quotes)
        for slot in SLOTS
        if (span := getattr(slots, slot)) is not None
    }
    return stored != asked
