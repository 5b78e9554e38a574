"""How somebody's claims are told: words apart from thoughts, how far the evidence reaches, in which order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from annotator.models import (
    Act,
    Actor,
    Attribution,
    AttributionSource,
    Basis,
    Claim,
    ClaimRelation,
    HeardIn,
    LinkBasis,
    QuotationType,
    Status,
)
from annotator.models.claim_words import UNDATED
from sources.models import Role

from .heard import bring_up_to_date
from .keyset import Order, Slice, beyond, day, slice_of, whole
from .visibility import HANDED_IN, seen_by

Place: TypeAlias = tuple[Any, ...] | None

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


@dataclass(frozen=True)
class Told:
    """How many claims of a speaker are in which status, told in which way, and how far they reach."""

    statuses: dict[str, int]
    ways: dict[str, int]
    reaches: dict[str, int]


TOLD = """
WITH mine AS (
    SELECT l.claim_id, bool_or(l.position = 0) AS own, bool_or(l.position = 0 AND l.act = 'says') AS says,
        bool_or(l.position = 0 AND (l.quotation_type IN ('direct', 'mixed')
            OR (l.quotation_type = '' AND c.quotation_type IN ('direct', 'mixed')))) AS quoted,
        bool_or(l.position = 0 AND (s.basis = 'inferential' OR l.basis = 'inferred')) AS concluded
    FROM annotator_actor a JOIN annotator_attributionsource s ON s.actor_id = a.id
    JOIN annotator_attribution l ON l.id = s.attribution_id
    JOIN annotator_claim c ON c.annotation_id = l.claim_id
    WHERE a.survivor_id = %(actor)s AND c.withdrawn_at IS NULL AND (%(all)s OR c.status = ANY(%(open)s))
    GROUP BY l.claim_id
)
SELECT c.status,
    CASE WHEN NOT m.own THEN 'passed' WHEN NOT m.says THEN 'thought'
        WHEN c.inside_id IS NOT NULL THEN 'inside' WHEN m.quoted THEN 'quoted' ELSE 'paraphrased' END,
    CASE WHEN m.concluded THEN 'inferred'
        WHEN c.inside_id IS NOT NULL OR r.reprint_of_id IS NOT NULL OR r.original_publication_id IS NOT NULL
            OR EXISTS (SELECT FROM annotator_attribution b WHERE b.claim_id = m.claim_id AND b.position > 0)
            THEN 'relayed' ELSE 'first' END,
    count(*)
FROM mine m JOIN annotator_claim c ON c.annotation_id = m.claim_id
JOIN annotator_claimwords w ON w.claim_id = m.claim_id JOIN sources_article r ON r.id = w.article_id
GROUP BY 1, 2, 3
"""
"""As `told_by` tells of each, all links read once instead of six times a claim."""


def counts_by(actor: Actor, role: Role | None = None) -> Told:
    """Of the claims that `speakers.claims_by` finds; every status is a key. One query."""
    handed_in = [status.value for status in HANDED_IN]
    told = Told(dict.fromkeys(Status.values, 0), {}, {})
    with connection.cursor() as cursor:
        cursor.execute(TOLD, {"actor": actor.pk, "all": role is not None, "open": handed_in})
        for status, way, reach, n in cursor.fetchall():
            for counts, key in ((told.statuses, status), (told.ways, way), (told.reaches, reach)):
                counts[key] = counts.get(key, 0) + n
    return told


def page_of(
    claims: QuerySet[Any], actor: Actor, role: Role | None, order: Order, size: int
) -> Callable[[Place, Place], Slice]:
    """What cuts a page behind or ahead of a place out of all that `told_by` finds of `claims_by`, in an order
    by publication.

    In each article that is kept for the actor stands one of its claims at least: a page lies in the next few,
    and nothing beyond these is read. Three queries, more on the way back to the first page.
    """
    bring_up_to_date(actor.project_id)

    def near(place: Place, backwards: bool) -> list[int]:
        kept = HeardIn.objects.filter(
            Q() if role else Q(open_said__gt=0) | Q(open_passed_on__gt=0), actor=actor.pk
        ).annotate(first_day=_day(date.max), last_day=_day(UNDATED))
        articles = Order((order.keys[0], "article"), order.reads[:2], order.descending)
        rows = kept.order_by(*articles.by(backwards))
        if place is not None:
            rows = rows.filter(beyond(articles, place[:2], backwards, itself=True))
        return list(rows.values_list("article", flat=True)[: size + 2])

    def cut(after: Place, before: Place) -> Slice:
        # The way back may end on the first page.
        articles = {*near(None, False), *near(before, True)} if before else near(after, False)
        found = claims.filter(searched__article__in=articles)
        return slice_of(found, order, size, after=after, before=before)

    return cut


def _day(unknown: date) -> Coalesce:
    return Coalesce(F("published_min"), Value(unknown))


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
