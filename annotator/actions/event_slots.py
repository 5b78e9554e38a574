"""The words that an event's type, date and place were read from, text by text."""

from annotator.intents.event import SLOTS, Slots
from annotator.intents.refusal import Refused
from annotator.models import Event, Kind, SupportingSpan
from sources.models import Snapshot, User

from . import supporting

KIND_OF = {"type": Kind.CUE, "date": Kind.TIME, "place": Kind.PLACE}
"""Which kind of annotation holds the words of a slot."""


def write(*, by: User | None, event: Event, snapshot: Snapshot, slots: Slots, field: str) -> None:
    """Make exactly these words in this text stand for the event's slots; those in other texts stay.

    Words that an event had which was merged into this one stay that event's, whatever is asked for. Raises
    Refused where those are to be moved.
    """
    kept = {held.annotation.uuid: held for held in _of_family(event, snapshot) if held.event_id != event.pk}
    for slot in SLOTS:
        span, kind = getattr(slots, slot), KIND_OF[slot]
        held = kept.get(span.uuid) if span else None
        if held is not None and _words(held) != (kind, span.uuid, span.extent, span.quotes):
            raise Refused(f"{field}.{slot}", "kept_by_merged", f"belong to “{held.event}”, which was merged")
        supporting.sync(
            by=by,
            snapshot=snapshot,
            kind=kind,
            spans=(span,) if span and held is None else (),
            field=f"{field}.{slot}",
            event=event,
        )


def _of_family(event: Event, snapshot: Snapshot) -> list[SupportingSpan]:
    spans = SupportingSpan.objects.filter(event__survivor_key=event.pk, annotation__snapshot=snapshot)
    return list(spans.select_related("annotation", "event"))


def _words(held: SupportingSpan) -> tuple[object, ...]:
    return held.annotation.kind, held.annotation.uuid, held.annotation.extent, tuple(held.annotation.quotes)


def differ(event: Event, slots: Slots, snapshot: Snapshot) -> bool:
    """Whether the words in this text are others than `slots` says; a merged event's need not be asked for."""
    stored = _of_family(event, snapshot)
    asked = {
        (KIND_OF[slot], span.uuid, span.extent, span.quotes)
        for slot in SLOTS
        if (span := getattr(slots, slot)) is not None
    }
    own = {_words(held) for held in stored if held.event_id == event.pk}
    return not own <= asked <= {_words(held) for held in stored}
