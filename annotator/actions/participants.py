"""Who took part in an event, written as a whole."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

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
    """Make exactly `wanted` take part, but for those whom an event keeps that was merged into this one.

    `snapshot` is the text at hand, needed for actors that are new.
    """
    present = _present(event)
    known_to_it = {actor for actor, _, _ in present}
    named: dict[Key, tuple[Actor, Participant, ActorMention | None]] = {}
    for i, one in enumerate(wanted):
        at = f"{field}participants.{i}"
        actor = _who(by, event, snapshot, one, known_to_it, at)
        named.setdefault(
            (actor.survivor_id or actor.pk, one.role, one.part), (actor, one, _mention(event, actor, one, at))
        )
    left = [[row for row in present[key] if row.event_id == event.pk] for key in present if key not in named]
    for key, (actor, one, mention) in named.items():
        rows = present.get(key, [])
        if rows and (rows[0].basis, rows[0].mention_id) == (one.basis, mention and mention.pk):
            continue
        own = [row for row in rows if row.event_id == event.pk]
        # Somebody's other role: their rows, also those of one who was merged into them, stay themselves.
        for others in left if not rows else ():
            if not own and others and others[0].actor.survivor_id == actor.survivor_id:
                own, others[:] = others[:], []
        if own:
            _say(own, one, mention)
        else:
            add(event=event, actor=actor, wanted=one, mention=mention)
    EventParticipant.objects.filter(pk__in=[row.pk for rows in left for row in rows]).delete()


def in_part(event: Event, who: UUID | None, role: str, part: str) -> QuerySet[EventParticipant]:
    """Rows that say that somebody takes this part, also of an event or actor merged with this one."""
    meant = Actor.objects.filter(family__uuid__in=[who] if who else []).values("pk")
    rows = EventParticipant.objects.select_related("event", "mention__annotation")
    return rows.filter(
        event__survivor_key=event.survivor_key, actor__survivor__in=meant, role=role, part=part
    )


def _present(event: Event) -> dict[Key, list[EventParticipant]]:
    """By part, the rows of the event and its family; the one that is shown comes first."""
    found: dict[Key, list[EventParticipant]] = defaultdict(list)
    rows = EventParticipant.objects.filter(event__survivor_key=event.pk).select_related("actor")
    for row in sorted(rows, key=lambda row: (row.event_id != event.pk, row.pk)):
        found[row.actor.survivor_id, row.role, row.part].append(row)
    return dict(found)


def _say(rows: list[EventParticipant], wanted: Participant, mention: ActorMention | None) -> None:
    """The basis and the words are said of the row of whom the words mean, or else of the first."""
    meant = next((row for row in rows if mention and row.actor_id == mention.actor_id), rows[0])
    meant.basis, meant.mention = wanted.basis, mention
    meant.actor = mention.actor if mention else meant.actor
    for row in rows:
        row.role, row.part = wanted.role, wanted.part
        row.save(update_fields=["role", "part", "basis", "mention", "actor"])


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
    """Whether others take part than `wanted`, or otherwise; a new actor must be stored as it is asked for.

    Whom only a merged event keeps need not be asked for: it takes part whatever is said.
    """
    asked_for = {uuid for one in wanted if (uuid := actors.named_in(one.who))}
    into: dict[UUID | None, int] = dict(
        Actor.objects.filter(uuid__in=asked_for).values_list("uuid", "survivor_id")
    )
    asked = {(into.get(actors.named_in(one.who), 0), one.role, one.part): one for one in wanted}
    present = _present(event)
    if {key for key, rows in present.items() if rows[0].event_id == event.pk} - set(asked):
        return True
    told = ActorMention.objects.filter(annotation__uuid__in=[one.mention for one in wanted if one.mention])
    mentions: dict[UUID | None, int] = dict(told.values_list("annotation__uuid", "pk"))
    for key, one in asked.items():
        said = one.basis, mentions.get(one.mention, 0) if one.mention else None
        # Words that mean one who was merged may stand with a row that is not the one shown.
        rows = present.get(key, [])[: None if one.mention else 1]
        if said not in {(row.basis, row.mention_id) for row in rows}:
            return True
    new = {one.who.new_actor.uuid: one.who.new_actor for one in wanted if one.who.new_actor}
    made = Actor.objects.filter(uuid__in=new).select_related("kind") if new else ()
    return any(actors.differs_in(actor, new[actor.uuid]) for actor in made)
