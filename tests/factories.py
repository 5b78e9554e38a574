"""A small world, made as users make it: through the actions, so that every row in it is a true one.

Two projects alike (`World.here`, `World.there`), each a `Side`: two articles about one closed bridge, claims
with a chain, mentions, an event, a relation, a review.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.db.models.functions import Now

from annotator.actions import (
    actor_records,
    annotations,
    code_merges,
    codes,
    discussions,
    event_merges,
    events,
    identities,
    projects,
    relations,
    reviews,
    saved_searches,
    watch_terms,
)
from annotator.intents.actor_record import CompareActors, MergeActors, ResolveSpeaker, parse_record
from annotator.intents.annotation import parse_annotation
from annotator.intents.codebook import parse_new_code
from annotator.intents.discussion import parse_comment
from annotator.intents.event import EventContent, NewEvent
from annotator.intents.event_merge import CompareEvents, MergeEvents
from annotator.intents.review import DecideClaim
from annotator.intents.saved_search import SaveSearch
from annotator.intents.watch_term import parse_adding
from annotator.models import (
    Actor,
    ActorMention,
    ActorMerge,
    Annotation,
    Attribution,
    AttributionSource,
    Batch,
    BatchRow,
    Carrying,
    Claim,
    ClaimRelation,
    Code,
    Comment,
    Event,
    EventMention,
    EventMerge,
    EventParticipant,
    Party,
    Release,
    Review,
    SavedSearch,
    SupportingSpan,
    WatchTerm,
)
from sources.actions import RawFile, accept_invitation, import_article, invite
from sources.actions.column_mappings import remember
from sources.intake.columns import Columns
from sources.intake.plain import read_plain
from sources.models import Intake, IntakeItem, Invitation, Project, Role, Snapshot, User
from sources.text.offsets import Extent

BRIDGE = """Velm bridge closed after crack is found 🌉

By Tamar Oduya

The bridge at Velm stays shut for nine days, the harbour office said. “We found a crack,” its director Ilse Brandt told the agency Nordpost.

An engineer who asked not to be named because the inquiry is open said the crack was known in spring. Eighteen lorries turned back 👩🏽‍🔧.

The Cafe\u0301 Zum Kai denies that anyone was warned. قال المدير إن الجسر آمن.
"""  # noqa: E501

FERRY = """Ferries to run all night while Velm bridge is shut

Two ferries will carry lorries until the bridge opens again, the harbour office said on Friday.

