"""Events: made when first marked, found again by their identifier."""

from uuid import UUID

from django.db import IntegrityError, transaction

from annotator.intents.event import EventChoice, NewEvent
from annotator.intents.refusal import Refused, Taken
from annotator.models import Actor, ActorMention, Event, EventParticipant, Facet
from sources.intake.dates import edtf_range
from sources.models import Project, User, acting

from . import codebook


def make(*, by: User | None, project: Project, new: NewEvent, field: str = "event") -> Event:
    """The event of `new.uuid`, made now unless an earlier try already made it.

    Raises Refused when the event of that identifier is another than `new` says, Taken when the identifier is
    another project's.
    """
    with acting(by):
        made = _made_before(project, new, field)
        if made is not None:
            return made
        try:
            first, last = edtf_range(new.date) if new.date else (None, None)
        except ValueError as error:
            raise Refused(f"{field}.date", "edtf", str(error)) from error
        try:
            with transaction.atomic():
                return Event.objects.create(
                    uuid=new.uuid,
                    project=project,
                    label=new.label,
                    type=codebook.code(project, Facet.EVENT_TYPE, new.type, f"{field}.type"),
                    date=new.date,
                    date_min=first,
                    date_max=last,
                    date_words=new.date_words,
                    place=new.place,
                    created_by=by,
                )
        except IntegrityError:
            # Another request of the same client made it between our look and our insert.
            made = _made_before(project, new, field)
            if made is None:
                raise
            return made


def _made_before(project: Project, new: NewEvent, field: str) -> Event | None:
    event = Event.objects.filter(uuid=new.uuid).select_related("merged_into", "type").first()
    if event is None:
        return None
    if event.project_id != project.pk:
        raise Taken
    if event.label != new.label:
        raise Refused(f"{field}.uuid", "taken", "is in use by another event")
    if differing := differs_in(event, new):
        raise Refused(f"{field}.{differing}", "as_made", f"is not what “{event}” was made with")
    return _survivor(event)


def differs_in(event: Event, new: NewEvent) -> str:
    """The first field in which the event is not what `new` asks for; empty if there is none."""
    pairs = {
        "label": (event.label, new.label),
        "type": (event.type.key, new.type),
        "date": (event.date, new.date),
        "date_words": (event.date_words, new.date_words),
        "place": (event.place, new.place),
    }
    return next((field for field, (is_, wanted) in pairs.items() if is_ != wanted), "")


def _survivor(event: Event) -> Event:
    while event.merged_into is not None:
        event = event.merged_into
    return event


def known(project: Project, uuid: UUID, field: str) -> Event:
    event = Event.objects.filter(project=project, uuid=uuid).select_related("merged_into").first()
    if event is None:
        raise Refused(field, "exists", "there is no such event in this project")
    return _survivor(event)


def chosen(*, by: User | None, project: Project, choice: EventChoice, field: str) -> Event:
    if choice.new_event is not None:
        return make(by=by, project=project, new=choice.new_event, field=f"{field}.new_event")
    assert choice.event is not None  # noqa: S101  an EventChoice holds one of the two
    return known(project, choice.event, f"{field}.event")


def add_participant(
    *, by: User | None, event: Event, actor: Actor, role: str, mention: ActorMention | None = None
) -> EventParticipant:
    """Adding the same part twice is adding it once."""
    with acting(by):
        participant, _ = EventParticipant.objects.get_or_create(
            event=event,
            actor=actor,
            role=role,
            defaults={"project_id": event.project_id, "mention": mention},
        )
    return participant
