"""Events: made when first marked, found again by their identifier, edited by version."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet

from annotator.intents.actor import ActorChoice
from annotator.intents.event import EditEvent, EventContent, NewEvent, Participant
from annotator.intents.event_mention import EventChoice
from annotator.intents.refusal import Refused, Stale, Taken, Vanished, VersionNeeded
from annotator.models import Actor, ActorMention, Event, EventParticipant, Facet
from sources.models import Project, Snapshot, User, acting

from . import codebook, dates, event_slots, participants
from .gathering import asked, gathered, gathering, insert

POINT = ("latitude", "longitude")
PLAIN = ("label", "date", "date_words", "place", *POINT, "place_wikidata", "place_geonames", "note")


def make(
    *,
    by: User | None,
    project: Project,
    new: NewEvent,
    snapshot: Snapshot | None = None,
    field: str = "event",
) -> Event:
    """The event of `new.uuid`, made now unless an earlier try already made it.

    The words of its slots lie in `snapshot`. Raises Refused when the event of that identifier is another
    than `new` says, Taken when the identifier is another project's.
    """
    with acting(by):
        made = _made_before(project, new, snapshot, field)
        if made is not None:
            return made
        columns = _columns(project, new.content, f"{field}.")
        event = Event(uuid=new.uuid, project=project, created_by=by, **columns)
        try:
            insert(event, savepoint=True)
        except IntegrityError:
            # Another request of the same client made it between our look and our insert.
            made = _made_before(project, new, snapshot, field)
            if made is None:
                raise
            return made
        if new.content.participants:
            participants.write(
                by=by, event=event, snapshot=snapshot, wanted=new.content.participants, field=f"{field}."
            )
        if snapshot is not None:
            event_slots.write(
                by=by, event=event, snapshot=snapshot, slots=new.content.slots, field=f"{field}.slots"
            )
        return event


def _columns(project: Project, content: EventContent, at: str) -> dict[str, Any]:
    first, last = dates.bounds(content.date, f"{at}date")
    return {name: getattr(content, name) for name in PLAIN} | {
        "type": codebook.code(project, Facet.EVENT_TYPE, content.type, f"{at}type"),
        "date_min": first,
        "date_max": last,
    }


def _made_before(project: Project, new: NewEvent, snapshot: Snapshot | None, field: str) -> Event | None:
    event = called(new.uuid)
    if event is None:
        return None
    if event.project_id != project.pk:
        raise Taken
    if event.label != new.content.label:
        raise Refused(f"{field}.uuid", "taken", "is in use by another event")
    if differing := differs_in(event, new.content, snapshot):
        raise Refused(f"{field}.{differing}", "as_made", f"is not what “{event}” was made with")
    return survivor(event)


def differs_in(event: Event, content: EventContent, snapshot: Snapshot | None) -> str:
    """The first field in which the event is not what `content` asks for; empty if there is none.

    The words of slots are compared in `snapshot`, and not at all without one.
    """
    for field in PLAIN:
        if getattr(event, field) != getattr(content, field):
            return field
    if event.type.key != content.type:
        return "type"
    if participants.differ(event, content.participants):
        return "participants"
    if snapshot is not None and event_slots.differ(event, content.slots, snapshot):
        return "slots"
    return ""


def survivor(event: Event) -> Event:
    while event.merged_into is not None:
        event = event.merged_into
    return event


def called(uuid: UUID) -> Event | None:
    """Whichever project's the event of that identifier is."""
    return gathered(Event, uuid) or asked((Event, uuid), lambda: all_called([uuid]).first())


def every(uuids: Collection[UUID]) -> dict[UUID, Event]:
    """Those of these identifiers that are there, as `called` finds each. One query."""
    if gathering():
        return {uuid: one for uuid in uuids if (one := called(uuid))}
    return {one.uuid: one for one in all_called(uuids)} if uuids else {}


