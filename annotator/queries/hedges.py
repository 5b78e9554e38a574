"""Where a headline or the article's own voice says what somebody said with a hedge, and has none."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q

from annotator.detect.repeated_words import LONGEST, said_again
from annotator.models import Actor, AttributionSource, Claim, ClaimRelation
from sources.models import Role
from sources.text.folding import folded

from .visibility import seen_by

MOST_HEDGED = 200
"""Of a speaker's hedged claims as many are compared with what else their articles say."""
MOST_PROPOSED = 100


@dataclass(frozen=True)
class Bare:
    """A claim of the article's own voice that repeats an attributed one and leaves out how it was hedged.
    `proposed`: nobody has said that it repeats it, its words do."""

    bare: Claim
    claim: Claim
    hedges: list[str]
    headline: bool
    proposed: bool = False


def hedges_dropped(actor: Actor, role: Role | None = None) -> list[Bare]:
    """Where a headline or the article's own voice repeats what the actor said with a hedge, and has none:
    of claims that are related as repeating. Six queries at most."""
    pairs = ClaimRelation.objects.filter(
        seen_by(role, "claim"),
        seen_by(role, "other"),
        project=actor.project_id,
        kind__key="repeats",
        claim__withdrawn_at=None,
        other__withdrawn_at=None,
    )
    found: list[Bare] = []
    for bare, hedged in (("claim", "other"), ("other", "claim")):
        mine = AttributionSource.objects.filter(
            attribution__claim=OuterRef(hedged), attribution__position=0, actor__survivor=actor.pk
        )
        rows = pairs.filter(
            Exists(mine),
            Q(**{f"{bare}__voice": "own"}) | Q(**{f"{bare}__annotation__sentence__block__role": "headline"}),
        ).exclude(**{f"{bare}__certainty__gt": ""})
        rows = rows.select_related(
            f"{bare}__annotation__sentence__block",
            f"{bare}__annotation__snapshot__article__publication",
            f"{hedged}__annotation",
        ).defer(f"{bare}__annotation__snapshot__text")
        rows = rows.prefetch_related(f"{bare}__spans__annotation", f"{hedged}__spans__annotation")
        for row in rows:
            one, other = getattr(row, bare), getattr(row, hedged)
            hedges = _hedges(other)
            if hedges and not _hedges(one):
                head = one.annotation.sentence.block.role == "headline"
                found.append(Bare(one, other, hedges, head))
    return found


def _hedges(claim: Any) -> list[str]:
    said = [" … ".join(s.annotation.quotes) for s in claim.spans.all() if s.annotation.kind == "hedge"]
    return said or ([claim.certainty] if claim.certainty else [])


def hedges_perhaps_dropped(actor: Actor, role: Role | None = None) -> list[Bare]:
    """The same of claims in one article that nobody has related, by their words without the hedge: for
    somebody to judge. Five queries at most."""
    mine = AttributionSource.objects.filter(
        attribution__claim=OuterRef("pk"), attribution__position=0, actor__survivor=actor.pk
    )
    standing = Claim.objects.filter(seen_by(role), project=actor.project_id, withdrawn_at=None)
    standing = standing.select_related(
        "annotation__sentence__block", "annotation__snapshot__article__publication"
    )
    standing = standing.defer("annotation__snapshot__text").prefetch_related("spans__annotation")
    hedged = standing.filter(Exists(mine), Q(spans__annotation__kind="hedge") | Q(certainty__gt=""))
    texts: dict[int, list[Claim]] = defaultdict(list)
    for one in hedged.order_by("-pk").distinct()[:MOST_HEDGED]:
        texts[one.annotation.snapshot_id].append(one)
    if not texts:
        return []
    told = standing.filter(annotation__snapshot__in=texts, certainty="").exclude(Exists(mine))
    own = Q(voice="own") | Q(annotation__sentence__block__role="headline")
    bare: dict[int, list[Claim]] = defaultdict(list)
    for one in told.filter(own).order_by("pk"):
        if not _hedges(one):
            bare[one.annotation.snapshot_id].append(one)
    related = _related([one.pk for claims in texts.values() for one in claims])
    found = (pair for text, claims in bare.items() for pair in _said_again(claims, texts[text], related))
    return list(islice(found, MOST_PROPOSED))


def _said_again(bare: list[Claim], hedged: list[Claim], related: set[frozenset[int]]) -> Iterator[Bare]:
    """Of claims of one text: which say in other places what a hedged one says, but for its hedge."""

    def may(one: int, other: int) -> bool:
        here, there = bare[one], hedged[other]
        return frozenset((here.pk, there.pk)) not in related and not _overlap(here, there)

    for one, other in said_again([_words(one) for one in bare], [_unhedged(one) for one in hedged], may):
        head = bare[one].annotation.sentence.block.role == "headline"
        yield Bare(bare[one], hedged[other], _hedges(hedged[other]), head, proposed=True)


def _related(claims: list[int]) -> set[frozenset[int]]:
    rows = ClaimRelation.objects.filter(Q(claim__in=claims) | Q(other__in=claims))
    return {frozenset(ends) for ends in rows.values_list("claim", "other")}


def _overlap(one: Claim, other: Claim) -> bool:
    return any(
        low < end and start < high
        for low, high in one.annotation.extent.stretches
        for start, end in other.annotation.extent.stretches
    )


def _unhedged(claim: Claim) -> list[str]:
    left_out = Counter(word for hedge in _hedges(claim) for word in folded(hedge))
    said = []
    for word in _words(claim):
        if left_out[word]:
            left_out[word] -= 1
        else:
            said.append(word)
    return said


def _words(claim: Claim) -> list[str]:
    return [word for quote in claim.annotation.quotes for word in folded(quote)][:LONGEST]
