"""How somebody's claims are told: words apart from thoughts, how far the evidence reaches, in which order."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from annotator.models import (
    Act,
    Actor,
    Attribution,
    AttributionSource,
    Basis,
    Claim,
    ClaimRelation,
    LinkBasis,
    QuotationType,
)
from annotator.models.claim_words import UNDATED
from sources.models import Role

from .keyset import Order, day, whole
from .visibility import seen_by

WAYS = {
    "quoted": "Quoted",
    "paraphrased": "Paraphrased",
    "thought": "Thoughts and wishes",
    "inside": "In others’ words",
    "passed": "Passed on",
}
"""Of a claim, how this speaker stands to it: their words, in the reporter's words, what nobody uttered, what
somebody else says that they say, and what others say through them. Of a quotation in which somebody tells
what another said the other is not quoted."""
REACHES = {"first": "First-hand", "relayed": "Through others", "inferred": "Inferred by the analyst"}
"""How it came to the outlet: nobody stands between it and the speaker, somebody does, or that it is this
speaker is the analyst's conclusion."""
AGAINST = ("contradicts", "denies", "doubts", "counters", "corrects", "qualifies")

_BY_PLACE = (whole, whole, whole)
ORDERS = {
    "": Order(("first_day", "of_article", "at", "pk"), (day, *_BY_PLACE), descending=False),
    "latest": Order(("last_day", "of_article", "at", "pk"), (day, *_BY_PLACE)),
    "said": Order(("said_day", "of_article", "at", "pk"), (day, *_BY_PLACE), descending=False),
}
ORDERS_IN_WORDS = {"": "published first", "latest": "published last", "said": "said first"}


def _in_marks() -> Q:
    """Sources whose own words are quoted: a link that says nothing of that is as its claim."""
    quoted = (QuotationType.DIRECT, QuotationType.MIXED)
    as_claim = Q(attribution__quotation_type="", attribution__claim__quotation_type__in=quoted)
    return Q(attribution__quotation_type__in=quoted) | as_claim


def told_by(claims: QuerySet[Claim], actor: Actor) -> QuerySet[Any]:
    """Each with its `way` and `reach` as to that actor, and with what `ORDERS` sorts by. A claim without a
    date of speech is sorted by its publication; without either it comes last. The speech is the actor's own
    where a claim is told by several chains, each with its date."""
    mine = AttributionSource.objects.filter(
        attribution__claim=OuterRef("pk"), attribution__position=0, actor__survivor=actor.pk
    )
    other_chain = Attribution.objects.filter(
        claim=OuterRef("pk"), chain__gt=1, position=0, sources__actor__survivor=actor.pk
    ).order_by("chain")
    first_chain = AttributionSource.objects.filter(
        attribution__claim=OuterRef("pk"),
        attribution__chain=1,
        attribution__position=0,
        actor__survivor=actor.pk,
    )
    concluded = mine.filter(Q(basis=Basis.INFERENTIAL) | Q(attribution__basis=LinkBasis.INFERRED))
    between = Attribution.objects.filter(claim=OuterRef("pk"), position__gt=0)
    article = "annotation__snapshot__article"
    copied = Q(**{f"{article}__reprint_of__isnull": False})
    copied |= Q(**{f"{article}__original_publication__isnull": False})
    published, far = F(f"{article}__published_min"), Value(date.max)
    return claims.annotate(
        way=Case(
            When(~Exists(mine), then=Value("passed")),
            When(~Exists(mine.filter(attribution__act=Act.SAYS)), then=Value("thought")),
            When(inside__isnull=False, then=Value("inside")),
            When(Exists(mine.filter(_in_marks())), then=Value("quoted")),
            default=Value("paraphrased"),
            output_field=CharField(),
        ),
        reach=Case(
            When(Exists(concluded), then=Value("inferred")),
            When(Exists(between) | Q(inside__isnull=False) | copied, then=Value("relayed")),
            default=Value("first"),
            output_field=CharField(),
        ),
        first_day=Coalesce(published, far),
        last_day=Coalesce(published, Value(UNDATED)),
        said_day=Case(
            When(
                Exists(other_chain) & ~Exists(first_chain),
                then=Coalesce(
                    Subquery(other_chain.values("said_on_min")[:1]),
                    Subquery(other_chain.values("said_on_max")[:1]),
                    published,
                    far,
                ),
            ),
            default=Coalesce(F("said_on_min"), F("said_on_max"), published, far),
        ),
        of_article=F(article),
        at=F("annotation__sentence__number"),
    )


def counts_of(told: QuerySet[Any]) -> tuple[dict[str, int], dict[str, int]]:
    """Of the claims of `told_by` how many are told in which way, and how far they reach. One query."""
    ways: Counter[str] = Counter()
    reaches: Counter[str] = Counter()
    for way, reach, n in told.order_by().values_list("way", "reach").annotate(n=Count("pk")):
        ways[way] += n
        reaches[reach] += n
    return dict(ways), dict(reaches)


def claims_against(actor: Actor, role: Role | None = None) -> QuerySet[Claim]:
    """Claims of others that contradict, deny, doubt, counter, correct or qualify one of the actor's; whoever
    is said to contradict another is contradicted as well."""

    def by(claim: str) -> Exists:
        mine = AttributionSource.objects.filter(
            attribution__claim=OuterRef(claim), attribution__position=0, actor__survivor=actor.pk
        )
        return Exists(mine)

    outwards = ClaimRelation.objects.filter(
        by("other"), claim=OuterRef("pk"), kind__key__in=AGAINST, other__withdrawn_at=None
    )
    inwards = ClaimRelation.objects.filter(
        by("claim"), other=OuterRef("pk"), kind__key="contradicts", claim__withdrawn_at=None
    )
    return Claim.objects.filter(
        Exists(outwards.filter(seen_by(role, "other"))) | Exists(inwards.filter(seen_by(role, "claim"))),
        ~by("pk"),
        seen_by(role),
        project=actor.project_id,
        withdrawn_at=None,
    )
