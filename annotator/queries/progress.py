"""Where a project stands: how much there is, what was done last."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from sources.models import Project, Role

from .events import events_of
from .heard import bring_up_to_date
from .visibility import HANDED_IN

TOTALS = """
SELECT (SELECT count(*) FROM sources_article WHERE project_id = %(project)s),
       (SELECT count(*) FROM sources_sentence s JOIN sources_snapshot n
               ON n.current_segmentation_id = s.segmentation_id WHERE n.project_id = %(project)s),
       (SELECT coalesce(sum(claims - again), 0)::bigint FROM annotator_workin WHERE project_id = %(project)s
               AND (%(all)s OR status = ANY(%(open)s))),
       (SELECT count(*) FROM annotator_claim WHERE project_id = %(project)s AND withdrawn_at IS NULL
               AND (%(all)s OR status = ANY(%(open)s)) AND inside_id IS NOT NULL),
       (SELECT count(*) FROM annotator_heard WHERE project_id = %(project)s AND drafts = %(all)s),
       (SELECT count(*) FROM annotator_release WHERE project_id = %(project)s AND state = 'ready')
"""

# Each arm takes its newest few by an index before they are put in one order.
ACTIVITY = """
SELECT what, at, coalesce(nullif(u.name, ''), split_part(u.username, '@', 1), ''), said, target FROM (
    (SELECT 'imported' AS what, created_at AS at, added_by_id AS who, title AS said, uuid AS target
     FROM sources_article WHERE project_id = %(project)s ORDER BY id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT 'claimed', a.created_at, a.author_id, array_to_string(a.quotes, ' … '), c.uuid
     FROM annotator_claim c JOIN annotator_annotation a ON a.id = c.annotation_id
     WHERE c.project_id = %(project)s AND c.withdrawn_at IS NULL
     ORDER BY c.annotation_id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT r.decision, r.at, r.reviewer_id, array_to_string(a.quotes, ' … '), c.uuid
     FROM annotator_review r JOIN annotator_claim c ON c.annotation_id = r.claim_id
     JOIN annotator_annotation a ON a.id = c.annotation_id
     WHERE r.project_id = %(project)s AND c.withdrawn_at IS NULL ORDER BY r.id DESC LIMIT %(limit)s)
) latest LEFT JOIN sources_user u ON u.id = who
ORDER BY at DESC, what LIMIT %(limit)s
"""


@dataclass(frozen=True)
class Totals:
    """`claims` without those that a text only says again; `inside` lie inside another claim."""

    articles: int
    sentences: int
    claims: int
    inside: int
    speakers: int
    releases: int
    events: int


@dataclass(frozen=True)
class Deed:
    """One thing somebody did: `what` is imported, claimed or a review's decision; `target` a UUID."""

    what: str
    at: datetime
    who: str
    said: str
    target: str


def totals(project: Project, role: Role | None = None) -> Totals:
    """What a visitor of that role may count; claims and speakers from what is kept of them. Three queries."""
    bring_up_to_date(project.pk)
    handed_in = [status.value for status in HANDED_IN]
    with connection.cursor() as cursor:
        cursor.execute(TOTALS, {"project": project.pk, "all": role is not None, "open": handed_in})
        counted = [*cursor.fetchone(), events_of(project).count()]
    return Totals(*counted)


def latest(project: Project, limit: int = 10) -> list[Deed]:
    with connection.cursor() as cursor:
        cursor.execute(ACTIVITY, {"project": project.pk, "limit": limit})
        return [Deed(*row) for row in cursor.fetchall()]
