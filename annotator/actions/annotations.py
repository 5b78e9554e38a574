"""Saving and removing annotations: the one door for the reading room, the API and imports."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from annotator.intents import fields
from annotator.intents.actor import names_new_outlets
from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.event_mention import EventChoice
from annotator.intents.refusal import Carried, InUse, Refused, Stale, Taken, Vanished, VersionNeeded
from annotator.models import (
    Actor,
    ActorMention,
    Annotation,
    AttributionSource,
    EventMention,
    EventParticipant,
    Kind,
    Origin,
    Party,
)
from annotator.queries.prepared import RecordsMadeOnce, named
from sources.actions.locks import hold_outlets, hold_texts_of, lock_outlets
from sources.models import Project, Snapshot, User, acting

from . import actors, anchors, claims, dates, event_additions, events, inside, quotations, words_said
from .gathering import insert
from .sameness import asks_for_what_is
from .told_whole import told_of

_TEXTS = RecordsMadeOnce(
    lambda project, uuids: Snapshot.objects.filter(project=project, uuid__in=named(uuids)).select_related(
        "project", "article"
    ),
    -1,
    [UUID(int=1)],
)
_LOCKED = RecordsMadeOnce(
    lambda uuids: (
        Annotation.objects.select_for_update(of=("self",))
        .select_related("snapshot")
        .filter(uuid__in=named(uuids))
        .order_by("pk")
    ),
    [UUID(int=1)],
)


@dataclass(frozen=True)
class Saved:
    annotation: Annotation
    created: bool


def save(
    *,
    by: User | None,
    project: Project,
    intent: PlaceAnnotation,
    version: int | None = None,
    origin: str = Origin.HUMAN,
    origin_detail: str = "",
) -> Saved:
    """Make the annotation of that identifier be what `intent` says.

    Asking twice is asking once: what already is as `intent` says is answered as the first time. Changing
    needs the `version` that the change was based on; with one, nothing that was deleted since comes back.
    Raises Refused with all that speaks against it, Taken, VersionNeeded, Stale, Vanished, InUse, Carried.
    """
    snapshot = texts_called(project, [intent.snapshot]).get(intent.snapshot)
    if snapshot is None:
        raise Refused("snapshot", "exists", "there is no such text in this project")
    with told_of(snapshot, intent), acting(by):
        hold_what_it_stands_on(project, [snapshot], [intent])
        existing = locked([intent.span.uuid]).get(intent.span.uuid)
        return settle(
            by=by,
            snapshot=snapshot,
            existing=existing,
            intent=intent,
            version=version,
            origin=origin,
            origin_detail=origin_detail,
        )


def hold_what_it_stands_on(
    project: Project, snapshots: Iterable[Snapshot], intents: Sequence[PlaceAnnotation]
) -> None:
    """Before any row is locked: the outlets where one of the intents makes one, then the texts."""
    if names_new_outlets(intents):
        hold_outlets(project.pk)
        lock_outlets(project.pk)
    hold_texts_of(*{snapshot.article_id for snapshot in snapshots})


def texts_called(project: Project, uuids: Collection[UUID]) -> dict[UUID, Snapshot]:
    """The project's texts of those identifiers, with their articles. One query."""
    return {row.uuid: row for row in _TEXTS.all(project.pk, list(uuids))}


def settle(
    *,
    by: User | None,
    snapshot: Snapshot,
    existing: Annotation | None,
    intent: PlaceAnnotation,
    version: int | None = None,
    origin: str = Origin.HUMAN,
    origin_detail: str = "",
) -> Saved:
    """As `save` does it, in the caller's act, who holds the texts of the article and the annotation that
    exists. Raises what `save` raises."""
    project = snapshot.project
    intent = words_said.with_words_as_they_stand(dates.with_dates_read(intent), snapshot)
    intent = inside.with_own_links(intent, snapshot)
    if existing is None and version is not None:
        raise Vanished
    if existing is None:
        try:
            annotation = anchors.place(
                by=by,
                snapshot=snapshot,
                kind=intent.kind,
                span=intent.span,
                origin=origin,
                origin_detail=origin_detail,
            )
        except Taken:
            # Another request made it between our look and our insert: go on as with any that exists.
            existing = locked([intent.span.uuid]).get(intent.span.uuid)
        else:
            _write_owner(by, project, snapshot, annotation, intent, new=True)
            return Saved(annotation, created=True)
    return _change(by, project, snapshot, existing, intent, version)


def locked(uuids: Collection[UUID]) -> dict[UUID, Annotation]:
    """The annotations of those identifiers, whoever's they are, locked in one order. One query."""
    return {row.uuid: row for row in _LOCKED.all(list(uuids))}


def _change(
    by: User | None,
    project: Project,
    snapshot: Snapshot,
    existing: Annotation | None,
    intent: PlaceAnnotation,
    version: int | None,
) -> Saved:
    if existing is None or existing.project_id != project.pk:
        raise Taken
    now = existing.snapshot
    if (
        now.article_id == snapshot.article_id
        and now.number > snapshot.number
        and existing.kind == intent.kind
    ):
        raise Carried(existing, now.number)
    if existing.snapshot_id != snapshot.pk or existing.kind != intent.kind:
        raise Refused("kind", "immutable", "an annotation keeps its text and its kind")
    anchors.checked(snapshot, intent.span.extent, intent.span.quotes, "")
    # Asked whatever the version: a form saved unchanged must not take back what reviewers decided.
    if asks_for_what_is(existing, intent):
        return Saved(existing, created=False)
    if version is None:
        raise VersionNeeded
    if version != existing.version:
        raise Stale(existing)
    anchors.touch(annotation=existing, span=intent.span)
    _write_owner(by, project, snapshot, existing, intent, new=False)
    return Saved(existing, created=False)


