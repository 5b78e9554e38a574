"""An intake does not go on in an archived project, or for somebody who may not add to it any more."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from annotator.queries.intakes import given_up, lines
from sources.actions import intakes as taking
from sources.actions.projects import remove_member, set_member
from sources.actions.standing import why_held
from sources.models import Intake, Project, User
from tests.factories import World, person


@pytest.fixture
def project(small_world_here: World, db: None, settings: Any, tmp_path: Path) -> Project:
    settings.DATA_DIR = tmp_path
    return small_world_here.here.project


@pytest.fixture
def helper(small_world_here: World, project: Project) -> User:
    found = person("helper")
    set_member(by=small_world_here.manager, project=project, user=found, role="annotator")
    return found


def begun(by: User, project: Project) -> Intake:
    uploads = [Upload(f"{n}.txt", [f"Weir {n}\n\nThe weir {n} gave way.".encode()]) for n in range(6)]
    return intakes.begin(by=by, project=project, uploads=uploads)


def left(tmp_path: Path) -> int:
    return sum(path.is_file() and path.name.isdecimal() for path in (tmp_path / "intakes").rglob("*"))


def run_by_its_job(intake: Intake) -> None:
    """As a worker does, whose job is over then."""
    intakes.run(intake)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'succeeded' WHERE lock = %s", [f"intake {intake.uuid}"]
        )


ARCHIVED = "the project is archived"
REMOVED = "Helper, who handed this over, may not add articles to the project any more"


@pytest.mark.parametrize("how", ["archived", "removed", "viewer", "closed"])
def test_it_stops_in_the_middle_keeps_the_rest_and_goes_on_when_asked(
    small_world_here: World,
    project: Project,
    helper: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    monkeypatch.setattr(taking, "TOGETHER", 2)
    manager, member = small_world_here.manager, {"project": project, "user": helper}

    def change() -> None:
        if how == "archived":
            Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
        elif how == "removed":
            remove_member(by=manager, **member)
        elif how == "viewer":
            set_member(by=manager, **member, role="viewer")
        else:
            User.objects.filter(pk=helper.pk).update(is_active=False)

    store_batch = taking._store_batch

    def and_then_change(intake: Intake, batch: list[Any], *others: Any) -> None:
        store_batch(intake, batch, *others)
        if batch[0].position == 2:
            change()

    intake = begun(helper, project)
    with monkeypatch.context() as patch:
        patch.setattr(taking, "_store_batch", and_then_change)
        run_by_its_job(intake)
    intake.refresh_from_db()
    # What was stored before that happened is in; nothing after it.
    assert (intake.state, len(lines(intake)), left(tmp_path)) == ("running", 4, 6)
    assert why_held(intake) == (ARCHIVED if how == "archived" else REMOVED)
    intakes.again(intake=intake)
    run_by_its_job(intake)
    assert (len(lines(intake)), given_up(intake)) == (4, True)
    if how == "archived":
        Project.objects.filter(pk=project.pk).update(archived_at=None)
    else:
        User.objects.filter(pk=helper.pk).update(is_active=True)
        set_member(by=manager, **member, role="annotator")
    assert why_held(intake) == "" and given_up(intake)
    intakes.again(intake=intake)
    assert not given_up(intake)
    intakes.run(intake)
    assert (intake.state, [line.outcome for line in lines(intake)], left(tmp_path)) == (
        "done",
        ["new"] * 6,
        0,
    )


def test_what_was_never_begun_is_not_begun(project: Project, helper: User, tmp_path: Path) -> None:
    intake = begun(helper, project)
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now())
    run_by_its_job(intake)
    intake.refresh_from_db()
    assert (intake.state, len(lines(intake)), left(tmp_path)) == ("waiting", 0, 6)


def test_held_it_can_be_stopped_for_good(
    small_world_here: World, project: Project, helper: User, tmp_path: Path
) -> None:
    intake = begun(helper, project)
    remove_member(by=small_world_here.manager, project=project, user=helper)
    run_by_its_job(intake)
    intakes.stop(by=small_world_here.manager, intake=intake)
    assert (intake.state, why_held(intake), left(tmp_path)) == ("stopped", "", 0)
