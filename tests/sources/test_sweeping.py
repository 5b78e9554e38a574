"""Files that nobody answers about, or that are needed no more, are deleted after a while and not before."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from annotator.actions import intakes
from annotator.actions.archiving import archive_project, reopen_project
from annotator.actions.intakes import Upload
from annotator.jobs.sweeping import SWEEP
from sources.actions import edit_project, sweeping
from sources.actions.kept_files import keep
from sources.actions.sweeping import UNANSWERED, kept_until, sweep
from sources.models import Change, Intake, Project, acting
from tests.factories import World

At = Callable[..., None]


@pytest.fixture
def project(small_world_here: World, db: None, settings: Any, tmp_path: Path) -> Project:
    settings.DATA_DIR = tmp_path
    return small_world_here.here.project


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> At:
    """Lets the sweeper look at a later time."""
    now = timezone.now

    def at(**how: int) -> None:
        monkeypatch.setattr(sweeping.timezone, "now", lambda: now() + timedelta(**how))

    return at


def begun(world: World, *, asking: bool) -> Intake:
    upload = Upload("a.txt", [b"Weir gives way\n\nThe weir gave way at dawn."])
    made = intakes.begin(by=world.manager, project=world.here.project, uploads=[upload], asking=asking)
    made.refresh_from_db()
    return made


def lying(tmp_path: Path) -> set[str]:
    return {path.parent.name for path in (tmp_path / "intakes").rglob("*") if path.is_file()}


def test_what_nobody_answers_about_is_stopped_after_a_month_and_says_so(
    small_world_here: World, project: Project, tmp_path: Path, later: At
) -> None:
    asked, handed = begun(small_world_here, asking=True), begun(small_world_here, asking=False)
    later(days=29, hours=23)
    assert sweep() == 0
    later(days=30, hours=1)
    assert (sweep(), sweep()) == (1, 0)
    asked.refresh_from_db()
    handed.refresh_from_db()
    assert (asked.state, asked.options["unanswered"], handed.state) == ("stopped", True, "waiting")
    assert lying(tmp_path) == {str(handed.uuid)}
    assert Change.objects.filter(table="sources_intake", row_id=asked.pk).exists()


def test_the_month_begins_anew_when_an_archived_project_is_opened_again(
    small_world_here: World, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = small_world_here.manager
    asked = begun(small_world_here, asking=True)
    archive_project(by=by, project=project)
    reopen_project(by=by, project=project)
    reopened = Change.objects.filter(table="sources_project", row_id=project.pk).latest("pk").at
    edit_project(by=by, project=project, name="Renamed", description="", is_public=False)  # opens nothing
    assert reopened > asked.created_at
    assert kept_until(asked) == reopened + UNANSWERED
    for left, swept in ((timedelta(microseconds=1), 0), (timedelta(0), 1)):
        now = reopened + UNANSWERED - left
        monkeypatch.setattr(sweeping.timezone, "now", lambda now=now: now)
        assert sweep() == swept
    assert lying(tmp_path) == set()


def test_the_month_begins_anew_with_a_change_of_what_is_asked(
    small_world_here: World, project: Project
) -> None:
    asked = begun(small_world_here, asking=True)
    with acting(small_world_here.manager):
        Intake.objects.filter(pk=asked.pk).update(options=asked.options | {"language": "ur"})
    changed = Change.objects.filter(table="sources_intake", row_id=asked.pk).latest("pk").at
    assert changed > asked.created_at
    assert kept_until(asked) == changed + UNANSWERED


def test_what_an_ended_intake_left_lying_goes_after_a_day(
    small_world_here: World, project: Project, tmp_path: Path, later: At
) -> None:
    stopped = begun(small_world_here, asking=False)
    intakes.stop(by=small_world_here.manager, intake=stopped)  # a worker may be reading it just now
    assert lying(tmp_path) == {str(stopped.uuid)}
    later(hours=23)
    assert sweep() == 0
    later(hours=25)
    assert (sweep(), lying(tmp_path)) == (1, set())


def test_what_was_written_and_never_stored_goes_after_a_day_and_nothing_of_others(
    project: Project, tmp_path: Path, later: At
) -> None:
    uuid = uuid4()
    keep(project, uuid, 0, [b"half of an upload"])
    (tmp_path / "intakes" / "notes").mkdir()
    (tmp_path / "intakes" / "notes" / "of-mine.txt").write_text("keep")
    later(hours=23)
    assert sweep() == 0
    later(hours=25)
    assert sweep() == 1
    assert lying(tmp_path) == {"notes"}
    assert os.listdir(tmp_path / "intakes" / str(project.uuid)) == []


def test_a_worker_sweeps_once_a_day() -> None:
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic[SWEEP] == "17 3 * * *"
