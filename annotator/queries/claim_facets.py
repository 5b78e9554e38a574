"""How many of the claims that were found are of each status, speaker, type …: what may narrow a search.

A facet that the search is narrowed by already is counted as if it were not: so many claims a further value of
it would let in, but for those that the chosen ones have let in already.
"""

# ruff: noqa: S608  (all of it is written in this file, or by the ORM with its values apart)

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection

from annotator.models import Actor, Naming, Status
from sources.models import Project, Role

from .claims import Wanted, claims_like
from .counting import STANDING, said_again_sql
from .identities import called
from .people import KEY
from .periods import days_of
from .visibility import seen_by

COUNTED = 10_000
"""Of so many claims at most; what more there are is not looked at, and said."""
SHOWN, SHOWN_ALL = 8, 200

# What facets count by is read once for every claim that was found, and not at all where no facet asks for it;
# a claim counts once for each speaker.
READ = """, judged AS MATERIALIZED (
    SELECT c.status, c.type_id, c.inside_id FROM found f JOIN annotator_claim c ON c.annotation_id = f.id
), printed AS MATERIALIZED (
    SELECT w.article_id, w.publication_id, w.published
    FROM found f JOIN annotator_claimwords w ON w.claim_id = f.id
), spoken AS MATERIALIZED (
    SELECT DISTINCT f.id, a.survivor_id AS who FROM found f
    JOIN annotator_attribution l ON l.claim_id = f.id
    JOIN annotator_attributionsource s ON s.attribution_id = l.id JOIN annotator_actor a ON a.id = s.actor_id
)"""
_YEAR = "CASE WHEN published = '0001-01-01' THEN 'undated' ELSE to_char(published, 'YYYY') END"
_MONTH = "to_char(published, 'YYYY-MM')"
# Each gives (key, label, number).
ARMS = {
    "status": "SELECT status, status, count(*) FROM judged GROUP BY 1",
    "speaker": """SELECT a.uuid::text, a.name, g.n
        FROM (SELECT who, count(*) AS n FROM spoken GROUP BY who) g JOIN annotator_actor a ON a.id = g.who""",
    "kind": """SELECT k.key, k.name, g.n FROM (
            SELECT a.kind_id, count(DISTINCT s.id) AS n FROM spoken s JOIN annotator_actor a ON a.id = s.who
            GROUP BY a.kind_id) g JOIN annotator_code k ON k.id = g.kind_id""",
    "type": """SELECT k.key, k.name, g.n FROM (SELECT type_id, count(*) AS n FROM judged GROUP BY type_id) g
        JOIN annotator_code k ON k.id = g.type_id""",
    "topic": """SELECT k.key, k.name, g.n FROM (
            SELECT t.topic_id, count(*) AS n FROM found f JOIN annotator_claimtopic t ON t.claim_id = f.id
            GROUP BY t.topic_id) g JOIN annotator_code k ON k.id = g.topic_id""",
    "outlet": """SELECT o.uuid::text, o.name, g.n
        FROM (SELECT publication_id, count(*) AS n FROM printed GROUP BY publication_id) g
        JOIN sources_publication o ON o.id = g.publication_id""",
    "period": f"SELECT {_YEAR}, {_YEAR}, count(*) FROM printed GROUP BY 1",
    "month": f"SELECT {_MONTH}, {_MONTH}, count(*) FROM printed WHERE {_YEAR} = '<year>' GROUP BY 1",
    "annotator": f"""SELECT {KEY}, coalesce(nullif(u.name, ''), split_part(u.username, '@', 1)), g.n
        FROM (SELECT a.author_id, count(*) AS n FROM found f JOIN annotator_annotation a ON a.id = f.id
              GROUP BY a.author_id) g
        JOIN sources_user u ON u.id = g.author_id""",
    "article": """SELECT r.uuid::text, r.title, g.n
        FROM (SELECT article_id, count(*) AS n FROM printed GROUP BY article_id) g
        JOIN sources_article r ON r.id = g.article_id""",
}
NAMES = {
    "status": "Status",
    "speaker": "Speaker",
    "kind": "Kind of speaker",
    "type": "Type",
    "topic": "Topic",
    "outlet": "Outlet",
    "period": "Year",
    "month": "Month",
    "annotator": "Annotator",
    "article": "Article",
}
OF_WANTED = {"month": "period"}
"""The field of `Wanted` where it is called otherwise than the facet."""
FOREIGN = {"speaker", "outlet", "article"}
"""Their labels are published words, in any direction of writing."""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Facet:
    """`choices` with the most claims first, years and months with the latest; `more` if there are others."""

    key: str
    name: str
    choices: list[Choice]
    more: bool = False

    @property
    def field(self) -> str:
        return OF_WANTED.get(self.key, self.key)

    @property
    def published_words(self) -> bool:
        return self.key in FOREIGN


