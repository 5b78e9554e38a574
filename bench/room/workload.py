"""The articles of the bench in the store: imported by their action, marked in bulk under every constraint."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from annotator.actions import projects
from annotator.models import (
    Actor,
    ActorMention,
    Annotation,
    AnnotationSentence,
    Attribution,
    AttributionSource,
    Claim,
    Code,
    Event,
    EventMention,
    SupportingSpan,
)
from sources.actions import RawFile, import_article
from sources.intake.plain import read_plain
from sources.models import Article, Project, Sentence, Snapshot, User, acting
from sources.text.offsets import Extent

from . import words

ACTORS, EVENTS = 60, 40  # at most, in one article


@dataclass(frozen=True)
class Marked:
    """An article of the bench: its identifier, its plain words and how many spans are marked in it."""

    uuid: UUID
    text: words.Text
    spans: int


SIZES = {"short": (900, 40), "long": (13_700, 2_000), "book": (50_000, 10_000)}
"""Words and spans of each article."""


def load(by: User) -> tuple[Project, dict[str, Marked]]:
    """Each article, marked; made where a kept data folder does not have them yet."""
    texts = {name: words.text(f"The {name} one", length) for name, (length, _) in SIZES.items()}
    if project := Project.objects.filter(slug="bench").first():
        made = {a.title: a for a in Article.objects.filter(project=project)}
        return project, {name: _found(made[text.name], text) for name, text in texts.items()}
    project = projects.open_project(by=by, name="Bench", slug="bench")
    marked = {}
    for name, (_, spans) in SIZES.items():
        text = texts[name]
        marked[name] = Marked(make(by, project, text, spans).article.uuid, text, spans)
    return project, marked


def make(by: User, project: Project, text: words.Text, spans: int) -> Snapshot:
    """An article with that many spans in it."""
    read = read_plain(f"Outlet: Kai Radio\n\n{text.whole}".encode(), f"{text.name}.txt")
    snapshot = import_article(by=by, project=project, read=read, raw=RawFile(text.whole.encode())).snapshot
    with transaction.atomic(), acting(by):
        with connection.cursor() as cursor:
            # ten thousand slices of one long text at once are checked in half a minute
            cursor.execute("SET LOCAL statement_timeout TO '10min'")
        _mark(by, project, snapshot, spans // 4)
    return snapshot


def _found(article: Article, text: words.Text) -> Marked:
    return Marked(article.uuid, text, Annotation.objects.filter(snapshot__article=article).count())


def _mark(by: User, project: Project, snapshot: Snapshot, bundles: int) -> None:
    cut = list(Sentence.objects.filter(segmentation=snapshot.current_segmentation_id).order_by("number"))[1:]
    rows = [(s.start, snapshot.text[s.start : s.end]) for s in cut]
    places = list(words.marked(rows, bundles))
    spans = defaultdict(list)
    for index, found in places:
        for kind, (start, end) in found.items():
            spans[kind].append(
                Annotation(
                    project=project,
                    snapshot=snapshot,
                    snapshot_length=snapshot.length,
                    kind=kind,
                    extent=Extent.of((start, end)),
                    quotes=[snapshot.text[start:end]],
                    prefix=snapshot.text[max(0, start - 32) : start],
                    suffix=snapshot.text[end : end + 32],
                    sentence=cut[index],
                    author=by,
                )
            )
    everything = Annotation.objects.bulk_create([one for kind in spans.values() for one in kind])
    AnnotationSentence.objects.bulk_create(
        AnnotationSentence(annotation=a, sentence=a.sentence, project=project, snapshot=snapshot)
        for a in everything
    )
    _own(by, project, spans)


def _own(by: User, project: Project, spans: dict[str, list[Annotation]]) -> None:
    """Every span gets what it stands for: claims with a speaker, a mention and a cue each."""
    codes: dict[str, list[Code]] = defaultdict(list)
    for code in Code.objects.filter(project=project).order_by("pk"):
        codes[code.facet].append(code)
    start = project.actors.count()
    actors = Actor.objects.bulk_create(
        Actor(project=project, name=f"Speaker {start + i}", kind=codes["actor_kind"][0], created_by=by)
        for i in range(min(ACTORS, len(spans["actor"])))
    )
    events = Event.objects.bulk_create(
        Event(project=project, label=f"Event {start + i}", type=codes["event_type"][0], created_by=by)
        for i in range(min(EVENTS, len(spans["event"])))
    )
    mentions = ActorMention.objects.bulk_create(
        ActorMention(annotation=a, project=project, actor=actors[i % len(actors)])
        for i, a in enumerate(spans["actor"])
    )
    EventMention.objects.bulk_create(
        EventMention(annotation=a, project=project, event=events[i % len(events)])
        for i, a in enumerate(spans["event"])
    )
    claims = Claim.objects.bulk_create(
        Claim(annotation=a, project=project, type=codes["claim_type"][i % 5], **_JUDGED)
        for i, a in enumerate(spans["claim"])
    )
    links = Attribution.objects.bulk_create(Attribution(project=project, claim=one) for one in claims)
    AttributionSource.objects.bulk_create(
        AttributionSource(project=project, attribution=link, actor=mention.actor, mention=mention)
        for link, mention in zip(links, mentions, strict=True)
    )
    SupportingSpan.objects.bulk_create(
        SupportingSpan(annotation=a, project=project, link=link)
        for a, link in zip(spans["cue"], links, strict=True)
    )


_JUDGED: dict[str, Any] = {
    "quotation_type": "indirect",
    "polarity": "asserted",
    "voice": "attributed",
    "status": "submitted",
    "codebook_version": 1,
}
