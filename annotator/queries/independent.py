"""Who carries what: in how many outlets, and how many of them have it from somewhere of their own.

An article has its story from the outlet at the end of its reprints: the agency that its record names, else
the outlet of the article that was reprinted, else its own. Those that have it from the same one count once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from annotator.models import AttributionSource
from sources.models import Role

from .visibility import HANDED_IN, seen_by


@dataclass(frozen=True)
class Carrier:
    """An article, whose outlet it is, and from whom it has the story (`origin`). `claim` is the one that says
    it there, where that is known; `marked`: there is one, else it is a reprint in which nobody marked it."""

    article: UUID
    title: str
    language: str
    outlet: str
    published: str
    origin: str
    origin_key: tuple[str, int]
    day: date | None = None
    claim: UUID | None = None
    marked: bool = False


@dataclass(frozen=True)
class Sources:
    """By origin, the articles that have it from there, each in the order of publication."""

    groups: list[tuple[str, list[Carrier]]]

    @property
    def articles(self) -> int:
        return sum(len(carriers) for _, carriers in self.groups)

    @property
    def outlets(self) -> int:
        """Articles without an outlet are one each: nobody knows that they are of the same."""
        every = [one for _, carriers in self.groups for one in carriers]
        return len({one.outlet or str(one.article) for one in every})

    @property
    def reprints(self) -> int:
        """Articles in which nobody has marked it, but in one whose story theirs is."""
        return sum(not one.marked for _, carriers in self.groups for one in carriers)

    @property
    def independent(self) -> int:
        return len(self.groups)


# What is said to repeat it, from either end and however far, and stands.
REPEATED = """
WITH RECURSIVE same (claim, other) AS (
    SELECT id, id FROM unnest(%(claims)s::bigint[]) AS given (id)
    UNION
    SELECT s.claim, o.annotation_id FROM same s
    JOIN annotator_claimrelation r ON s.other IN (r.claim_id, r.other_id)
    JOIN annotator_code k ON k.id = r.kind_id AND k.key = 'repeats'
    JOIN annotator_claim o
        ON o.annotation_id = CASE WHEN r.claim_id = s.other THEN r.other_id ELSE r.claim_id END
    WHERE o.withdrawn_at IS NULL AND o.status <> 'rejected' AND (%(all)s OR o.status = ANY(%(open)s))
)
SELECT s.claim, c.uuid, t.article_id FROM same s
JOIN annotator_annotation c ON c.id = s.other JOIN sources_snapshot t ON t.id = c.snapshot_id
ORDER BY s.claim, s.other <> s.claim, s.other
"""
# Up to the first of each line of reprints, and down again to all of them.
FAMILIES = """
WITH RECURSIVE up (article, at, step) AS (
    SELECT id, id, 0 FROM unnest(%(articles)s::bigint[]) AS given (id)
    UNION
    SELECT up.article, a.reprint_of_id, step + 1 FROM up JOIN sources_article a ON a.id = up.at
    WHERE a.reprint_of_id IS NOT NULL AND step < 20
), root AS (SELECT DISTINCT ON (article) article, at FROM up ORDER BY article, step DESC),
down (root, at, step) AS (
    SELECT DISTINCT at, at, 0 FROM root
    UNION
    SELECT down.root, a.id, step + 1 FROM down JOIN sources_article a ON a.reprint_of_id = down.at
    WHERE step < 20
), told AS (
    -- the first may give no origin, but one of those that reprint it does: it is the origin of all of them
    SELECT DISTINCT ON (down.root) down.root, a.original_publication_id AS origin
    FROM down JOIN sources_article a ON a.id = down.at
    WHERE a.original_publication_id IS NOT NULL ORDER BY down.root, a.id
)
SELECT root.article, m.id, m.uuid, m.title, m.language, coalesce(p.name, ''), m.published, m.published_min,
       o.id, o.name, first.id, first.title
