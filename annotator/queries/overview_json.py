"""A project at a glance, in numbers, as the API tells it."""

from typing import Any

from django.db.models import QuerySet

from annotator.models import Claim

from . import overview as query
from .annotation_json import Json
from .citing import Network, network


def overview_json(claims: QuerySet[Claim], most: int) -> Json:
    """Of each ranking at most so many rows. Eleven queries at most."""
    return {
        "articles": _first(query.by_article(claims, most), _standing),
        "annotators": _first(query.by_annotator(claims, most), _standing),
        "speakers": _first(query.by_speaker(claims, most), _ranked),
        "topics": _first(query.by_topic(claims, most), _ranked),
        "without_topic": query.without_topic(claims),
        "published": _days(query.by_day(claims)),
        "citing": _network(network(claims, most)),
    }


def _first(found: query.First, tell: Any) -> Json:
    rows = [tell(row) for row in found.rows]
    return {"rows": rows, "every": found.every, "claims_left": found.claims_left}


def _standing(row: query.Standing) -> Json:
    return {"key": row.key, "name": row.name, "claims": row.total, "counts": row.counts}


def _ranked(row: query.Ranked) -> Json:
    return {"key": row.key, "name": row.name, "claims": row.claims}


def _days(days: query.Days) -> Json:
    return {
        "days": [{"day": day.isoformat(), "claims": number} for day, number in sorted(days.on.items())],
        "inexact": [
            {"first": first.isoformat(), "last": last.isoformat(), "claims": number}
            for first, last, number in days.spans
        ],
        "undated": days.undated,
    }


def _network(found: Network) -> Json:
    nodes = found.nodes
    return {
        "nodes": [
            {
                "uuid": str(node.uuid),
                "name": node.name,
                "outlet": node.outlet,
                "given": node.given,
                "taken": node.taken,
            }
            for node in nodes.values()
        ],
        "edges": [
            {
                "source": str(nodes[edge.source].uuid),
                "target": str(nodes[edge.target].uuid),
                "claims": edge.claims,
            }
            for edge in found.edges
        ],
        "every": found.every,
    }
