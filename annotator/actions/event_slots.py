"""The words that an event's type, date and place were read from, text by text."""

from annotator.intents.event import SLOTS, Slots
from annotator.models import Event, Kind, SupportingSpan
from sources.models import Snapshot, User

from . import supporting

KIND_OF = {"type": Kind.CUE, "date": Kind.TIME, "place": Kind.PLACE}
"""Which kind of annotation holds the words of a slot."""


def write(*, by: User | None, event: Event, snapshot: Snapshot, slots: Slots, field: str) -> None:
    """Make exactly these words in this text stand for the slots; those in other texts stay.

    Words that an event had which was merged into this one stay that event's.
    """
    stored = _of_family(event, snapshot)
    owner_of = {span.annotation.uuid: span.event_id for span in stored}
    for slot in SLOTS:
        span, kind = getattr(slots, slot), KIND_OF[slot]
        owner = owner_of.get(span.uuid, event.pk) if span else event.pk
        owners = {held.event_id for held in stored if held.annotation.kind == kind} | {event.pk, owner}
        # The one that keeps or gets the words comes last: those of another are taken away first.
        for key in sorted(owners, key=lambda key: (key == owner, key)):
            supporting.sync(
                by=by,
                snapshot=snapshot,
                kind=kind,
                spans=(span,) if span and key == owner else (),
                field=f"{field}.{slot}",
                event=Event(pk=key),
            )


def _of_family(event: Event, snapshot: Snapshot) -> list[SupportingSpan]:
    spans = SupportingSpan.objects.filter(event__survivor_key=event.pk, annotation__snapshot=snapshot)
    return list(spans.select_related("annotation"))


def differ(event: Event, slots: Slots, snapshot: Snapshot) -> bool:
    """Whether the words in this text are others than `slots` says."""
    stored = {
        (span.annotation.kind, span.annotation.uuid, span.annotation.extent, tuple(span.annotation.quotes))
        for span in _of_family(event, snapshot)
    }
    asked = {
        (KIND_OF[slot], span.uuid, span.extent, span.quotes)
        for slot in SLOTS
        if (span := getattr(slots, slot)) is not None
    }
    return stored != asked