Nobody knew of a crack before June, Ilse Brandt said.
"""

DISPUTED = DecideClaim("disputed", "another article contradicts it")


@dataclass(frozen=True)
class Side:
    """One project and what is in it. `claim` has two links, a cue and a role; `lone` has nothing.

    Of the topics one lies under `topic`, and `gone_topic` was merged into `spare_topic`.
    """

    project: Project
    article: Any
    second_article: Any
    snapshot: Snapshot
    second_snapshot: Snapshot
    topic: Code
    spare_topic: Code
    under_topic: Code
    gone_topic: Code
    concept: Code
    actor: Actor
    office: Actor
    anonymous: Actor
    mention: ActorMention
    event: Event
    event_mention: EventMention
    participant: EventParticipant
    claim: Claim
    lone: Claim
    second_claim: Claim
    attribution: Attribution
    source: AttributionSource
    cue: SupportingSpan
    party: Party
    event_merge: EventMerge
    relation: ClaimRelation
    review: Review
    release: Release
    watch_term: WatchTerm
    saved_search: SavedSearch
    batch: Batch
    comment: Comment
    intake: Intake
    invitation: Invitation


@dataclass(frozen=True)
class World:
    manager: User
    reviewer: User
    stranger: User
    here: Side
    there: Side


def person(username: str) -> User:
    return User.objects.create_user(username=username, name=username.title())


def stored(by: User, project: Project, text: str, outlet: str = "The Velm Courier") -> Snapshot:
    """The text of an article, imported as a file is."""
    head = f"Outlet: {outlet}\n\n"
    read = read_plain((head + text).encode(), "velm.txt")
    return import_article(by=by, project=project, read=read, raw=RawFile(text.encode())).snapshot


def words(snapshot: Snapshot, *stretches: str) -> dict[str, Any]:
    """The extent and quotes of words as they first stand in the text."""
    found = [(snapshot.text.index(s), snapshot.text.index(s) + len(s)) for s in stretches]
    extent = Extent(tuple(found))
    return {"extent": extent.to_json(), "quotes": list(extent.slices(snapshot.text))}


def span(snapshot: Snapshot, *stretches: str) -> dict[str, Any]:
    return {"uuid": str(uuid4()), **words(snapshot, *stretches)}


def annotate(by: User, snapshot: Snapshot, kind: str, *stretches: str, **owner: Any) -> Annotation:
    """`owner` is what stands under the key of `kind` in a PUT."""
    body = {"snapshot": snapshot.uuid, "kind": kind, **words(snapshot, *stretches), kind: owner}
    intent = parse_annotation(uuid4(), body)
    return annotations.save(by=by, project=snapshot.project, intent=intent).annotation


def new_actor(name: str, kind: str = "person", **more: Any) -> dict[str, Any]:
    return {"new_actor": {"uuid": str(uuid4()), "name": name, "kind": kind, **more}}


def claim(by: User, snapshot: Snapshot, *stretches: str, **more: Any) -> Claim:
    content = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **more}
    return annotate(by, snapshot, "claim", *stretches, **content).claim


def merged(by: User, survivor: Actor, *others: Actor) -> list[ActorMerge]:
    """The others, found to be the survivor."""
    everybody = Actor.objects.filter(pk__in=[survivor.pk, *(one.pk for one in others)])
    intent = MergeActors(
        survivor.uuid, tuple(one.uuid for one in others), "", dict(everybody.values_list("uuid", "version"))
    )
    return identities.merge(by=by, project=survivor.project, intent=intent)


def _chains(snapshot: Snapshot, mention: ActorMention, event: Event, heard: Actor) -> dict[str, Any]:
    actor = mention.actor
    said = {
        "role": "said",
        "sources": [
            {
                "actor": str(actor.uuid),
                "mention": str(mention.annotation.uuid),
                "role_at_time": "director",
                "role_span": span(snapshot, "its director"),
            }
        ],
        "cues": [span(snapshot, "told the agency")],
        "addressees": [{"actor": str(heard.uuid)}],
    }
    agency = new_actor("Nordpost", "organisation", aliases=["NP"])
    relayed = {"role": "relayed", "sources": [agency], "cues": []}
    return {
        "voice": "attributed",
        "targets": [{"actor": str(actor.uuid)}],
        "chains": [[said, relayed]],
        "time_span": span(snapshot, "nine days"),
        "positions": [{"concept": "bridge-safe", "stand": "against"}],
        "quantities": [
            {"what": "days shut", "low": 9, "unit": "days", "words": "nine days", "event": str(event.uuid)}
        ],
    }


def watched(by: User, project: Project) -> WatchTerm:
    (made,) = watch_terms.add(by=by, project=project, intent=parse_adding({"lines": "lorr*"})).made
    return made


def _codes(by: User, project: Project) -> dict[str, Code]:
    """Codes of its own, by their names in `Side`."""
    bodies = {
        "topic": {"facet": "topic", "name": "Bridge"},
        "spare_topic": {"facet": "topic", "name": "Ferry"},
        "under_topic": {"facet": "topic", "name": "Cracks", "parent": "bridge", "shortcut": "b"},
        "gone_topic": {"facet": "topic", "name": "Boats"},
        "concept": {"facet": "concept", "name": "The bridge is safe", "key": "bridge-safe"},
    }
    made = {
        name: codes.make(by=by, project=project, new=parse_new_code(body)) for name, body in bodies.items()
    }
    code_merges.merge(by=by, project=project, gone=made["gone_topic"].uuid, kept=made["spare_topic"].uuid)
    return made


def _identities(by: User, project: Project, office: Actor, actor: Actor, anonymous: Actor) -> None:
    """What a record holds; a merge and a resolution, both taken back; a likeness that somebody saw."""
    agency = Actor.objects.get(project=project, name="Nordpost")
    record = {
        **{"version": office.version, "name": office.name, "kind": office.kind.key, "naming": office.naming},
        "identifiers": [{"scheme": "VIAF", "value": "12"}],
        "belongings": [{"tie": "member_of", "organisation": str(agency.uuid), "since": "2019"}],
    }
    actor_records.correct(by=by, actor=office, record=parse_record(record))
    (merge,) = merged(by, office, agency)
    identities.undo_merge(by=by, merge=merge)
    found_out = ResolveSpeaker(actor.uuid, "She told me", "A letter")
    resolution = identities.resolve(by=by, anonymous=anonymous, intent=found_out)
    identities.undo_resolution(by=by, resolution=resolution)
    alike = CompareActors(office.uuid, agency.uuid, "perhaps")
    identities.compare(by=by, project=project, intent=alike)
    office.refresh_from_db()


def unmentioned(by: User, project: Project, label: str) -> Event:
    """An event that no text speaks of yet: shown nowhere."""
    return events.make(by=by, project=project, new=NewEvent(uuid4(), EventContent(label, "other")))


def _kept(by: User, project: Project) -> SavedSearch:
    intent = SaveSearch("Cracks", "q=crack", shared=True)
    return saved_searches.save(by=by, project=project, intent=intent)


def _act_on_many(by: User, claim: Claim) -> Batch:
    """Of which nothing is left to be seen in the claim."""
    project = claim.project
    batch = Batch.objects.create(project=project, deed="code", said=[["Type", "Fact"]], act="act", by=by)
    changed = {"version_before": 1, "version": 2, "first_change": 1, "last_change": 2}
    BatchRow.objects.create(project=project, batch=batch, claim=claim, **changed)
    return batch


def _later_on(by: User, claim: Claim, other: Claim) -> None:
    """A claim is told apart from another. Its article has another text since, on which nothing is marked, and
    it waits to come along."""
    relations.tell_apart(by=by, project=claim.project, one=claim.uuid, other=other.uuid)
    snapshot = claim.annotation.snapshot
    text = snapshot.text.replace("\n\n", "\n\nUpdated. ", 1)
    later = Snapshot.objects.create(
        project=claim.project,
        article=snapshot.article,
        number=2,
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
    )
    was = claim.annotation
    Carrying.objects.create(
        project=claim.project,
        annotation_key=was.pk,
        unit=was.pk,
        old_snapshot=snapshot,
        new_snapshot=later,
        extent=was.extent,
        quotes=was.quotes,
        version=was.version,
        found="orphaned",
        score=0,
        reason="X",
    )


def said(by: User, thing: Any, text: str, **more: Any) -> Comment:
    """A comment on a claim, an actor, an event or an article, in a discussion of its own unless told."""
    about = {"kind": thing._meta.model_name, "uuid": str(thing.uuid)}
    intent = parse_comment(uuid4(), more.get("discussion") or uuid4(), {"text": text, "about": about})
    return discussions.say(by=by, project=thing.project, intent=intent)[0]


def _taken_in(by: User, snapshot: Snapshot) -> Intake:
    """The report of an upload that brought the text; it is over."""
    project = snapshot.project
    intake = Intake.objects.create(project=project, by=by, method="upload", name="velm.txt", expected=1)
    told = {"notes": [], "missing": ["date", "address"], "read_off": {"outlet": "the header"}}
    IntakeItem.objects.create(
        project=project,
        intake=intake,
        position=0,
        name="velm.txt",
        outcome="new",
        article=snapshot.article,
        snapshot=snapshot,
        told=told,
    )
    remember(by=by, project=project, names=("Headline", "Body"), columns=Columns({"text": "Body"}))
    Intake.objects.filter(pk=intake.pk).update(state="done", started_at=Now(), finished_at=Now())
    intake.refresh_from_db()
    return intake


def _one_of_two(by: User, event: Event) -> EventMerge:
    """Two further events that are one; the second is not the first of all, which stays as it was."""
    same, other = (unmentioned(by, event.project, label) for label in ("Crack seen", "Crack mended"))
    comparison = CompareEvents(event.uuid, other.uuid, "different")
    event_merges.compare(by=by, project=event.project, intent=comparison)
    return event_merges.merge(by=by, project=event.project, intent=MergeEvents(other.uuid, same.uuid))


def _invited(by: User, project: Project, reviewer: User) -> Invitation:
    made = invite(by=by, project=project, role=Role.REVIEWER, uses_most=3)
    accept_invitation(by=reviewer, token=made.token)
    return made.invitation


def side(by: User, reviewer: User, slug: str) -> Side:
    """A project of `by`'s with everything in it that the store knows."""
    project = projects.open_project(by=by, name=slug.title(), slug=slug)
    coded_with = _codes(by, project)
    first, second = stored(by, project, BRIDGE), stored(by, project, FERRY, "Kai Radio")
    mention = annotate(by, first, "actor", "Ilse Brandt", **new_actor("Ilse Brandt", naming="named")).mention
    happened = annotate(
        by,
        first,
        "event",
        "crack is found",
        new_event={"uuid": str(uuid4()), "label": "Crack found", "type": "other", "date": "2024-05"},
    ).event_mention
    why = {"stated_reason": "the inquiry is open", "reason_span": span(first, "because the inquiry is open")}
    hidden = new_actor("an engineer #1", naming="anonymous", **why)
    anonymous = annotate(by, first, "actor", "An engineer", **hidden).mention.actor
    office = annotate(
        by, first, "actor", "the harbour office", **new_actor("Harbour office", "government_body")
    ).mention.actor
    chained = _chains(first, mention, happened.event, office)
    cited = claim(by, first, "We found a crack", topics=["bridge"], **chained)
    lone = claim(by, first, "Eighteen lorries turned back")
    later = claim(by, second, "Nobody knew of a crack before June")
    link = Attribution.objects.get(claim=cited, chain=1, position=0)
    _later_on(by, later, cited)
    _identities(by, project, office, mention.actor, anonymous)
    return Side(
        project=project,
        invitation=_invited(by, project, reviewer),
        article=first.article,
        second_article=second.article,
        snapshot=first,
        second_snapshot=second,
        **coded_with,
        actor=mention.actor,
        office=office,
        anonymous=anonymous,
        mention=mention,
        event=happened.event,
        event_mention=happened,
        participant=events.add_participant(
            by=by, event=happened.event, actor=mention.actor, role="actor", part="finder", mention=mention
        ),
        claim=cited,
        lone=lone,
        second_claim=later,
        attribution=link,
        source=link.sources.get(),
        cue=link.cues.get(),
        party=link.addressees.get(),
        event_merge=_one_of_two(by, happened.event),
        relation=relations.relate(by=by, claim=later, other=cited, kind="contradicts"),
        review=reviews.decide(by=reviewer, claim=cited, intent=DISPUTED),
        release=Release.objects.create(project=project, number=1, title="First", created_by=by),
        watch_term=watched(by, project),
        saved_search=_kept(by, project),
        batch=_act_on_many(by, later),
        intake=_taken_in(by, first),
        comment=said(by, cited, f"Is this what the agency wrote, @{reviewer.username}?"),
    )


def small_world() -> World:
    manager, reviewer, stranger = person("manager"), person("reviewer"), person("stranger")
    here, there = (side(manager, reviewer, slug) for slug in ("here", "there"))
    return World(manager, reviewer, stranger, here, there)
