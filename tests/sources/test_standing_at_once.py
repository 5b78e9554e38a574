"""Whoever takes a role or archives comes to their turn, however many take articles in meanwhile."""

import time
from functools import partial
from threading import Event

import pytest
from django.db import transaction
from django.db.models.functions import Now

from annotator.actions.archiving import archive_project
from sources.actions import remove_member, set_member
from sources.actions.standing import Held, Over, require_standing
from sources.models import Intake, IntakeState, Project, Role
from tests.factories import World, person
from tests.racing import race

BATCH = 0.1
"""Seconds that storing one takes; the other taker is always in the middle of one."""
MOST = 4.0
"""Seconds after which the takers give up."""


def taking(intake: Intake, after: float, over: Event) -> int:
    """How many batches it stored, up to its end; one of them is always under way."""
    time.sleep(after)
    stored, begun = 0, time.monotonic()
    while not over.is_set() and time.monotonic() - begun < MOST:
        with transaction.atomic():
            require_standing(intake)
            time.sleep(BATCH)
            stored += 1
    return stored


def running(world: World) -> Intake:
    return Intake.objects.create(
        project=world.here.project,
        by=world.manager,
        method="addresses",
        name="addresses",
        options={"addresses": []},
        state=IntakeState.RUNNING,
    )


@pytest.mark.lengthy
def test_takers_in_turn_do_not_keep_a_member_from_being_removed(committed_world: World) -> None:
    project, leaver, over = committed_world.here.project, person("leaver"), Event()
    set_member(by=committed_world.manager, project=project, user=leaver, role=Role.VIEWER)
    intakes = [running(committed_world), running(committed_world)]

    def remove() -> float:
        time.sleep(3 * BATCH)
        begun = time.monotonic()
        try:
            remove_member(by=committed_world.manager, project=project, user=leaver)
        finally:
            over.set()
        return time.monotonic() - begun

    first, second, waited = race(
        [partial(taking, intakes[0], 0, over), partial(taking, intakes[1], BATCH / 2, over), remove]
    )
    assert isinstance(waited, float) and waited < MOST / 2, (first, second, waited)
    assert first > 1 and second > 1


@pytest.mark.lengthy
def test_nothing_comes_in_once_a_project_is_archived(committed_world: World) -> None:
    """Whoever archives waits for the batch that is under way, and the next one does not begin."""
    intake, project, under_way = running(committed_world), committed_world.here.project, Event()

    def take() -> list[bool]:
        archived = []
        with transaction.atomic():
            require_standing(intake)
            under_way.set()
            time.sleep(5 * BATCH)
            archived.append(Project.objects.get(pk=project.pk).archived_at is not None)
        return archived

    def archive() -> None:
        under_way.wait(10)
        unfinished = Intake.objects.filter(project=project, finished_at=None)
        unfinished.update(state=IntakeState.STOPPED, finished_at=Now())
        archive_project(by=committed_world.manager, project=project)

    assert race([take, archive]) == [[False], None]
    try:
        with transaction.atomic():
            require_standing(intake)
    except (Held, Over):
        return
    raise AssertionError("It went on in an archived project.")