def all_called(uuids: Collection[UUID]) -> QuerySet[Event]:
    return Event.objects.filter(uuid__in=uuids).select_related("merged_into", "type")


def known(project: Project, uuid: UUID, field: str) -> Event:
    event = called(uuid)
    if event is None or event.project_id != project.pk:
        raise Refused(field, "exists", "there is no such event in this project")
    return survivor(event)


def chosen(
    *,
    by: User | None,
    project: Project,
    choice: EventChoice,
    field: str,
    snapshot: Snapshot | None = None,
) -> Event:
    if choice.new_event is not None:
        return make(
            by=by, project=project, new=choice.new_event, snapshot=snapshot, field=f"{field}.new_event"
        )
    assert choice.event is not None  # noqa: S101  an EventChoice holds one of the two
    return known(project, choice.event, f"{field}.event")


def edit(
    *, by: User | None, project: Project, uuid: UUID, intent: EditEvent, version: int | None
) -> tuple[Event, bool]:
    """Make the event be what `intent` says; the event, and whether anything changed.

    Asking twice is asking once. Raises Event.DoesNotExist, Refused, VersionNeeded, Stale (also when the event
    was merged into another meanwhile: `current` is that one).
    """
    with acting(by):
        # PostgreSQL locks a row that an outer join may lack only when it is told to lock the other one.
        rows = Event.objects.select_for_update(of=("self",)).select_related("merged_into", "type")
        event = rows.get(project=project, uuid=uuid)
        if event.merged_into is not None:
            raise Stale(survivor(event))
        snapshot = _text(project, intent.snapshot)
        content = dates.with_event_date_read(intent.content, "date")
        if not differs_in(event, content, snapshot):
            return event, False
        if version is None:
            raise VersionNeeded
        if version != event.version:
            raise Stale(event)
        for name, value in _columns(project, content, "").items():
            setattr(event, name, value)
        event.version += 1
        event.save()
        participants.write(by=by, event=event, snapshot=snapshot, wanted=content.participants, field="")
        if snapshot is not None:
            event_slots.write(by=by, event=event, snapshot=snapshot, slots=content.slots, field="slots")
        return event, True


def place(
    *, by: User | None, project: Project, uuid: UUID, intent: EditEvent, version: int | None
) -> tuple[Event, bool]:
    """As `edit`, and made now where nothing is there under that identifier; the event, and whether it was
    made. Raises Vanished, Taken too."""
    with acting(by):
        known = Event.objects.filter(uuid=uuid).first()
        if known is not None and known.project_id != project.pk:
            raise Taken
        if known is not None:
            return edit(by=by, project=project, uuid=uuid, intent=intent, version=version)[0], False
        if version is not None:
            raise Vanished
        content = dates.with_event_date_read(intent.content, "date")
        snapshot = _text(project, intent.snapshot)
        try:
            new = NewEvent(uuid, content)
            return make(by=by, project=project, new=new, snapshot=snapshot, field=""), True
        except Refused as error:
            raise Refused(error.field.strip("."), error.rule, error.message) from error


def _text(project: Project, uuid: UUID | None) -> Snapshot | None:
    if uuid is None:
        return None
    snapshot = Snapshot.objects.filter(project=project, uuid=uuid).select_related("article").first()
    if snapshot is None:
        raise Refused("snapshot", "exists", "there is no such text in this project")
    return snapshot


def add_participant(
    *,
    by: User | None,
    event: Event,
    actor: Actor,
    role: str,
    part: str = "",
    basis: str = "textual",
    mention: ActorMention | None = None,
) -> EventParticipant:
    """Adding the same part twice is adding it once."""
    one = Participant(
        who=ActorChoice(actor=actor.uuid),
        role=role,
        part=part,
        basis=basis,
        mention=mention.annotation.uuid if mention else None,
    )
    with acting(by):
        return participants.add(event=event, actor=actor, wanted=one, mention=mention)
