"""What is known of an actor, as its form and its page show it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F

from annotator.models import (
    Actor,
    ActorAlias,
    ActorIdentifier,
    ActorMerge,
    ActorResolution,
    Affiliation,
    Code,
    Facet,
    Kind,
    SupportingSpan,
    Tie,
)
from sources.models import Project, Role

from .actors_open import among_open
from .texts import n_texts, of_text

T = TypeVar("T")
MOST_NAMES = 500
WORDS = "reason_words"
RECORD = ("version", "name", "naming", "affiliation", "number", "stated_reason", "wikidata", "note")


@dataclass(frozen=True)
class Known:
    """An actor's own record in plain values."""

    record: dict[str, Any]
    kinds: list[tuple[str, str]]
    aliases: Sequence[Mapping[str, Any]]
    identifiers: Sequence[Mapping[str, Any]]
    belongings: Sequence[Mapping[str, Any]]


def known_of(actor: Actor) -> Known:
    """Five queries."""
    codes = Code.objects.filter(project=actor.project_id, facet=Facet.ACTOR_KIND).order_by("position", "name")
    ties = _affiliations(Affiliation.objects.filter(actor=actor))
    return Known(
        record={
            **{name: getattr(actor, name) for name in RECORD},
            "kind": actor.kind.key,
            **({WORDS: " … ".join(reason.words for reason in reasons_of(actor))} if actor.article_id else {}),
        },
        kinds=[(c.key, c.name) for c in codes if c.retired_at is None or c.pk == actor.kind_id],
        aliases=list(
            ActorAlias.objects.filter(actor=actor).order_by("pk").values("name", "language", "script")
        ),
        identifiers=list(
            ActorIdentifier.objects.filter(actor=actor).order_by("pk").values("scheme", "value")
        ),
        belongings=[
            {
                "tie": tie.tie,
                "organisation": str(tie.organisation.survivor.uuid),
                "organisation_was": tie.organisation.survivor.name,
                "organisation_name": tie.organisation.survivor.name,
                "role": tie.role,
                "since": tie.since,
                "until": tie.until,
            }
            for tie in ties
        ],
    )


@dataclass(frozen=True)
class Reason:
    """Words by which a text says why an anonymous speaker is not named; the number of their sentence, and
    `place`, what follows the article's address to open it there."""

    words: str
    sentence: int
    text: int
    place: str


def reasons_of(actor: Actor) -> list[Reason]:
    """One query, or none for who is not anonymous."""
    if not actor.article_id:
        return []
    spans = SupportingSpan.objects.filter(actor=actor, annotation__kind=Kind.REASON)
    rows = (
        spans.select_related("annotation__sentence")
        .annotate(number=F("annotation__snapshot__number"), texts=n_texts("annotation__snapshot__article"))
        .order_by("annotation__snapshot", "pk")
    )
    return [
        Reason(
            " … ".join(a.quotes),
            a.sentence.number,
            a.snapshot_id,
            f"{of_text(number, texts)}#s{a.sentence.number}",
        )
        for a, number, texts in ((row.annotation, row.number, row.texts) for row in rows)
    ]


def _affiliations(ties: Any) -> list[Affiliation]:
    return list(
        ties.select_related("organisation__survivor", "actor__survivor").order_by(
            F("since_min").asc(nulls_first=True), "pk"
        )
    )


def organisations(project: Project) -> list[str]:
    """Names to offer for what somebody belongs to."""
    bodies = Actor.objects.filter(project=project, article=None, merged_into=None)
    return list(
        bodies.exclude(kind__key="person").order_by("name").values_list("name", flat=True)[:MOST_NAMES]
    )


@dataclass(frozen=True)
class Name:
    """Another name; `of` is the merged actor it came with, None for the actor's own."""

    name: str
    language: str
    script: str
    of: Actor | None


@dataclass(frozen=True)
class Standing:
    """All that is known of an actor and of those merged into it, each with whom it came from."""

    names: list[Name]
    identifiers: list[ActorIdentifier]
    ties: list[Affiliation]
    affiliates: list[Affiliation]
    merges: list[ActorMerge]
    resolution: ActorResolution | None
    resolved: list[ActorResolution]


def standing_of(actor: Actor, role: Role | None) -> Standing:
    """Of what is told of it those actors that a visitor of that role is told of. Six queries, or seven where
    others were merged into it; for readers two more at most."""
    away = list(Actor.objects.filter(merged_into=actor).order_by("pk"))
    by_key = {one.pk: one for one in away}
    keys = [actor.pk, *by_key]
    aliases = list(ActorAlias.objects.filter(actor__in=keys).order_by("pk"))
    names = [
        *(Name(a.name, a.language, a.script, None) for a in aliases if a.actor_id == actor.pk),
        *(Name(one.name, "", "", one) for one in away),
        *(Name(a.name, a.language, a.script, by_key[a.actor_id]) for a in aliases if a.actor_id in by_key),
    ]
    people = ("by", "undone_by")
    resolutions = ActorResolution.objects.filter(undone_at=None).select_related(*people)
    affiliates = [
        tie
        for tie in _affiliations(Affiliation.objects.filter(organisation__in=keys, tie=Tie.PART_OF))
        if tie.actor.survivor_id != actor.pk
    ]
    resolved = list(
        resolutions.filter(named__in=keys)
        .select_related("anonymous__article__publication")
        .order_by("anonymous__article__published_min", "pk")
    )
    return Standing(
        names=names,
        identifiers=list(ActorIdentifier.objects.filter(actor__in=keys).order_by("scheme", "value", "pk")),
        ties=[
            tie
            for tie in _affiliations(Affiliation.objects.filter(actor__in=keys))
            if tie.organisation.survivor_id != actor.pk
        ],
        affiliates=_open(actor, role, affiliates, lambda tie: tie.actor_id),
        merges=list(
            ActorMerge.objects.filter(merged__in=by_key, undone_at=None)
            .select_related("merged", "survivor", "by")
            .order_by("pk")
        )
        if away
        else [],
        resolution=resolutions.filter(anonymous=actor).select_related("named__survivor").first()
        if actor.article_id
        else None,
        resolved=_open(actor, role, resolved, lambda one: one.anonymous_id),
    )


def _open(actor: Actor, role: Role | None, rows: list[T], key: Callable[[T], int]) -> list[T]:
    return rows if role else among_open(actor.project, rows, key)
