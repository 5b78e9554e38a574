"""A project that is not worked on any more: archived, opened again, exported whole, and purged."""

import json
import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from annotator.intents.refusal import Refused, check_seen
from annotator.intents.release import STATUSES, AskedScope
from annotator.models import Release
from annotator.queries.project_json import state_of
from sources.actions.locks import lock_standing
from sources.models import Intake, IntakeState, Project, User, acting
from sources.request_id import for_the_job

from .releases import request_release

PURGE = "projects.purge"
"""The name of the job that purges a project."""
GRACE = timedelta(days=30)
"""From archiving to purging; sourceline_purge_project holds it, whatever is said here."""
PLACES = ("releases", "imports", "intakes")
"""Where the data folder keeps files of a project, each in a folder that has the project's UUID for a name."""


def archive_project(
    *, by: User, project: Project, on_sight: bool = False, seen: Collection[str] | None = None
) -> None:
    """From now on it is read, and nothing in it changes. Doing it twice changes nothing. `on_sight`: whoever
    asks has to have `seen` how it stands (`project_json.state_of`).

    Raises Refused while articles are being taken in, VersionNeeded, Stale.
    """
    with acting(by):
        lock_standing(project.pk)
        # Whoever is adding to the project is waited for: what they add is there before it is archived.
        now = Project.objects.select_for_update().get(pk=project.pk)
        if on_sight and now.archived_at is None:
            check_seen(seen, state_of(now), now)
        busy = Intake.objects.filter(project=project, state__in=(IntakeState.WAITING, IntakeState.RUNNING))
        if busy.exists():
            raise Refused("", "busy", "articles are being taken in: wait until that is over, or stop it")
        Project.objects.filter(pk=project.pk, archived_at=None).update(archived_at=Now())
    project.refresh_from_db()


def reopen_project(
    *, by: User, project: Project, on_sight: bool = False, seen: Collection[str] | None = None
) -> None:
    """It is worked on again; the time until it may be purged begins anew when it is archived again. Raises
    what `archive_project` raises of what was seen."""
    with acting(by):
        now = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if on_sight and now.archived_at is not None:
            check_seen(seen, state_of(now), now)
        Project.objects.filter(pk=project.pk).update(archived_at=None)
    project.refresh_from_db()


def request_full_export(*, by: User, project: Project, site: str) -> Release:
    """A release of all claims, whatever their status, with the texts. Raises Refused where there is none."""
    title = f"All of {project.name}"[:200]
    everything = AskedScope(statuses=STATUSES)
    return request_release(by=by, project=project, title=title, scope=everything, with_texts=True, site=site)


def full_export_of(project: Project) -> dict[str, Any] | None:
    """How it was exported whole since it was archived: `kind`, `at`. A backup; or a release with its
    `number`, once it was downloaded whole: `downloaded_at`, `downloaded_by` (a User); or nothing, where
    there is no article, claim, actor, event or release in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sourceline_full_export(%s)::text", [project.pk])
        (said,) = cursor.fetchone()
    if said is None:
        return None
    found: dict[str, Any] = json.loads(said)
    if found["kind"] == "release":
        found["downloaded_at"] = datetime.fromisoformat(found["downloaded_at"])
        found["downloaded_by"] = User.objects.get(pk=found["downloaded_by"])
    return found | {"at": datetime.fromisoformat(found["at"])}


def request_purge(*, by: User, project: Project, typed: str) -> None:
    """Have a job delete the project for good. Asking twice is asking once.

    Raises Refused where its address was not typed, or it may not be purged yet.
    """
    if typed.strip() != project.slug:
        raise Refused("slug", "typed", f"type {project.slug} to say that you mean this project")
    if project.archived_at is None:
        raise Refused("", "archived", "archive it first")
    if not Project.objects.filter(pk=project.pk, archived_at__lte=Now() - GRACE).exists():
        raise Refused("", "grace", f"it can be purged {GRACE.days} days after it was archived")
    if full_export_of(project) is None:
        raise Refused("", "exported", "no whole export of it was taken away since it was archived")
    with acting(by):
        job = app.configure_task(PURGE, lock=f"purge {project.uuid}")
        job.defer(project_id=project.pk, uuid=str(project.uuid), user_id=by.pk, **for_the_job())


def purge(project_id: int, uuid: UUID, user_id: int) -> None:
    """Delete its rows, all or none of them, and then its files. May be run again after it was killed at any
    point: rows that are gone are not looked for, and files that are left are swept.

    Raises IntegrityError where the database refuses (purge_needs_archive, purge_needs_export,
    purge_by_a_manager).
    """
    if Project.objects.filter(pk=project_id, uuid=uuid).exists():
        with acting(User.objects.filter(pk=user_id).first()), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT sourceline_purge_project(%s, %s)", [project_id, user_id])
    for place in PLACES:
        folder = Path(settings.DATA_DIR) / place / str(uuid)
        if folder.exists():
            shutil.rmtree(folder)
