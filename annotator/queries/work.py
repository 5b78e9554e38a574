"""How far a project's articles and annotators are, from what is kept of them (`WorkIn`), all claims together.

The same numbers as `overview.py` and `claims.by_status` count anew of the claims that somebody asks for.
"""

# ruff: noqa: S608  (all of it is written in these files)

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import Status, WorkIn
from sources.models import Article, Project, Role

from .articles import articles_like
from .heard import bring_up_to_date
from .overview import ANNOTATORS_TOLD, ARTICLES_TOLD, STATUSES, First, Standing, standings

FOUND = """
WITH found AS (
    SELECT article_id, author AS author_id, status, claims - again AS n FROM annotator_workin
    WHERE project_id = %s AND (%s OR status <> 'draft') AND claims > again
)
"""
_PER = """
{found}, per AS (SELECT {key}, sum(n) AS every, {by_status} FROM found GROUP BY {key})
"""
_BY_STATUS = ", ".join(f"coalesce(sum(n) FILTER (WHERE status = '{one}'), 0) AS {one}" for one in STATUSES)
ARTICLES = _PER.format(found=FOUND, key="article_id", by_status=_BY_STATUS) + ARTICLES_TOLD
ANNOTATORS = _PER.format(found=FOUND, key="author_id", by_status=_BY_STATUS) + ANNOTATORS_TOLD
WHERE_WORKED = f"""{FOUND}
SELECT article_id, author_id, sum(n) FROM found
WHERE article_id = ANY(%s) AND author_id = ANY(%s) GROUP BY 1, 2
"""


def by_article(project: Project, role: Role | None, most: int) -> First:
    """As `overview.by_article` of all claims that a visitor of that role sees, without what a text says
    again. Two queries."""
    return standings(_asked(project, role, ARTICLES, most))


def by_annotator(project: Project, role: Role | None, most: int) -> First:
    """As `overview.by_annotator`. Two queries."""
    return standings(_asked(project, role, ANNOTATORS, most))


def worked_on(
    project: Project, role: Role | None, articles: Iterable[Standing], people: Iterable[Standing]
) -> dict[tuple[int, int], int]:
    """As `overview.worked_on`. Two queries."""
    keys = [[one.pk for one in some] for some in (articles, people)]
    return {(article, who): int(n) for article, who, n in _asked(project, role, WHERE_WORKED, *keys)}


def without_claims(project: Project, role: Role | None) -> QuerySet[Article]:
    """As `articles.articles_like` finds those without claims that a visitor of that role sees. One query
    besides."""
    bring_up_to_date(project.pk)
    seen = Q() if role else ~Q(status=Status.DRAFT)
    return articles_like(project).filter(~Exists(WorkIn.objects.filter(seen, article=OuterRef("pk"))))


def waiting_longest(project: Project, role: Role | None, limit: int = 5) -> list[Article]:
    """Articles nobody has marked a claim in yet, the first imported first. Two queries."""
    return list(without_claims(project, role).order_by("pk")[:limit])


def by_status(project: Project, role: Role | None) -> dict[str, int]:
    """As `claims.by_status` of all claims that a visitor of that role sees. Two queries."""
    return dict.fromkeys(Status.values, 0) | dict(_asked(project, role, STATUS))


STATUS = """
SELECT status, sum(claims)::bigint FROM annotator_workin
WHERE project_id = %s AND (%s OR status <> 'draft') GROUP BY status
"""


def _asked(project: Project, role: Role | None, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    bring_up_to_date(project.pk)
    with connection.cursor() as cursor:
        cursor.execute(statement, [project.pk, role is not None, *values])
        return cursor.fetchall()
