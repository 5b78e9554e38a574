"""Many claims in the store: articles imported by their action, claims made in bulk under every constraint."""

import itertools
import random
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from room import words
from room.served import settled

from annotator.actions import projects
from annotator.models import (
    Actor,
    Annotation,
    AnnotationSentence,
    Attribution,
    AttributionSource,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Code,
    Event,
    EventMention,
    Review,
)
from annotator.queries.heard import bring_up_to_date
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Project, Sentence, Snapshot, User, acting
from sources.text.offsets import Extent

EACH = 10  # claims of an article, which has one event besides
OUTLETS = 40
OF_AN_ACTOR, OF_AN_EVENT = 50, 20  # claims for each: of a million, 20,000 actors and 50,000 events
AT_ONCE = 25  # articles
STOCK = "the spokesman told reporters on monday that"  # how every 25th sentence begins
SHARED = (*STOCK.split(), "title", "heron", "said", "again")
"""Words that are not invented."""
RETOLD = 10  # every so many articles, one in the words of the one before
REVIEWED, RELATED = 11, 20  # of so many claims one was judged and edited since, one repeats the next
STATUSES = ("submitted", "submitted", "accepted", "accepted", "accepted", "rejected", "disputed", "draft")


def load(by: User, claims: int, copies: int = 0) -> Project:
    """A project of so many claims, give or take an article, with the actors and events of those that copies
    will bring besides. Few speak often and most seldom: how often, falls with an actor's number as 1/n."""
    project = projects.open_project(by=by, name="Desk bench", slug="desk-bench")
    codes = {
        facet: list(Code.objects.filter(project=project, facet=facet).order_by("pk"))
        for facet in ("claim_type", "topic", "actor_kind", "event_type")
    }
    actors = Actor.objects.bulk_create(
        Actor(project=project, name=f"Speaker {i}", kind=codes["actor_kind"][i % 5], created_by=by)
        for i in range(max(1, claims * (copies + 1) // OF_AN_ACTOR))
    )
    events = Event.objects.bulk_create(
        Event(project=project, label=f"Event {i}", type=codes["event_type"][i % 3], created_by=by)
        for i in range(max(1, claims * (copies + 1) // OF_AN_EVENT))
    )
    codes["relation_kind"] = list(Code.objects.filter(project=project, facet="relation_kind", key="repeats"))
    snapshots: list[Snapshot] = []
    articles = claims // EACH
    for number in range(articles):
        text = _text(number)
        day = date(2015, 1, 1) + timedelta(days=number * 3650 // articles)
        head = f"Title: {text.name} heron\nOutlet: Outlet {number % OUTLETS}\nDate: {day}\n\n"
        read = read_plain(f"{head}{text.whole}".encode(), f"{number}.txt")
        raw = RawFile(text.whole.encode())
        snapshots.append(import_article(by=by, project=project, read=read, raw=raw).snapshot)
        if len(snapshots) == AT_ONCE or number == articles - 1:
            _mark(by, project, snapshots, actors, events, codes)
            snapshots = []
            print(f"\r{(number + 1) * EACH} claims", end="", flush=True)
    print()
    bring_up_to_date(project.pk)
    settled()
    return project


def _text(number: int) -> words.Text:
    """Some sentences begin as others do, and some articles tell what the one before does."""
    made = words.text(f"Title {number}", EACH * 18, seed=number - (number % RETOLD == 0))
    said = [f"{STOCK.capitalize()} {s.lower()}" if i % 25 == 7 else s for i, s in enumerate(made.sentences)]
    return words.Text(made.name, said)


def _spans(by: User, snapshot: Snapshot) -> list[Annotation]:
    """The claims of a text, each of a sentence, and the event of the sentence behind them."""
    found = Sentence.objects.filter(segmentation=snapshot.current_segmentation_id).order_by("number")
    cut = list(found[1 : EACH + 2])
    spans = []
    for number, sentence in enumerate(cut):
        start, end = sentence.start, min(sentence.end, sentence.start + 60)
        spans.append(
            Annotation(
                project=snapshot.project,
                snapshot=snapshot,
                snapshot_length=snapshot.length,
                kind="claim" if number < EACH else "event",
                extent=Extent.of((start, end)),
                quotes=[snapshot.text[start:end]],
                sentence=sentence,
                author=by,
            )
        )
    return spans


def _one_of(many: list[Any], number: int) -> Any:
    """The same one for the same number."""
    return many[min(len(many) - 1, int(len(many) ** random.Random(number).random()) - 1)]


def _mark(
    by: User,
    project: Project,
    snapshots: list[Snapshot],
    actors: list[Actor],
    events: list[Event],
    codes: dict[str, list[Code]],
) -> None:
    with transaction.atomic(), acting(by):
        everything = Annotation.objects.bulk_create([a for one in snapshots for a in _spans(by, one)])
        AnnotationSentence.objects.bulk_create(
            AnnotationSentence(annotation=a, sentence=a.sentence, project=project, snapshot=a.snapshot)
            for a in everything
        )
        EventMention.objects.bulk_create(
            EventMention(annotation=a, project=project, event=_one_of(events, a.pk))
            for a in everything
            if a.kind == "event"
        )
        rows = [a for a in everything if a.kind == "claim"]
        claims = Claim.objects.bulk_create(
            Claim(
                annotation=a,
                project=project,
                type=codes["claim_type"][a.pk % 7],
                quotation_type="indirect",
                voice="attributed",
                status=STATUSES[a.pk % 8],
                paraphrase=f"Said again {a.pk % 1000}",
                codebook_version=1,
            )
            for a in rows
        )
        links = Attribution.objects.bulk_create(Attribution(project=project, claim=one) for one in claims)
        AttributionSource.objects.bulk_create(
            AttributionSource(project=project, attribution=link, actor=_one_of(actors, link.pk))
            for link in links
        )
        if codes["topic"]:
            ClaimTopic.objects.bulk_create(
                ClaimTopic(project=project, claim=c, topic=codes["topic"][c.pk % len(codes["topic"])])
                for c in claims
            )
        Review.objects.bulk_create(
            Review(project=project, claim=c, claim_version=0, decision="accepted", reviewer=by)
            for c in claims
            if c.pk % REVIEWED == 0
        )
        ClaimRelation.objects.bulk_create(
            ClaimRelation(project=project, claim=c, other=other, kind=codes["relation_kind"][0], author=by)
            for c, other in itertools.pairwise(claims)
            if c.pk % RELATED == 0
        )
