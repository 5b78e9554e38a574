"""What can only be said once all documents are in: who took part in events, relations, records, reprints.

An event or actor is completed as long as nobody here has changed it: one at its first version, so that a
second import finishes what a first one left, and takes nothing back that somebody decided.
"""

from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager

from annotator.actions import actor_records, event_slots, events, identities, participants, relations
from annotator.exchange.importers.bundle import ActorEntry, Bundle, Document, EventEntry, RelationEntry
from annotator.intents.actor_record import parse_record, parse_resolution
from annotator.intents.event import Participant, parse_participants, parse_slots
from annotator.intents.refusal import Refused
from annotator.intents.relation import RelateClaims, parse_relation
from annotator.models import Actor, ActorMention, ActorResolution, ClaimRelation, Event
from sources.actions import mark_reprint
from sources.models import Project, Snapshot, User, acting

from .left_open import actors_open, events_open, relations_said
from .people import People
from .placing import settled
from .report import Report
from .taken_back import TakenBack
from .telling import held, refusals_told

RECORD = ("name", "kind", "naming", "affiliation", "stated_reason", "number")


def complete(
    *,
    by: User,
    project: Project,
    bundle: Bundle,
    people: People,
    texts: dict[str, Snapshot],
    taken_back: TakenBack,
    report: Report,
    require: Callable[[], None],
) -> None:
    """One transaction a thing, `require` first. `texts` are the stored texts by the key of their document."""

    @contextmanager
    def one() -> Iterator[None]:
        with acting(by):
            require()
            yield

    completing = _Completing(by, project, people, texts, report)
    for document in bundle.documents:
        if document.prints and {document.key, document.prints} <= set(texts):
            with one():
                completing.reprint(document)
    events_here = [(uuid, event) for uuid, event in people.events.items() if people.here(uuid)]
    still = events_open(project, events_here)
    for uuid, event in events_here:
        if uuid in still:
            with one():
                completing.event(uuid, event)
    actors_here = [(uuid, actor) for uuid, actor in people.actors.items() if people.here(uuid)]
    still = actors_open(project, actors_here)
    for uuid, actor in actors_here:
        if uuid in still:
            with one():
                completing.actor(uuid, actor)
    said = relations_said(project, (people.name(str(one.uuid)) for one in bundle.relations))
    for relation in bundle.relations:
        uuid, what = people.name(str(relation.uuid)), f"relation {relation.uuid}"
        if completing.asks_for(uuid, relation, said):
            continue
        if not taken_back.told(ClaimRelation, relation.at, uuid, what):
            with one(), refusals_told(report, relation.at, what):
                report.counts["relations"] += completing.relation(uuid, relation)
    report.counts["actors"] += sum(uuid in people.actors for uuid in people.made)
    report.counts["events"] += sum(uuid in people.events for uuid in people.made)


class _Completing:
    def __init__(
        self, by: User, project: Project, people: People, texts: dict[str, Snapshot], report: Report
    ) -> None:
        self.by, self.project, self.people, self.texts, self.report = by, project, people, texts, report

    def reprint(self, document: Document) -> None:
        article, of = self.texts[document.key].article, self.texts[document.prints].article
        article.refresh_from_db(fields=["reprint_of"])
        if article.pk != of.pk and article.reprint_of_id is None:
            with refusals_told(self.report, document.at, f"what {document.name} reprints"), held():
                mark_reprint(by=self.by, article=article, original=of)

    def asks_for(self, uuid: str, entry: RelationEntry, said: Set[RelateClaims]) -> bool:
        """Whether it is one of these."""
        try:
            return self._relation(uuid, entry) in said
        except Refused:
            return False

    def _relation(self, uuid: str, entry: RelationEntry) -> RelateClaims:
        return parse_relation(uuid, settled(entry.body, None, self.people.name, []))

    def relation(self, uuid: str, entry: RelationEntry) -> bool:
        """Whether it is new."""
        with held():
            intent = self._relation(uuid, entry)
            return relations.state(by=self.by, project=self.project, intent=intent)[1]

    def event(self, uuid: str, entry: EventEntry) -> None:
        event = Event.objects.get(project=self.project, uuid=uuid)
        if event.version > 1 or event.merged_into_id is not None:
            return
        what = f"event “{event.label}”"
        for body in entry.participants:
            with (
                refusals_told(self.report, entry.at, f"participant of {what}"),
                self.people.trying(),
                held(),
            ):
                self._participant(event, settled(body, None, self.people.name, []))
        for key, slots in entry.slots.items():
            text = self.people.texts.get(key)
            if text is not None:
                with refusals_told(self.report, entry.at, f"words of {what}"), held():
                    read = parse_slots(settled(slots, text.ground, self.people.name, []), "slots")
                    event_slots.write(
                        by=self.by, event=event, snapshot=text.snapshot, slots=read, field="slots"
                    )

    def _participant(self, event: Event, body: object) -> None:
        self.people.needed(body)
        (one,) = parse_participants([body], "participants")
        assert one.who.actor is not None  # noqa: S101  bundles describe their actors apart
        if participants.in_part(event, one.who.actor, one.role, one.part).exists():
            return
        found = Actor.objects.filter(project=self.project, uuid=one.who.actor)
        actor = found.select_related("survivor").first()
        if actor is None:
            raise Refused("actor", "exists", "there is no such actor in this project")
        events.add_participant(
            by=self.by,
            event=event,
            actor=actor.survivor,
            role=one.role,
            part=one.part,
            basis=one.basis,
            mention=self._mention(actor, one),
        )

    def _mention(self, actor: Actor, one: Participant) -> ActorMention | None:
        if one.mention is None:
            return None
        mentions = ActorMention.objects.filter(annotation__uuid=one.mention, project=self.project)
        mention = mentions.filter(actor__survivor=actor.survivor_id).first()
        if mention is None:
            raise Refused("mention", "exists", "is not a mention of that actor here")
        return mention

    def actor(self, uuid: str, entry: ActorEntry) -> None:
        actor = Actor.objects.select_related("kind", "survivor").get(project=self.project, uuid=uuid)
        what = f"what is known of “{actor.name}”"
        if entry.record and actor.version == 1 and actor.merged_into_id is None:
            with refusals_told(self.report, entry.at, what), self.people.trying(), held():
                body = settled(entry.record, None, self.people.name, [])
                self.people.needed(body)
                own = {name: getattr(actor, name) for name in RECORD}
                record = parse_record({**own, "kind": actor.kind.key, **body, "version": actor.version})
                actor_records.correct(by=self.by, actor=actor, record=record)
        if entry.resolved is not None:
            with refusals_told(self.report, entry.at, f"who “{actor.name}” is"), held():
                self._resolve(actor, settled(entry.resolved, None, self.people.name, []))

    def _resolve(self, actor: Actor, body: dict[str, str]) -> None:
        """Unless somebody did, or undid, it here."""
        if ActorResolution.objects.filter(anonymous=actor).exists():
            return
        self.people.needed(body)
        identities.resolve(by=self.by, anonymous=actor, intent=parse_resolution(body))
