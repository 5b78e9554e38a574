"""Whether what was handed over may go on: its project is worked on, and its sender may still add to it."""

from __future__ import annotations

from django.db import connection

from sources.models import Intake, IntakeMethod, IntakeState, Project, Role, User

from .locks import hold_standing

_STANDING = """
SELECT i.state, p.archived_at IS NOT NULL, u.is_active, m.role
  FROM sources_intake i
  JOIN sources_project p ON p.id = i.project_id
  JOIN sources_user u ON u.id = i.by_id
  LEFT JOIN sources_membership m ON m.project_id = i.project_id AND m.user_id = i.by_id
 WHERE i.id = %s
"""
_RIGHT = """
SELECT p.archived_at IS NOT NULL, u.is_active, m.role
  FROM sources_project p
 CROSS JOIN sources_user u
  LEFT JOIN sources_membership m ON m.project_id = p.id AND m.user_id = u.id
 WHERE p.id = %s AND u.id = %s
"""
_ARCHIVED = "the project is archived"
_REMOVED = "{by}, who handed this over, may not add {what} to the project any more"


class Over(Exception):
    """The intake was stopped, or somebody else finished it."""


class Held(Exception):
    """What was handed over may not go on for now; the message says why."""


def why_held(intake: Intake) -> str:
    """Why it may not go on for now, in words; empty where it may, or where it is over. One query."""
    return _told(intake, *_standing(intake))


def require_standing(intake: Intake) -> None:
    """Raises Over and Held. Whoever archives the project or takes the member's role waits until the caller's
    transaction ends: nothing comes in afterwards."""
    hold_standing(intake.project_id)
    found = _standing(intake)  # by itself: a statement that waited for the lock sees what was there before
    if found[0] != IntakeState.RUNNING:
        raise Over
    if why := _told(intake, *found):
        raise Held(why)


def require_right(by: User, project: Project, needed: Role = Role.ANNOTATOR) -> None:
    """The same of what is no intake: that `by` still has that role at least. Two statements. Raises Held."""
    hold_standing(project.pk)
    with connection.cursor() as cursor:
        cursor.execute(_RIGHT, [project.pk, by.pk])
        archived, active, role = cursor.fetchone() or (False, False, None)
    if archived:
        raise Held(_ARCHIVED)
    if not (active and role and Role(role).may(needed)):
        raise Held(_REMOVED.format(by=by, what="annotations"))


def _standing(intake: Intake) -> tuple[str, bool, bool, str | None]:
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [intake.pk])
        state, archived, active, role = cursor.fetchone()
    return state, archived, active, role


def _told(intake: Intake, state: str, archived: bool, active: bool, role: str | None) -> str:
    if state in (IntakeState.DONE, IntakeState.STOPPED):
        return ""
    if archived:
        return _ARCHIVED
    if intake.method == IntakeMethod.COMMAND:  # by whoever runs the server, member or not
        return ""
    allowed = active and role and Role(role).may(Role.ANNOTATOR)
    return "" if allowed else _REMOVED.format(by=intake.by, what="articles")