FROM root JOIN down ON down.root = root.at
JOIN sources_article m ON m.id = down.at JOIN sources_article first ON first.id = root.at
LEFT JOIN sources_publication p ON p.id = m.publication_id
LEFT JOIN told ON told.root = root.at
LEFT JOIN sources_publication o ON o.id = coalesce(
    first.original_publication_id, told.origin, first.publication_id)
ORDER BY m.published_min NULLS LAST, m.id
"""


def sources_of(claims: Iterable[int], role: Role | None = None) -> dict[int, Sources]:
    """By claim, the articles that carry it: its own, those of the claims that are said to repeat it, and the
    reprints of all these. Two queries."""
    values: dict[str, Any] = {
        "claims": list(claims),
        "all": role is not None,
        "open": [status.value for status in HANDED_IN],
    }
    with connection.cursor() as cursor:
        cursor.execute(REPEATED, values)
        told: dict[int, dict[int, UUID]] = defaultdict(dict)
        for claim, uuid, article in cursor.fetchall():
            told[claim].setdefault(article, uuid)
    families = _families({article for said in told.values() for article in said})
    return {claim: _counted(said, families) for claim, said in told.items()}


def sources_of_speakers(
    actors: Iterable[int], role: Role | None, only: Q, *, alone: bool = False
) -> dict[int, Sources]:
    """By speaker, the articles of the claims whose innermost link they are and that `only` lets through, and
    the reprints of these, but not where they `alone` are asked for. Two queries."""
    rows = AttributionSource.objects.filter(
        seen_by(role, "attribution__claim"),
        only,
        attribution__position=0,
        attribution__claim__withdrawn_at=None,
        actor__survivor__in=list(actors),
    )
    said: dict[int, set[int]] = defaultdict(set)
    article = "attribution__claim__searched__article"
    for actor, key in rows.values_list("actor__survivor", article).distinct():
        said[actor].add(key)
    families = _families({key for keys in said.values() for key in keys})
    return {actor: _counted(dict.fromkeys(keys), families, alone=alone) for actor, keys in said.items()}


def sources_of_articles(articles: Iterable[Iterable[int]]) -> list[Sources]:
    """Of each of the sets of articles (keys) who has it from whom, these alone counted. One query."""
    sets = [dict.fromkeys(keys) for keys in articles]
    families = _families({key for keys in sets for key in keys})
    return [_counted(keys, families, alone=True) for keys in sets]


def _families(articles: set[int]) -> dict[int, dict[int, Carrier]]:
    """By article, it and those of the same story by key, in the order of publication. One query."""
    found: dict[int, dict[int, Carrier]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"articles": sorted(articles)})
        for article, key, uuid, title, language, outlet, published, day, *origin in cursor.fetchall():
            agency, name, first, first_title = origin
            of = ("outlet", agency) if agency else ("article", first)
            found[article][key] = Carrier(
                uuid, title, language, outlet, published, name or first_title, of, day
            )
    return found


def _first(row: tuple[date, int, Carrier]) -> tuple[date, int]:
    return row[:2]


def _counted(
    told: dict[int, Any], families: dict[int, dict[int, Carrier]], *, alone: bool = False
) -> Sources:
    """`told` are the articles in which it is said, with the claim that says it; `alone`: no others."""
    carriers: dict[int, Carrier] = {}
    for article in told:
        members = families.get(article, {})
        for key, carrier in members.items():
            if key in told or not alone:
                carriers[key] = carrier
    groups: dict[tuple[str, int], list[tuple[date, int, Carrier]]] = defaultdict(list)
    for key, one in carriers.items():
        said = replace(one, claim=told[key], marked=True) if key in told else one
        groups[one.origin_key].append((one.day or date.max, key, said))
    ordered = sorted((sorted(rows, key=_first) for rows in groups.values()), key=lambda rows: rows[0][:2])
    return Sources([(rows[0][2].origin, [one for _, _, one in rows]) for rows in ordered])
