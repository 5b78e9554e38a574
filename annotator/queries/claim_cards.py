"""Everything a claim's card shows, for any number of claims in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from annotator.models import (
    Actor,
    AttributionSource,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Position,
    Review,
    Status,
)
from sources.models import Article, Role

from .batches import same_as_before
from .chains import Station, chains_of, in_words
from .claim_depth import Fact, depth_of
from .discussion_counts import counted
from .identities import called, only_of_their_link
from .independent import Sources, sources_of
from .likely_repeats import LikelyRepeat, likely_repeats
from .passages import Passage, passages
from .prepared import RecordsMadeOnce, listed
from .relations import inverse
from .visibility import seen_by, sees


@dataclass(frozen=True)
class Relation:
    """A relation as seen from one of its two ends; `other` is the claim at the far end."""

    uuid: UUID
    words: str
    other: Claim
    speakers: str
    note: str
    textual: bool
    author: str = ""


@dataclass(frozen=True)
class ClaimCard:
    claim: Claim
    article: Article
    passage: Passage | None
    chains: list[list[Station]]
    relations: list[Relation]
    reviews: list[Review]
    depth: list[Fact] = field(default_factory=list)
    given_back: dict[int, int] = field(default_factory=dict)
    alike: list[LikelyRepeat] = field(default_factory=list)
    inner: list[Claim] = field(default_factory=list)
    sources: Sources | None = None

    @property
    def verdict(self) -> Review | None:
        """The latest decision, if it still holds. Taking back what was decided on an edited claim leaves it
        with the decision from before it was edited."""
        if not self.reviews or self.reviews[0].decision != "reopened":
            return self.reviews[0] if self.reviews else None
        version = self.reviews[0].claim_version
        same = [review for review in self.reviews if review.claim_version == version]
        older = self.reviews[len(same) :]
        if all(review.decision == "reopened" for review in same) or not older:
            return None
        return older[0] if older[0].decision != "reopened" else None

    @property
    def seen(self) -> str:
        """The identifier of the latest decision, empty if there is none: what a decision made on sight of the
        card has to name. Read in one statement with the claim, so that it is not newer than what is shown."""
        return str(vars(self.claim)["latest_review"] or "")

    @property
    def discussed(self) -> tuple[int, int]:
        """How many discussions there are about it, and how many of them are open; for members."""
        told = vars(self.claim)
        return int(told.get("discussed", 0)), int(told.get("discussed_open", 0))

    @property
    def edited_since(self) -> bool:
        """Whether it is no longer what was decided on; what an act on many did and gave back is nothing."""
        if self.verdict is None:
            return False
        version = self.claim.annotation.version - bool(self.claim.withdrawn_at)  # which is no edit
        while version != self.verdict.claim_version and version in self.given_back:
            version = self.given_back[version]
        return self.verdict.claim_version != version

    @property
    def decided(self) -> bool:
        return self.claim.status in (Status.ACCEPTED, Status.REJECTED, Status.DISPUTED)

    @property
    def quote(self) -> str:
        return " … ".join(self.claim.annotation.quotes)

    @property
    def chain_in_words(self) -> str:
        return "; ".join(in_words(chain) for chain in self.chains)


def with_records(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """The claims with their anchor, article and outlets, without the article's text."""
    article = "annotation__snapshot__article"
    return claims.select_related(
        "type",
        "project",
        "inside__annotation",
        "annotation__author",
        f"{article}__publication",
        f"{article}__original_publication",
        f"{article}__reprint_of__publication",
    ).defer("annotation__snapshot__text", "annotation__snapshot__cleaning", "project__description")


def _related(claims: list[int]) -> QuerySet[ClaimRelation]:
    """From either end, with the keys of those who speak first in each."""
    speakers = (
        AttributionSource.objects.filter(only_of_their_link(), attribution__position=0)
        .values("attribution__claim")
        .values(who=ArrayAgg("actor__survivor", order_by="position"))
    )
    return (
        ClaimRelation.objects.filter(pk__in=RawSQL(_WITH, [claims, claims]))  # noqa: S611  a constant
        .select_related("kind", "claim__annotation", "other__annotation", "author")
        .annotate(
            claim_speakers=Subquery(speakers.filter(attribution__claim=OuterRef("claim"))),
            other_speakers=Subquery(speakers.filter(attribution__claim=OuterRef("other"))),
        )
        .order_by("pk")
    )


