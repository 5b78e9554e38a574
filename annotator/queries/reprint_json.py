"""Articles whose texts are alike, what was said of two, and what differs, as the API tells them."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from sources.models import Article, LikelyReprint

from .annotation_json import Json
from .keyset import Order, whole
from .reprints import Comparison


def _share(value: Any) -> float:
    if type(value) not in (int, float) or not -1 <= value <= 1:
        raise ValueError(value)
    return float(value)


MOST_ALIKE = Order(("alike", "pk"), (_share, whole))


def by_likeness(found: QuerySet[LikelyReprint]) -> QuerySet[LikelyReprint]:
    """With `alike`, the share of wording in common, which is -1 where that could not be told."""
    return found.annotate(alike=Coalesce("similarity", Value(-1.0)))


def reprints_json(found: QuerySet[LikelyReprint], keys: list[int]) -> list[Json]:
    """One query; `found` brings articles with their outlets and who decided."""
    rows = found.in_bulk(keys)
    return [reprint_json(rows[key]) for key in keys if key in rows]


def reprint_json(row: LikelyReprint) -> Json:
    return {
        "article": _named(row.article),
        "original": _named(row.original),
        "kind": row.kind,
        "state": row.state,
        "similarity": row.similarity,
        "decided_by": str(row.decided_by) if row.decided_by else None,
        "decided_at": row.decided_at and row.decided_at.isoformat(),
    }


def comparison_json(found: Comparison) -> Json:
    """The first text's words are `del` where the second has none of them, the second's `ins`."""
    return {
        "first": {"uuid": str(found.first.uuid), "number": found.first.number},
        "second": {"uuid": str(found.second.uuid), "number": found.second.number},
        "similarity": found.similarity,
        "counts": asdict(found.counts),
        "passages": [
            {"kind": one.kind, "pieces": [{"tag": tag, "words": words} for tag, words in one.pieces]}
            for one in found.passages
        ],
        "left_out": found.left_out,
    }


def _named(article: Article) -> Json:
    outlet = article.publication
    return {"uuid": str(article.uuid), "title": article.title, "outlet": outlet.name if outlet else ""}
