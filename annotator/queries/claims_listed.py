"""Claims as the API tells them, with the article that each stands in, and the decisions on them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from annotator.models import Claim, Review
from sources.models import Article, Project, Role

from .annotation_json import Json, annotations_json
from .chains import chains_of, in_words
from .claim_cards import with_records
from .claim_facets import Counted
from .keyset import Order, whole
from .visibility import kept_for, seen_by

LATEST_FIRST = Order(("pk",), (whole,))
"""Of reviews: in the order in which they were decided, the latest first."""


def claims_seen(project: Project, role: Role | None) -> QuerySet[Claim]:
    """Of the project, those that a visitor of that role sees; withdrawn ones are told to members, as such."""
    return Claim.objects.filter(seen_by(role), project=project)


def claims_json(keys: list[int], role: Role | None) -> list[Json]:
    """Contract CLAIM, in the order of the keys: an ANNOTATION with what a reader needs to cite it. A fixed
    number of queries."""
    marks = {one["uuid"]: one for one in annotations_json(keys, role)}
    claims = {claim.pk: claim for claim in with_records(Claim.objects.filter(pk__in=keys))}
    chains = chains_of(claims.values(), for_readers=role is None)
    decided = _latest(keys)
    return [
        marks[str(claims[key].uuid)]
        | _around(claims[key])
        | {
            "chain": "; ".join(in_words(chain) for chain in chains[key]),
            "review": decided.get(key),
        }
        for key in keys
    ]


def _around(claim: Claim) -> Json:
    anchor = claim.annotation
    return {
        "text": str(anchor.snapshot.uuid),
        "article": _article(anchor.snapshot.article),
        "prefix": anchor.prefix,
        "suffix": anchor.suffix,
        "codebook_version": claim.codebook_version,
        "made_at": anchor.created_at.isoformat(),
        "changed_at": anchor.updated_at.isoformat(),
        "page": f"/c/{claim.uuid}/",
    }


def _article(article: Article) -> Json:
    return {
        "uuid": str(article.uuid),
        "title": article.title,
        "outlet": article.publication.name if article.publication else "",
        "published": article.published,
        "language": article.language,
        "url": article.url,
    }


def _latest(keys: Iterable[int]) -> dict[int, Json]:
    """By claim, the latest decision on it. One query."""
    rows = Review.objects.filter(claim__in=list(keys)).order_by("claim", "-pk").distinct("claim")
    return {row.claim_id: _review(row) for row in rows.select_related("claim", "reviewer")}


def reviews_like(
    project: Project,
    role: Role | None,
    *,
    claim: UUID | None = None,
    decision: tuple[str, ...] = (),
    reviewer: Any = None,
    since: Any = None,
) -> QuerySet[Review]:
    """Decisions on claims that a visitor of that role sees; `reviewer` is a condition on users' rows."""
    found = Review.objects.filter(kept_for(role, "claim"), project=project)
    if claim:
        found = found.filter(claim__uuid=claim)
    if decision:
        found = found.filter(decision__in=decision)
    if reviewer is not None:
        found = found.filter(reviewer)
    return found.filter(at__gte=since) if since else found


def reviews_json(reviews: QuerySet[Review]) -> list[Json]:
    """The latest first. One query."""
    return [_review(row) for row in reviews.select_related("claim", "reviewer").order_by("-pk")]


def _review(row: Review) -> Json:
    return {
        "uuid": str(row.uuid),
        "claim": str(row.claim.uuid),
        "version": row.claim_version,
        "decision": row.decision,
        "reason": row.reason,
        "reviewer": str(row.reviewer),
        "at": row.at.isoformat(),
    }


def facets_json(counted: Counted) -> Json:
    """`more` where more were found than are counted."""
    return {
        "total": counted.total,
        "more": counted.beyond,
        "inside": counted.inside,
        "again": counted.again,
        "facets": [
            {
                "facet": facet.key,
                "parameter": facet.field,
                "name": facet.name,
                "more": facet.more,
                "choices": [
                    {"key": one.key, "label": one.label, "count": one.count, "chosen": one.chosen}
                    for one in facet.choices
                ],
            }
            for facet in counted.facets
        ],
    }
