"""Which actors a visitor is told of: members of all, readers of a public project of those whom it shows."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from annotator.models import Actor
from sources.models import Project, Role

from .speakers import actor_of
from .visibility import HANDED_IN

T = TypeVar("T")

SHOWN = """
WITH here AS (SELECT %s::bigint), claims AS MATERIALIZED (
    SELECT annotation_id AS id, withdrawn_at FROM annotator_claim
    WHERE project_id = (TABLE here) AND status = ANY(%s)
), events AS (
    SELECT e.survivor_key FROM annotator_eventmention m JOIN annotator_event e ON e.id = m.event_id
    WHERE m.project_id = (TABLE here)
    UNION SELECT e.survivor_key FROM annotator_eventparticipant p JOIN annotator_event e ON e.id = p.event_id
    WHERE p.project_id = (TABLE here) AND p.mention_id IS NOT NULL
    UNION SELECT e.survivor_key FROM annotator_quantity q JOIN annotator_event e ON e.id = q.event_id
    WHERE q.project_id = (TABLE here) AND q.claim_id IN (SELECT id FROM claims WHERE withdrawn_at IS NULL)
), named AS MATERIALIZED (
    SELECT a.survivor_id AS id FROM annotator_actor a JOIN (
        SELECT actor_id FROM annotator_actormention WHERE project_id = (TABLE here)
        UNION SELECT s.actor_id FROM annotator_attributionsource s
        JOIN annotator_attribution l ON l.id = s.attribution_id
        WHERE s.project_id = (TABLE here) AND l.claim_id IN (SELECT id FROM claims)
        UNION SELECT y.actor_id FROM annotator_party y
        LEFT JOIN annotator_attribution l ON l.id = y.attribution_id
        WHERE y.project_id = (TABLE here) AND coalesce(y.claim_id, l.claim_id) IN (SELECT id FROM claims)
        UNION SELECT p.actor_id FROM annotator_eventparticipant p JOIN annotator_event e ON e.id = p.event_id
        WHERE p.project_id = (TABLE here) AND e.survivor_key IN (SELECT survivor_key FROM events)
    ) said ON said.actor_id = a.id
)
SELECT id FROM named
UNION SELECT o.survivor_id FROM annotator_affiliation f JOIN annotator_actor a ON a.id = f.actor_id
JOIN annotator_actor o ON o.id = f.organisation_id
WHERE f.project_id = (TABLE here) AND a.survivor_id IN (SELECT id FROM named)
UNION SELECT n.survivor_id FROM annotator_actorresolution r JOIN annotator_actor n ON n.id = r.named_id
JOIN annotator_actor u ON u.id = r.anonymous_id
WHERE r.project_id = (TABLE here) AND r.undone_at IS NULL AND u.survivor_id IN (SELECT id FROM named)
"""
"""The keys of those who stand for them, of a project with the statuses of claims that are open.
Set by set: asked of each actor by itself, the plan alone takes ten times as long."""


def actors_open_to(project: Project, role: Role | None) -> QuerySet[Actor]:
    """For readers, those whom a text, an event (as `events_of` has them) or a claim that was handed in names,
    what these belong to, who an anonymous one of these turned out to be, and whoever is one with them: who is
    named in drafts alone is as one who is not there."""
    found = Actor.objects.filter(project=project)
    if role is not None:
        return found
    asked = [project.pk, [status.value for status in HANDED_IN]]
    return found.filter(survivor__in=RawSQL(SHOWN, asked))  # noqa: S611  every name is written above


def actor_open_to(project: Project, uuid: UUID, role: Role | None) -> Actor | None:
    """As `actor_of`, for a visitor of that role."""
    actor = actor_of(project, uuid)
    if actor is None or role is not None:
        return actor
    return actor if actors_open_to(project, role).filter(pk=actor.pk).exists() else None


def among_open(project: Project, rows: Sequence[T], key: Callable[[T], int]) -> list[T]:
    """Those whose actor, of that key, readers are told of. One query, none where there is nobody."""
    keys = {key(row) for row in rows}
    shown = (
        set(actors_open_to(project, None).filter(pk__in=keys).values_list("pk", flat=True)) if keys else keys
    )
    return [row for row in rows if key(row) in shown]
