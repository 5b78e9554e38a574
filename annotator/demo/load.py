"""Writes the demo project through the same intents and actions as the web and the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from annotator.actions import actors, annotations, codebook, codes, event_slots, events, relations, reviews
from annotator.actions.projects import open_project
from annotator.intents.actor import ActorChoice, parse_new_actor
from annotator.intents.annotation import parse_annotation
from annotator.intents.codebook import parse_edit
from annotator.intents.event import Slots, parse_new_event
from annotator.intents.review import parse_decision
from annotator.intents.span import parse_span
from annotator.models import Actor, ActorMention, Claim, Code, Event, Facet
from sources.actions import RawFile, mark_reprint, set_member
from sources.actions.imports import Incoming, import_articles
from sources.intake.registry import read
from sources.models import Article, Project, Snapshot, User

from .bodies import ArticleBodies, Body, article_bodies, identifier
from .entries import ActorEntry, ArticleEntry, DemoFiles, EventEntry, PersonEntry
from .identities import load_identities
from .reader import read_demo
from .references import check_references

ARTICLES = Path(__file__).parent / "articles"


class DemoExists(Exception):
    """There is a project under the demo's address already; nothing was touched."""


@dataclass(frozen=True, slots=True)
class Loaded:
    project: Project
    articles: int
    claims: int
    actors: int
    events: int
    relations: int


def load_demo(*, by: User) -> Loaded:
    """The whole demo project or nothing of it; `by` becomes its manager.

    Raises DemoExists, and EntryRefused for a file that was edited into something it cannot be.
    """
    files = read_demo()
    check_references(files)
    if Project.objects.filter(slug=files.project.slug).exists():
        raise DemoExists(f"There is a project “{files.project.slug}” already; it was left as it is.")
    with transaction.atomic():
        return _Loading(files, by).run()


