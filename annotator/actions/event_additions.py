"""What a text tells of an event that is known already, added to it with the mention that tells it."""

from uuid import UUID

from django.db.models import QuerySet

from annotator.intents.event import SLOTS, Participant
from annotator.intents.event_mention import EventAdditions, EventTakenBack
from annotator.intents.refusal import Refused
from annotator.intents.span import Span
from annotator.models import Event, EventParticipant, SupportingSpan
from sources.models import Snapshot, User

from . import actors, event_removals, participants, supporting
from .event_slots import KIND_OF


def add(*, by: User | None, event: Event, snapshot: Snapshot, adds: EventAdditions, field: str) -> bool:
    """Add what is not there and take off what is named; whether anything was done. The event counts up for
    whoever looks at it.

    Nothing is replaced but words that are dropped by name: a slot that was read from other words of this text
    keeps them. Raises Refused.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    if has(event, snapshot, adds):
        return False
    for i, uuid in enumerate(adds.drops):
        _drop(event, snapshot, uuid, f"{field}.drops.{i}")
    event_removals.take_off(event, adds, field)
    for slot in SLOTS:
        if span := getattr(adds.slots, slot):
            _add_words(by, event, snapshot, slot, span, f"{field}.slots.{slot}")
    participants.write_more(
        by=by, event=event, snapshot=snapshot, wanted=adds.participants, field=f"{field}."
    )
    event.version += 1
    event.save()
    return True


def take_back(*, by: User | None, event: Event, snapshot: Snapshot, back: EventTakenBack, field: str) -> bool:
    """Take away what was added in these very words and give back what was dropped or taken off; whether
    anything was done. The event counts up then.

    Words under another identifier, and parts that were read from another mention, are not these and stay, and
    nothing is put beside them. Raises Refused.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    words, parts = _words_added(event, snapshot, back), _parts_added(event, back)
    for held in words:
        supporting.detach(held)
    EventParticipant.objects.filter(pk__in=[part.pk for part in parts]).delete()
    restored = _missing(event, snapshot, back)
    for slot, span in restored:
        _add_words(by, event, snapshot, slot, span, f"{field}.restores.{slot}")
    given = event_removals.give_back(event, back, field)
    if not words and not parts and not restored and not given:
        return False
    event.version += 1
    event.save()
    return True


def are_left(event: Event, snapshot: Snapshot, back: EventTakenBack) -> bool:
    """Whether anything of it is still there to be taken back, or missing."""
    return bool(
        _words_added(event, snapshot, back)
        or _parts_added(event, back)
        or _missing(event, snapshot, back)
        or event_removals.is_missing(event, back, "event.takes_back")
    )


def _missing(event: Event, snapshot: Snapshot, back: EventTakenBack) -> list[tuple[str, Span]]:
    """Slots without words in this text, and those that they are to have again."""
    wanted = [(slot, getattr(back.restores, slot)) for slot in SLOTS]
    return [(slot, span) for slot, span in wanted if span and _words_of(event, snapshot, slot) is None]


def _words_added(event: Event, snapshot: Snapshot, back: EventTakenBack) -> list[SupportingSpan]:
    held = [(getattr(back.slots, slot), _words_of(event, snapshot, slot)) for slot in SLOTS]
    return [words for span, words in held if span and words and words.annotation.uuid == span.uuid]


def _parts_added(event: Event, back: EventTakenBack) -> list[EventParticipant]:
    return [
        row
        for one in back.participants
        for row in _parts(event, one)
        if one.mention and row.event_id == event.pk and _read_from(row) == one.mention
    ]


def _read_from(part: EventParticipant) -> UUID | None:
    return part.mention.annotation.uuid if part.mention else None


def _dropped(event: Event, snapshot: Snapshot, uuid: UUID) -> SupportingSpan | None:
    spans = SupportingSpan.objects.filter(
        event__survivor_key=event.survivor_key, annotation__snapshot=snapshot, annotation__uuid=uuid
    )
    return spans.select_related("event").first()


def _drop(event: Event, snapshot: Snapshot, uuid: UUID, field: str) -> None:
    """Words that are gone already are no loss. Those of an event merged into this one stay that event's."""
    held = _dropped(event, snapshot, uuid)
    if held is not None and held.event_id != event.pk:
        raise Refused(field, "kept_by_merged", f"belong to “{held.event}”, which was merged")
    if held is not None:
        supporting.detach(held)


def _words_of(event: Event, snapshot: Snapshot, slot: str) -> SupportingSpan | None:
    spans = SupportingSpan.objects.filter(
        event__survivor_key=event.survivor_key,
        annotation__snapshot=snapshot,
        annotation__kind=KIND_OF[slot],
    )
    return spans.select_related("annotation").first()


def _add_words(by: User | None, event: Event, snapshot: Snapshot, slot: str, span: Span, field: str) -> None:
    held = _words_of(event, snapshot, slot)
    if held is not None and _place(held) != (span.uuid, span.extent, span.quotes):
        raise Refused(field, "slot_taken", "was read from other words of this text already")
    if held is None:
        supporting.sync(by=by, snapshot=snapshot, kind=KIND_OF[slot], spans=(span,), field=field, event=event)


def has(event: Event, snapshot: Snapshot, adds: EventAdditions) -> bool:
    """Whether all of it is there: then a request is a repeated one."""
    if any(_dropped(event, snapshot, uuid) for uuid in adds.drops) or not event_removals.are_off(event, adds):
        return False
    for slot in SLOTS:
        span = getattr(adds.slots, slot)
        held = _words_of(event, snapshot, slot) if span else None
        if span and (held is None or _place(held) != (span.uuid, span.extent, span.quotes)):
            return False
    return all(_takes_part(event, one) for one in adds.participants)


def _place(held: SupportingSpan) -> tuple[object, ...]:
    return held.annotation.uuid, held.annotation.extent, tuple(held.annotation.quotes)


def _takes_part(event: Event, one: Participant) -> bool:
    return _parts(event, one).exists()


def _parts(event: Event, one: Participant) -> QuerySet[EventParticipant]:
    return participants.in_part(event, actors.named_in(one.who), one.role, one.part)