@dataclass(frozen=True)
class Counted:
    """How many claims were found (COUNTED + 1 means more), how many of them lie inside another or are only
    said again by their text, and the facets in their order."""

    total: int = 0
    inside: int = 0
    again: int = 0
    facets: list[Facet] = field(default_factory=list)

    @property
    def most(self) -> str:
        return f"{COUNTED:,}"

    @property
    def beyond(self) -> bool:
        return self.total > COUNTED


def counted(project: Project, wanted: Wanted, role: Role | None, unfolded: str = "") -> Counted:
    """One query, and one more for each facet that the search is narrowed by. Of the facet `unfolded` as many
    choices are given as anybody reads."""
    year = _year(wanted)
    facets = [key for key in ARMS if key != "month" or year]
    arms = {key: _arm(key, SHOWN_ALL if key == unfolded else SHOWN, year) for key in facets}
    narrowed = sorted({_field(key) for key in facets if _asked(wanted, key)})
    free = [arms[key] for key in facets if _field(key) not in narrowed]
    rows = _counts(project, wanted, role, [*_numbers(project), *free])
    for name in narrowed:
        nothing: dict[str, Any] = {name: ()}
        freed = replace(wanted, **nothing)
        rows += _counts(project, freed, role, [arms[key] for key in facets if _field(key) == name])
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for facet, key, label, n in rows:
        found[facet].append((key, label, n))
    found["speaker"] = _labelled(project, found["speaker"])
    numbers = {key: n for key, _, n in found["numbers"]}
    return Counted(
        **numbers, facets=[_facet(key, found[key], wanted, unfolded) for key in facets if found[key]]
    )


def _labelled(project: Project, rows: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """The speakers, those who are anonymous by their labels. Two queries at most, of as many as are shown."""
    hidden = Actor.objects.filter(
        project=project, naming=Naming.ANONYMOUS, uuid__in=[key for key, _, _ in rows]
    )
    actors = list(hidden) if rows else []
    names = called(actors)
    labels = {str(actor.uuid): names[actor.pk] for actor in actors}
    return [(key, labels.get(key, name), n) for key, name, n in rows]


def _field(facet: str) -> str:
    return OF_WANTED.get(facet, facet)


def _asked(wanted: Wanted, facet: str) -> tuple[str, ...]:
    return tuple(str(one) for one in getattr(wanted, _field(facet)))


def _year(wanted: Wanted) -> str:
    """Of which months are told: the one that all the periods lie in that are asked for."""
    years = {one[:4] for one in wanted.period}
    return next(iter(years)) if len(years) == 1 and days_of(next(iter(years))) else ""


def _counts(
    project: Project, wanted: Wanted, role: Role | None, arms: list[str]
) -> list[tuple[str, str, str, int]]:
    """(facet, key, label, number) of the claims that are wanted, by all of the arms in one query."""
    claims = claims_like(project, wanted, role).filter(seen_by(role)).order_by().values("pk")[: COUNTED + 1]
    sql, given = claims.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"WITH found (id) AS MATERIALIZED ({sql}){READ} {' UNION ALL '.join(arms)}", given)
        return cursor.fetchall()


def _numbers(project: Project) -> list[str]:
    again = said_again_sql("(SELECT id AS annotation_id FROM found)", str(int(project.pk)), STANDING)
    inside = "SELECT FROM judged WHERE inside_id IS NOT NULL"
    counts = {"total": "SELECT FROM found", "inside": inside, "again": again}
    return [f"SELECT 'numbers', '{key}', '', (SELECT count(*) FROM ({sql}) s)" for key, sql in counts.items()]


def _arm(facet: str, most: int, year: str) -> str:
    """`year` is four digits, or empty."""
    first = "2 DESC" if facet in ("period", "month") else "4 DESC, 3, 2"
    return (
        f"(SELECT '{facet}', key, label, n FROM ({ARMS[facet].replace('<year>', year)})"
        f" AS one (key, label, n) ORDER BY {first} LIMIT {most + 1})"
    )


def _facet(key: str, rows: list[tuple[str, str, int]], wanted: Wanted, unfolded: str) -> Facet:
    """A year is chosen with each of its months."""
    most, asked = SHOWN_ALL if key == unfolded else SHOWN, _asked(wanted, key)
    label = {status.value: str(status.label) for status in Status} if key == "status" else {}
    choices = [Choice(k, label.get(k, said), n, _chosen(key, k, asked)) for k, said, n in rows[:most]]
    return Facet(key, NAMES[key], choices, len(rows) > most)


def _chosen(facet: str, key: str, asked: tuple[str, ...]) -> bool:
    return key in asked or (facet == "period" and any(one.startswith(key) for one in asked))
