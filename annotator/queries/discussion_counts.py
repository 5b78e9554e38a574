"""How many discussions there are about something, as lists and cards tell it: to members alone."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from annotator.models import Discussion, DiscussionState
from sources.models import Role, Snapshot

_SHOWN_FOR = {"actor": "actor__survivor", "event": "event__survivor_key", "article": "article"}


def discussed_among(kind: str, keys: Iterable[int], role: Role | None) -> dict[int, tuple[int, int]]:
    """By key (number, open ones) of the discussions about actors, events or articles, those about what was
    merged into them included; of those without any nothing. One query, none for who is no member."""
    if role is None:
        return {}
    field = _SHOWN_FOR[kind]
    rows = Discussion.objects.filter(**{f"{field}__in": list(keys)}).order_by().values_list(field)
    told = rows.annotate(n=Count("pk"), still=Count("pk", filter=Q(state=DiscussionState.OPEN)))
    return {key: (number, still) for key, number, still in told}


_IN_A_TEXT = """
SELECT kind, uuid, count(*), count(*) FILTER (WHERE state = 'open') FROM (
    SELECT 'claim' AS kind, a.uuid, d.state FROM annotator_annotation a
      JOIN annotator_discussion d ON d.claim_id = a.id WHERE a.snapshot_id = %(snapshot)s AND a.kind = 'claim'
    UNION ALL
    SELECT 'article', article.uuid, d.state FROM sources_article article
      JOIN annotator_discussion d ON d.article_id = article.id WHERE article.id = %(article)s
) discussed GROUP BY kind, uuid
"""


def discussed_in(snapshot: Snapshot) -> dict[str, Any]:
    """[number, open ones] of the discussions about the article ("article") and about each claim of that
    text ("claims", by their identifiers). One query."""
    told: dict[str, Any] = {"article": None, "claims": {}}
    with connection.cursor() as cursor:
        cursor.execute(_IN_A_TEXT, {"snapshot": snapshot.pk, "article": snapshot.article_id})
        for kind, uuid, number, still in cursor.fetchall():
            if kind == "article":
                told["article"] = [number, still]
            else:
                told["claims"][str(uuid)] = [number, still]
    return told


def counted(claim: str = "pk") -> dict[str, Any]:
    """Annotations of claims: how many of their discussions there are, and how many are open."""
    held = Discussion.objects.filter(claim=OuterRef(claim)).order_by().values("claim")
    number = held.annotate(n=Count("pk")).values("n")
    still = held.filter(state=DiscussionState.OPEN).annotate(n=Count("pk")).values("n")
    return {
        "discussed": Coalesce(Subquery(number), 0),
        "discussed_open": Coalesce(Subquery(still), 0),
    }