_WITH = """
SELECT id FROM annotator_claimrelation WHERE claim_id = ANY(%s::bigint[]) OR other_id = ANY(%s::bigint[])
"""
_RELATED: RecordsMadeOnce[Any] = RecordsMadeOnce(_related, [-1])
_REVIEWS = RecordsMadeOnce(
    lambda claims: Review.objects.filter(claim__in=listed(claims)).select_related("reviewer").order_by("-pk"),
    [-1],
)


def relations_of(claim_ids: list[int], role: Role | None = None) -> dict[int, list[Relation]]:
    """By claim, its relations to claims that stand, seen from its own end. Three queries at most."""
    wanted, found = set(claim_ids), defaultdict(list)
    related = _RELATED.all(claim_ids)
    speak = {key for row in related for key in (*(row.claim_speakers or ()), *(row.other_speakers or ()))}
    names = called(Actor.objects.filter(pk__in=speak) if speak else ())
    for row in related:
        textual, author = row.basis == "textual", str(row.author or "")
        if row.claim_id in wanted and not row.other.withdrawn_at and sees(role, row.other):
            words = row.kind.name.lower()
            found[row.claim_id].append(
                Relation(
                    row.uuid, words, row.other, _said(row.other_speakers, names), row.note, textual, author
                )
            )
        if row.other_id in wanted and not row.claim.withdrawn_at and sees(role, row.claim):
            words = inverse(row.kind.key, row.kind.name)
            found[row.other_id].append(
                Relation(
                    row.uuid, words, row.claim, _said(row.claim_speakers, names), row.note, textual, author
                )
            )
    return found


def _inner(claim_ids: list[int], role: Role | None) -> dict[int, list[Claim]]:
    """By claim, the claims that lie in it, as far as they stand and are seen. One query."""
    found: dict[int, list[Claim]] = defaultdict(list)
    there = Claim.objects.filter(seen_by(role), inside__in=claim_ids, withdrawn_at=None)
    for claim in there.select_related("annotation").order_by("annotation__sentence__number", "pk"):
        found[claim.inside_id or 0].append(claim)
    return found


def _told(fact: Fact, claim: Claim, role: Role | None) -> bool:
    """Not of a claim around this one that the visitor may not see."""
    return not fact.claim or claim.inside is None or sees(role, claim.inside)


def _said(speakers: list[int] | None, names: Mapping[int, str]) -> str:
    return ", ".join(names[key] for key in speakers or ())


def latest_review(claim: UUID) -> str:
    """The identifier of the latest decision on the claim of that UUID; empty if there is none."""
    found = Review.objects.filter(claim__uuid=claim).order_by("-pk").values_list("uuid", flat=True).first()
    return str(found or "")


def claim_cards(claims: QuerySet[Claim], role: Role | None = None, *, alike: bool = False) -> list[ClaimCard]:
    """One card a claim, in the order given, for a visitor of that role: it tells of no claim that they may
    not see. Eighteen queries at most, one when there is no claim; two more for likely repeats (`alike`)."""
    topics = Prefetch("topic_links", ClaimTopic.objects.select_related("topic").order_by("topic__position"))
    latest = Review.objects.filter(claim=OuterRef("pk")).order_by("-pk").values("uuid")[:1]
    positions = Prefetch(
        "positions", Position.objects.select_related("concept").order_by("concept__position")
    )
    counts = counted() if role else {}
    found_rows = with_records(claims).annotate(latest_review=Subquery(latest), **counts)
    rows = list(found_rows.prefetch_related(topics, positions))
    if not rows:
        return []
    keys = [claim.pk for claim in rows]
    found, chains, relations = (
        passages(keys),
        chains_of(rows, for_readers=role is None),
        relations_of(keys, role),
    )
    depth, inner = depth_of(rows), _inner(keys, role)
    reviews = defaultdict(list)
    for review in _REVIEWS.all(keys):
        reviews[review.claim_id].append(review)
    later = [c.pk for c in rows if reviews[c.pk] and reviews[c.pk][0].claim_version != c.annotation.version]
    given_back = same_as_before(later) if later else {}
    carried = sources_of(keys, role)
    repeats = likely_repeats(c.pk for c in rows if c.withdrawn_at is None) if alike else {}
    return [
        ClaimCard(
            claim=claim,
            article=claim.annotation.snapshot.article,
            passage=found.get(claim.pk),
            chains=chains[claim.pk],
            relations=relations.get(claim.pk, []),
            reviews=reviews.get(claim.pk, []),
            depth=[f for f in depth[claim.pk] if _told(f, claim, role)],
            inner=inner[claim.pk],
            given_back=given_back.get(claim.pk, {}),
            sources=carried.get(claim.pk),
            alike=repeats.get(claim.pk, []),
        )
        for claim in rows
    ]