def _write_owner(
    by: User | None,
    project: Project,
    snapshot: Snapshot,
    annotation: Annotation,
    intent: PlaceAnnotation,
    *,
    new: bool,
) -> None:
    """`new`: the annotation was placed in this act, so there is nothing yet that could belong to it."""
    if intent.claim is not None:
        quotations.check(snapshot=snapshot, extent=intent.span.extent, content=intent.claim)
        claims.write(
            by=by, project=project, snapshot=snapshot, annotation=annotation, content=intent.claim, new=new
        )
    elif intent.actor is not None:
        actor = actors.chosen(by=by, project=project, snapshot=snapshot, choice=intent.actor, field="actor")
        if new:
            insert(ActorMention(annotation=annotation, project=project, actor=actor))
        else:
            _change_mention(annotation, actor)
    elif intent.event is not None:
        _write_event_mention(by, project, snapshot, annotation, intent.event, new)


def _write_event_mention(
    by: User | None,
    project: Project,
    snapshot: Snapshot,
    annotation: Annotation,
    choice: EventChoice,
    new: bool,
) -> None:
    words = choice.factuality_words
    if words and words not in fields.one_line(snapshot.text):
        raise Refused("event.factuality_words", "in_the_text", "do not stand in this text")
    event = events.chosen(by=by, project=project, choice=choice, field="event", snapshot=snapshot)
    if choice.adds is not None:
        event_additions.add(by=by, event=event, snapshot=snapshot, adds=choice.adds, field="event.adds")
    if choice.takes_back is not None:
        event_additions.take_back(
            by=by, event=event, snapshot=snapshot, back=choice.takes_back, field="event.takes_back"
        )
    told = {"factuality": choice.factuality, "factuality_words": words}
    if new:
        insert(EventMention(annotation=annotation, project=project, event=event, **told))
        return
    mention = EventMention.objects.select_related("event").get(pk=annotation.pk)
    # An event that was merged into the one asked for keeps its mention.
    keeps = mention.event.survivor_key == event.pk
    EventMention.objects.filter(pk=annotation.pk).update(event=mention.event if keeps else event, **told)


def _change_mention(annotation: Annotation, actor: Actor) -> None:
    mention = ActorMention.objects.select_related("actor").get(pk=annotation.pk)
    if mention.actor.survivor_id != actor.pk:
        _free(mention)
        mention.actor = actor
        mention.save(update_fields=["actor"])


def _free(mention: ActorMention) -> None:
    """Withdrawn claims let the mention go and keep their speaker.

    Raises InUse when a claim that stands, or an event, names it.
    """
    naming = AttributionSource.objects.filter(mention=mention)
    parties = Party.objects.filter(mention=mention)
    # Locked, so that none of them is brought back between the look and the change.
    owners = Annotation.objects.filter(
        Q(pk__in=naming.values("attribution__claim"))
        | Q(pk__in=parties.values("attribution__claim"))
        | Q(pk__in=parties.values("claim"))
    )
    owners = owners.select_for_update(of=("self",)).select_related("claim").order_by("pk")
    withdrawn, standing = [], 0
    for owner in owners:
        if owner.claim.withdrawn_at is None:
            standing += 1
        else:
            withdrawn.append(owner)
    if standing:
        said = "claims name" if standing > 1 else "claim names"
        raise InUse(
            f"{standing} {said} this mention as the speaker, who was spoken to or whom it is directed at"
        )
    if EventParticipant.objects.filter(mention=mention).exists():
        raise InUse("an event names this mention as a participant")
    if withdrawn:
        naming.update(mention=None)
        parties.update(mention=None)
        for owner in withdrawn:
            anchors.touch(annotation=owner)


def remove(*, by: User | None, project: Project, uuid: UUID | str, version: int | None) -> None:
    """Withdraw a claim; delete any other annotation that nothing else stands on.

    Withdrawing what is withdrawn does nothing, whatever the version: it was the answer that got lost.
    Raises Annotation.DoesNotExist, VersionNeeded, Stale, InUse, Refused.
    """
    with acting(by):
        annotation = Annotation.objects.select_for_update().get(project=project, uuid=uuid)
        if version is None:
            raise VersionNeeded
        if annotation.kind == Kind.CLAIM and annotation.claim.withdrawn_at is not None:
            return
        if version != annotation.version:
            raise Stale(annotation)
        if annotation.kind == Kind.CLAIM:
            claims.withdraw(by=by, claim=annotation.claim)
        elif annotation.kind == Kind.ACTOR:
            _free(annotation.mention)
            ActorMention.objects.filter(pk=annotation.pk).delete()
            anchors.erase(annotation)
        elif annotation.kind == Kind.EVENT:
            EventMention.objects.filter(pk=annotation.pk).delete()
            anchors.erase(annotation)
        else:
            raise Refused("kind", "owned", "belongs to a claim, an actor or an event: change it there")