class _Loading:
    def __init__(self, files: DemoFiles, by: User) -> None:
        self.files, self.by = files, by
        about = files.project
        self.project = open_project(by=by, name=about.name, slug=about.slug, description=about.description)
        self.people: Mapping[str, User] = {person.key: self._colleague(person) for person in files.people}
        self.names = {actor.key: actor.name for actor in files.actors}
        self.actors: dict[str, Actor] = {}
        self.events: dict[str, Event] = {}
        self.articles: dict[str, Article] = {}

    def run(self) -> Loaded:
        self._add_codes()
        snapshots = self._import()
        bodies = {
            entry.name: article_bodies(entry, snapshots[entry.name].text, snapshots[entry.name].uuid)
            for entry in self.files.articles
        }
        for actor in self.files.actors:
            self._add_actor(actor, snapshots, bodies)
        for event in self.files.events:
            self._add_event(event, bodies)
        for entry in self.files.articles:
            if entry is self.files.articles[-1]:
                self._edit_codes()
            self._annotate(bodies[entry.name])
            self._review(entry)
        for event in self.files.events:
            self._complete_event(event, snapshots, bodies)
        self._relate()
        load_identities(self.files, self.project, self.people, self.actors, self.events)
        return Loaded(
            project=self.project,
            articles=len(self.articles),
            claims=Claim.objects.filter(project=self.project).count(),
            actors=len(self.actors),
            events=len(self.events),
            relations=len(self.files.relations),
        )

    def _colleague(self, person: PersonEntry) -> User:
        """An invented member who can never sign in."""
        user, made = User.objects.get_or_create(
            username=f"demo-{person.key}", defaults={"name": person.name, "email": person.email}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        set_member(by=self.by, project=self.project, user=user, role=person.role)
        return user

    def _add_codes(self) -> None:
        for facet, entries in ((Facet.TOPIC, self.files.topics), (Facet.CONCEPT, self.files.concepts)):
            told = [(entry.key, entry.name, entry.definition) for entry in entries]
            codebook.add_codes(by=self.by, project=self.project, facet=facet, codes=told)

    def _edit_codes(self) -> None:
        """The claims of the articles before keep the version of the codebook they were judged under."""
        for entry in self.files.edits:
            code = Code.objects.get(project=self.project, facet=entry.facet, key=entry.key)
            said = {
                "name": entry.name or code.name,
                "definition": entry.definition or code.definition,
                "examples": "\n".join(entry.examples),
                "colour": entry.colour,
                "shortcut": entry.shortcut,
            }
            intent = parse_edit({**said, "version": code.version}, entry.facet)
            codes.edit(by=self.by, project=self.project, uuid=code.uuid, intent=intent)

    def _import(self) -> dict[str, Snapshot]:
        """All at once, as locks are taken in one order within a transaction."""
        paths = [ARTICLES / f"{entry.name}.txt" for entry in self.files.articles]
        raws = [RawFile(raw=path.read_bytes(), file_name=path.name) for path in paths]
        incoming = [Incoming(read(one.raw, one.file_name), one) for one in raws]
        imported = import_articles(by=self.by, project=self.project, incoming=incoming)
        stored = dict(zip((entry.name for entry in self.files.articles), imported, strict=True))
        for entry in self.files.articles:
            article = stored[entry.name].article
            if entry.reprint_of and article.reprint_of_id is None:
                original = self.articles[entry.reprint_of]
                article = mark_reprint(by=self.by, article=article, original=original)
            self.articles[entry.name] = article
        return {name: one.snapshot for name, one in stored.items()}

    def _add_actor(
        self, entry: ActorEntry, snapshots: Mapping[str, Snapshot], bodies: Mapping[str, ArticleBodies]
    ) -> None:
        new: Body = {
            "uuid": str(identifier("actor", entry.key)),
            "name": entry.name,
            "kind": entry.kind,
            "naming": entry.naming,
            "affiliation": self.names[entry.affiliation] if entry.affiliation else "",
            "aliases": list(entry.aliases),
        }
        if not entry.article:
            actor = actors.make(
                by=self.by, project=self.project, new=parse_new_actor(new, "actor"), article=None
            )
        else:
            reason = bodies[entry.article].reasons.get(entry.key)
            if reason:
                new |= {"stated_reason": reason["quotes"][0], "reason_span": reason}
            actor = actors.chosen(
                by=self.by,
                project=self.project,
                snapshot=snapshots[entry.article],
                choice=ActorChoice(new_actor=parse_new_actor(new, "actor")),
                field="actor",
            )
        self.actors[entry.key] = actor

    def _add_event(self, entry: EventEntry, bodies: Mapping[str, ArticleBodies]) -> None:
        """The date's words are those of the first article that gives any."""
        times = [
            found["date"] for body in bodies.values() if "date" in (found := body.slots.get(entry.key, {}))
        ]
        new: Body = {
            "uuid": str(identifier("event", entry.key)),
            "label": entry.label,
            "type": entry.type,
            "date": entry.date,
            "date_words": times[0]["quotes"][0] if times else "",
            "place": entry.place,
            "note": entry.note,
        }
        event = events.make(by=self.by, project=self.project, new=parse_new_event(new, "event"))
        self.events[entry.key] = event

    def _complete_event(
        self, entry: EventEntry, snapshots: Mapping[str, Snapshot], bodies: Mapping[str, ArticleBodies]
    ) -> None:
        """Who took part, each with the first mention that says so; the words of each article's slots."""
        event = self.events[entry.key]
        named: dict[str, str] = {}
        for body in bodies.values():
            for (key, actor), uuid in body.parts.items():
                if key == entry.key:
                    named.setdefault(actor, uuid)
        for part in entry.participants:
            mention = named.get(part.actor)
            events.add_participant(
                by=self.people["ines"],
                event=event,
                actor=self.actors[part.actor],
                role=part.role,
                part=part.part,
                basis=part.basis,
                mention=ActorMention.objects.get(annotation__uuid=mention) if mention else None,
            )
        for article, body in bodies.items():
            if slots := body.slots.get(entry.key):
                spans = {slot: parse_span(span, slot) for slot, span in slots.items()}
                event_slots.write(
                    by=self.people["ines"],
                    event=event,
                    snapshot=snapshots[article],
                    slots=Slots(**spans),
                    field="slots",
                )

    def _annotate(self, bodies: ArticleBodies) -> None:
        for uuid, author, body in bodies.placed:
            annotations.save(
                by=self.people[author], project=self.project, intent=parse_annotation(uuid, body)
            )

    def _review(self, entry: ArticleEntry) -> None:
        for claim in entry.claims:
            for review in claim.reviews:
                reviews.decide(
                    by=self.people[review.by],
                    claim=self._claim(f"{entry.name}/{claim.key}"),
                    intent=parse_decision({"decision": review.decision, "reason": review.reason}),
                )

    def _relate(self) -> None:
        for entry in self.files.relations:
            relations.relate(
                by=self.people[entry.by],
                claim=self._claim(entry.claim),
                other=self._claim(entry.other),
                kind=entry.kind,
                note=entry.note,
                basis=entry.basis,
                uuid=identifier("relation", entry.claim, entry.kind, entry.other),
            )

    def _claim(self, key: str) -> Claim:
        return Claim.objects.get(project=self.project, uuid=identifier("claim", *key.split("/")))
