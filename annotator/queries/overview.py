"""A project at a glance: how far its articles and annotators are, who speaks how often, of what, and when."""

# ruff: noqa: S608  (all of it is written in this file, or by the ORM with its values apart)

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max, Min, QuerySet

from annotator.models import Claim, ClaimWords, Code, Facet
from annotator.models.claim_words import UNDATED
from sources.models import Project, Publication, Role

from .claims import Wanted, claims_like
from .identities import labels_of_keys
from .people import KEY
from .visibility import seen_by

MOST = 300
"""Outlets and years to choose from at most."""
STATUSES = ("draft", "submitted", "disputed", "rejected", "accepted")
"""In the order in which a claim comes through them."""


@dataclass(frozen=True)
class Standing:
    """Of an article or annotator, the claims by status; `key` is a UUID or username."""

    key: str
    name: str
    counts: dict[str, int]
    pk: int = 0
    language: str = ""
    note: str = ""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Ranked:
    """`key` is a UUID or a code's key."""

    key: str
    name: str
    claims: int


@dataclass(frozen=True)
class First:
    """The first of `every` there are; the others have `claims_left` claims between them, which for speakers
    and topics may be the same ones."""

    rows: list[Any] = field(default_factory=list)
    every: int = 0
    claims_left: int = 0

    @property
    def left(self) -> int:
        return self.every - len(self.rows)


def claims_of(project: Project, wanted: Wanted, role: Role | None) -> QuerySet[Claim]:
    """What is drawn: those that the desk finds for the same."""
    return claims_like(project, wanted, role).filter(seen_by(role)).order_by()


