"""Who took part in an event, written as a whole."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from annotator.intents.event import Participant
from annotator.intents.refusal import Refused
from annotator.models import Actor, ActorMention, Event, EventParticipant
from sources.models import Snapshot, User

from . import actors

Key = tuple[int, str, str]


def write(
    *,
    by: User | None,
    event: Event,
    snapshot: Snapshot | None,
    wanted: Sequence[Participant],
    field: str,
) -> None:
    """Make exactly `wanted` take part, in the event or in one that was merged into it.

    `snapshot` is the text at hand, needed for actors that are new.
    """
    present: dict[Key, list[EventParticipant]] = defaultdict(list)
    rows_now = EventParticipant.objects.filter(event__survivor_key=event.pk).select_related("actor")
    for row in rows_now.order_by("pk"):
        present[row.actor.survivor_id, row.role, row.part].append(row)
    known_to_it = {actor for actor, _, _ in present}
    for i, one in enumerate(wanted):
        at = f"{field}participants.{i}"
        actor = _who(by, event, snapshot, one, known_to_it, at)
        rows = present.pop((actor.pk, one.role, one.part), [])
        mention = _mention(event, actor, one, at)
        if not rows:
            add(event=event, actor=actor, wanted=one, mention=mention)
        elif (rows[0].basis, rows[0].mention_id) != (one.basis, mention and mention.pk):
            rows[0].basis, rows[0].mention = one.basis, mention
            rows[0].actor = mention.actor if mention else rows[0].actor
            rows[0].save(update_fields=["basis", "mention", "actor"])
    left = [row.pk for rows in present.values() for row in rows]
    EventParticipant.objects.filter(pk__in=left).delete()


def write_more(
    *, by: User | None, event: Event, snapshot: Snapshot, wanted: Sequence[Participant], field: str
) -> None:
    """Let `wanted` take part as well; who does so already in that role and part stays as is."""
    rows = EventParticipant.objects.filter(event__survivor_key=event.survivor_key).select_related("actor")
    present = {(row.actor.survivor_id, row.role, row.part) for row in rows}
    known_to_it = {actor for actor, _, _ in present}
    for i, one in enumerate(wanted):
        at = f"{field}participants.{i}"
        actor = _who(by, event, snapshot, one, known_to_it, at)
        mention = _mention(event, actor, one, at)
        if (actor.survivor_id, one.role, one.part) not in present:
            add(event=event, actor=actor, wanted=one, mention=mention)


def add(*, event: Event, actor: Actor, wanted: Participant, mention: ActorMention | None) -> EventParticipant:
    """Those who were merged with each other take one part; whom the words of the mention mean is kept."""
    same = EventParticipant.objects.filter(
        event=event, role=wanted.role, part=wanted.part, actor__survivor=actor.survivor_id
    )
    if (row := same.order_by("pk").first()) is not None:
        return row
    meant = mention.actor if mention and mention.actor.survivor_id == actor.survivor_id else actor
    row, _ = EventParticipant.objects.get_or_create(
        event=event,
        actor=meant,
        role=wanted.role,
        part=wanted.part,
        defaults={"project_id": event.project_id, "basis": wanted.basis, "mention": mention},
    )
    return row


def _who(
    by: User | None,
    event: Event,
    snapshot: Snapshot | None,
    wanted: Participant,
    known_to_it: set[int],
    at: str,
) -> Actor:
    """An anonymous actor of another text takes part only if it already does."""
    if wanted.who.actor is not None:
        actor = actors.known(event.project, wanted.who.actor, f"{at}.actor")
        elsewhere = snapshot is None or actor.article_id != snapshot.article_id
        if actor.article_id is not None and elsewhere and actor.pk not in known_to_it:
            raise Refused(f"{at}.actor", "anonymous_within_article", "is anonymous in another article")
        return actor
    if snapshot is None:
        raise Refused(f"{at}.new_actor", "needs_text", "can only be made while a text is annotated")
    return actors.chosen(by=by, project=event.project, snapshot=snapshot, choice=wanted.who, field=at)


def _mention(event: Event, actor: Actor, wanted: Participant, at: str) -> ActorMention | None:
    if wanted.mention is None:
        return None
    mentions = ActorMention.objects.filter(annotation__uuid=wanted.mention, project=event.project_id)
    mention = mentions.select_related("actor").first()
    if mention is None:
        raise Refused(f"{at}.mention", "exists", "is not a mention of an actor in this project")
    if mention.actor.survivor_id != actor.survivor_id:
        raise Refused(f"{at}.mention", "mention_of_actor", "is a mention of somebody else")
    return mention


def differ(event: Event, wanted: Sequence[Participant]) -> bool:
    """Whether others take part than `wanted`, or otherwise; a new actor must be stored as it is asked for."""
    rows = EventParticipant.objects.filter(event__survivor_key=event.pk).order_by("-pk")
    fields = ("actor__survivor__uuid", "role", "part", "basis", "mention__annotation__uuid")
    asked_for = {uuid for one in wanted if (uuid := actors.named_in(one.who))}
    into: dict[UUID | None, UUID | None] = dict(
        Actor.objects.filter(uuid__in=asked_for).values_list("uuid", "survivor__uuid")
    )
    stored: set[Any] = set({row[:3]: row for row in rows.values_list(*fields)}.values())
    asked = {
        (
            into.get(uuid := actors.named_in(one.who), uuid),
            one.role,
            one.part,
            one.basis,
            one.mention,
        )
        for one in wanted
    }
    if stored != asked:
        return True
    new = {one.who.new_actor.uuid: one.who.new_actor for one in wanted if one.who.new_actor}
    made = Actor.objects.filter(uuid__in=new).select_related("kind") if new else ()
    return any(actors.differs_in(actor, new[actor.uuid]) for actor in made)
