"""A small world of invented articles and claims, made row by row, for the tests of ordinary pages.

Every function writes what PostgreSQL demands of a true row: quotes are slices, sentences lie under
extents, each annotation has its owner.
"""

from datetime import date
from typing import Any

from django.db import transaction

from annotator.models import (
    Actor,
    ActorMention,
    Annotation,
    AnnotationSentence,
    Attribution,
    AttributionSource,
    Claim,
    ClaimRelation,
    Code,
    CodebookVersion,
    Event,
    EventMention,
    EventParticipant,
)
from sources.models import (
    Article,
    Block,
    Membership,
    Project,
    Publication,
    Segmentation,
    Sentence,
    Snapshot,
    User,
)
from sources.text.blocks import cut_blocks
from sources.text.digest import sha256_hex
from sources.text.offsets import Extent
from sources.text.segment import segment

CODES = {
    "claim_type": ("fact", "figure", "demand"),
    "topic": ("harbour",),
    "actor_kind": ("person", "organisation", "outlet"),
    "event_type": ("refusal", "talks"),
    "relation_kind": ("contradicts", "repeats"),
}


def person(username: str, name: str = "") -> User:
    return User.objects.create(username=username, name=name or username.title())


@transaction.atomic
def project(slug: str = "quay", name: str = "The quay", public: bool = False, **roles: User) -> Project:
    """A project with a codebook; `roles` are its members by role."""
    made = Project.objects.create(slug=slug, name=name, is_public=public)
    for role, user in roles.items():
        Membership.objects.create(project=made, user=user, role=role)
    for facet, keys in CODES.items():
        for position, key in enumerate(keys):
            Code.objects.create(
                project=made,
                facet=facet,
                key=key,
                name=key.capitalize(),
                definition=f"A {key}.",
                position=position,
            )
    CodebookVersion.objects.create(project=made, number=1, content={})
    return made


def code(where: Project, facet: str, key: str) -> Code:
    return Code.objects.get(project=where, facet=facet, key=key)


def outlet(where: Project, name: str) -> Publication:
    return Publication.objects.get_or_create(project=where, name=name)[0]


@transaction.atomic
def article(
    where: Project,
    title: str,
    text: str,
    *,
    in_outlet: str = "",
    day: str = "",
    language: str = "en",
    **more: Any,
) -> Article:
    """An article with one snapshot, cut into blocks and sentences."""
    if day:
        more |= {
            "published": day,
            "published_min": date.fromisoformat(day),
            "published_max": date.fromisoformat(day),
        }
    made = Article.objects.create(
        project=where,
        title=title,
        publication=outlet(where, in_outlet) if in_outlet else None,
        language=language,
        **more,
    )
    snapshot = Snapshot.objects.create(
        project=where,
        article=made,
        text=text,
        sha256=sha256_hex(text),
        method="paste",
        extractor="plain",
        extractor_version="1",
    )
    blocks = cut_blocks(text)
    rows = [
        Block.objects.create(
            project=where,
            snapshot=snapshot,
            snapshot_length=len(text),
            position=position,
            start=block.start,
            end=block.end,
            role="paragraph",
        )
        for position, block in enumerate(blocks)
    ]
    cut = Segmentation.objects.create(
        project=where, snapshot=snapshot, segmenter="test", segmenter_version="1"
    )
    for number, span in enumerate(segment(text, blocks, language), 1):
        Sentence.objects.create(
            project=where,
            snapshot=snapshot,
            snapshot_length=len(text),
            segmentation=cut,
            block=next(row for row in rows if row.start <= span.start < row.end),
            number=number,
            start=span.start,
            end=span.end,
        )
    Snapshot.objects.filter(pk=snapshot.pk).update(current_segmentation=cut)
    return made


def annotation(of: Article, kind: str, *quotes: str, by: User | None = None) -> Annotation:
    """An anchor on the first place of each quote; its owner row must follow in the same transaction."""
    snapshot = of.snapshots.get()
    stretches = [(snapshot.text.index(q), snapshot.text.index(q) + len(q)) for q in quotes]
    extent = Extent.of(*stretches)
    sentences = [
        s
        for s in Sentence.objects.filter(snapshot=snapshot).order_by("number")
        if any(s.start < high and low < s.end for low, high in extent.stretches)
    ]
    made = Annotation.objects.create(
        project_id=of.project_id,
        snapshot=snapshot,
        snapshot_length=len(snapshot.text),
        kind=kind,
        extent=extent,
        quotes=list(extent.slices(snapshot.text)),
        sentence=sentences[0],
        author=by,
    )
    for sentence in sentences:
        AnnotationSentence.objects.create(
            annotation=made, sentence=sentence, project_id=of.project_id, snapshot=snapshot
        )
    return made


def actor(where: Project, name: str, kind: str = "person", **more: Any) -> Actor:
    return Actor.objects.get_or_create(
        project=where, name=name, kind=code(where, "actor_kind", kind), **more
    )[0]


@transaction.atomic
def mention(of: Article, who: Actor, words: str) -> ActorMention:
    anchor = annotation(of, "actor", words)
    return ActorMention.objects.create(annotation=anchor, project_id=of.project_id, actor=who)


@transaction.atomic
def claim(
    of: Article,
    *quotes: str,
    said_by: tuple[Actor, ...] = (),
    relayed_by: Actor | None = None,
    by: User | None = None,
    role_at_time: str = "",
    type: str = "fact",
    **more: Any,
) -> Claim:
    """A claim on those words, its speakers in one link and, if given, who passed it on in the next."""
    where = of.project
    fields: dict[str, Any] = {
        "quotation_type": "direct",
        "voice": "attributed" if said_by else "own",
        "codebook_version": 1,
    }
    made = Claim.objects.create(
        annotation=annotation(of, "claim", *quotes, by=by),
        project=where,
        type=code(where, "claim_type", type),
        **(fields | more),
    )
    links = [("said", said_by)] if said_by else []
    links += [("relayed", (relayed_by,))] if relayed_by else []
    for position, (role, people) in enumerate(links):
        link = Attribution.objects.create(project=where, claim=made, position=position, role=role)
        for place, who in enumerate(people):
            AttributionSource.objects.create(
                project=where,
                attribution=link,
                position=place,
                actor=who,
                role_at_time=role_at_time if role == "said" else "",
                mention=ActorMention.objects.filter(actor=who, annotation__snapshot__article=of).first(),
            )
    return made


def relate(one: Claim, kind: str, other: Claim) -> ClaimRelation:
    return ClaimRelation.objects.create(
        project_id=one.project_id, claim=one, other=other, kind=code(one.project, "relation_kind", kind)
    )


@transaction.atomic
def event(of: Article, label: str, words: str, *people: Actor, type: str = "refusal", **more: Any) -> Event:
    made = Event.objects.create(
        project=of.project, label=label, type=code(of.project, "event_type", type), **more
    )
    EventMention.objects.create(annotation=annotation(of, "event", words), project=of.project, event=made)
    for who in people:
        EventParticipant.objects.create(project=of.project, event=made, actor=who, role="actor")
    return made