def _asked(claims: QuerySet[Claim], statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    sql, given = (
        claims.values("pk", "status").query.get_compiler(connection=connection, elide_empty=False).as_sql()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH found (id, status) AS ({sql}) {statement}", [*given, *values])
        return cursor.fetchall()


_BY_STATUS = ", ".join(f"count(*) FILTER (WHERE f.status = '{one}') AS {one}" for one in STATUSES)
ARTICLES = f"""
, per AS (
    SELECT w.article_id, count(*) AS every, {_BY_STATUS}
    FROM found f JOIN annotator_claimwords w ON w.claim_id = f.id GROUP BY w.article_id
)
"""
ARTICLES_TOLD = f"""
, total AS (SELECT *, count(*) OVER () AS articles, sum(every) OVER () AS claims FROM per)
SELECT r.uuid::text, r.title, {", ".join(STATUSES)}, r.id, r.language, coalesce(p.name, ''), articles, claims
FROM total JOIN sources_article r ON r.id = total.article_id
LEFT JOIN sources_publication p ON p.id = r.publication_id
ORDER BY draft + submitted + disputed DESC, every DESC, r.id DESC LIMIT %s
"""
ANNOTATORS = f"""
, per AS (
    SELECT a.author_id, count(*) AS every, {_BY_STATUS}
    FROM found f JOIN annotator_annotation a ON a.id = f.id GROUP BY a.author_id
)
"""
ANNOTATORS_TOLD = f"""
, total AS (SELECT *, count(*) OVER () AS people, sum(every) OVER () AS claims FROM per)
SELECT {KEY}, coalesce(nullif(u.name, ''), split_part(u.username, '@', 1)), {", ".join(STATUSES)}, u.id,
       '', '', people, claims
FROM total JOIN sources_user u ON u.id = total.author_id ORDER BY every DESC, u.username LIMIT %s
"""
WHERE_WORKED = """
SELECT w.article_id, a.author_id, count(*) FROM found f JOIN annotator_annotation a ON a.id = f.id
JOIN annotator_claimwords w ON w.claim_id = f.id WHERE w.article_id = ANY(%s) AND a.author_id = ANY(%s)
GROUP BY 1, 2
"""
SPEAKERS = """
, per AS (
    SELECT a.survivor_id AS who, count(DISTINCT f.id) AS n
    FROM found f JOIN annotator_attribution l ON l.claim_id = f.id AND l.position = 0
    JOIN annotator_attributionsource s ON s.attribution_id = l.id JOIN annotator_actor a ON a.id = s.actor_id
    GROUP BY a.survivor_id
), total AS (SELECT *, count(*) OVER () AS speakers, sum(n) OVER () AS claims FROM per)
SELECT a.uuid::text, a.name, n, a.id, speakers, claims FROM total JOIN annotator_actor a ON a.id = total.who
ORDER BY n DESC, a.name, a.id LIMIT %s
"""
TOPICS = """
, per AS (
    SELECT t.topic_id, count(*) AS n FROM found f JOIN annotator_claimtopic t ON t.claim_id = f.id
    GROUP BY t.topic_id
), total AS (SELECT *, count(*) OVER () AS topics, sum(n) OVER () AS claims FROM per)
SELECT k.key, k.name, n, k.id, topics, claims FROM total JOIN annotator_code k ON k.id = total.topic_id
ORDER BY n DESC, k.name, k.id LIMIT %s
"""
UNTOPICED = """
SELECT count(*) FROM found f WHERE NOT EXISTS (SELECT FROM annotator_claimtopic t WHERE t.claim_id = f.id)
"""
DAYS = """
, per AS (
    SELECT w.article_id, w.published, count(*) AS n
    FROM found f JOIN annotator_claimwords w ON w.claim_id = f.id GROUP BY 1, 2
)
SELECT per.published, greatest(per.published, r.published_max), sum(n)::int
FROM per JOIN sources_article r ON r.id = per.article_id GROUP BY 1, 2 ORDER BY 1, 2
"""


def by_article(claims: QuerySet[Claim], most: int) -> First:
    """Those with the most work left first. One query."""
    return standings(_asked(claims, ARTICLES + ARTICLES_TOLD, [most]))


def by_annotator(claims: QuerySet[Claim], most: int) -> First:
    """Whose claims they are, most first. One query."""
    return standings(_asked(claims, ANNOTATORS + ANNOTATORS_TOLD, [most]))


def standings(rows: list[tuple[Any, ...]]) -> First:
    """Of rows of ARTICLES_TOLD or ANNOTATORS_TOLD."""
    found = []
    for key, name, *rest in rows:
        counts = dict(zip(STATUSES, rest, strict=False))
        pk, language, note = rest[len(STATUSES) : len(STATUSES) + 3]
        found.append(Standing(key, name, counts, pk, language, note))
    every, claims = rows[0][-2:] if rows else (0, 0)
    return First(found, every, int(claims) - sum(one.total for one in found))


def worked_on(
    claims: QuerySet[Claim], articles: Iterable[Standing], people: Iterable[Standing]
) -> dict[tuple[int, int], int]:
    """By keys of an article and an annotator, the claims that the one made in the other. One query."""
    keys = [[one.pk for one in some] for some in (articles, people)]
    return {(article, who): n for article, who, n in _asked(claims, WHERE_WORKED, keys)}


def by_speaker(claims: QuerySet[Claim], most: int) -> First:
    """Those who say them, innermost in a chain; who is anonymous by the label. Two queries."""
    rows = _asked(claims, SPEAKERS, [most])
    labels = labels_of_keys(row[3] for row in rows)
    found = [Ranked(key, labels[pk].whole if pk in labels else name, n) for key, name, n, pk, *_ in rows]
    return _ranked(found, rows)


def by_topic(claims: QuerySet[Claim], most: int) -> First:
    """One query."""
    rows = _asked(claims, TOPICS, [most])
    return _ranked([Ranked(key, name, n) for key, name, n, *_ in rows], rows)


def _ranked(found: list[Ranked], rows: list[tuple[Any, ...]]) -> First:
    every, claims = rows[0][-2:] if rows else (0, 0)
    return First(found, every, int(claims) - sum(one.claims for one in found))


def without_topic(claims: QuerySet[Claim]) -> int:
    return int(_asked(claims, UNTOPICED)[0][0])


@dataclass(frozen=True)
class Days:
    """`on`: by the first day that the date of publication may mean. `spans` are (first, last, claims) of
    those that may mean several; `undated` claims have none."""

    on: Counter[date]
    spans: list[tuple[date, date, int]]
    undated: int


def by_day(claims: QuerySet[Claim]) -> Days:
    """One query."""
    rows = _asked(claims, DAYS)
    on: Counter[date] = Counter()
    for first, _, n in rows:
        on[first] += n
    undated = on.pop(UNDATED, 0)
    return Days(on, [row for row in rows if row[0] != UNDATED and row[0] < row[1]], undated)


@dataclass(frozen=True)
class Offered:
    """What the overview can be narrowed to."""

    topics: list[tuple[str, str]]
    outlets: list[tuple[str, str]]
    years: list[str]


def offered(project: Project) -> Offered:
    """Three queries."""
    topics = Code.objects.filter(project=project, facet=Facet.TOPIC, merged_into=None)
    outlets = (
        Publication.objects.filter(project=project, merged_into=None)
        .order_by("name")
        .values_list("uuid", "name")
    )
    ends = ClaimWords.objects.filter(project=project, published__gt=UNDATED).aggregate(
        first=Min("published"), last=Max("published")
    )
    first, last = ends["first"], ends["last"]
    return Offered(
        list(topics.order_by("position", "name").values_list("key", "name")),
        [(str(uuid), name) for uuid, name in outlets[:MOST]],
        [str(year) for year in range(last.year, first.year - 1, -1)][:MOST] if first else [],
    )
