"""Whoever steps down at once with whom: a project keeps somebody who manages it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection

from sources.actions import LastManager, create_project, remove_member, set_member
from sources.models import Membership, Project, Role, User
from tests.factories import person
from tests.racing import race

ROUNDS = 6


def stepping_down(project: Project, user: User) -> object:
    return lambda: set_member(by=user, project=project, user=user, role=Role.VIEWER)


def leaving(project: Project, user: User) -> object:
    return lambda: remove_member(by=user, project=project, user=user)


def without_the_action(project: Project, user: User) -> object:
    """Past the action, as a mistake elsewhere would do it: the database alone refuses."""

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM sources_membership WHERE project_id = %s AND user_id = %s", [project.pk, user.pk]
            )

    return act


@pytest.mark.lengthy
@pytest.mark.parametrize(("leave", "refusal"), [(leaving, LastManager), (without_the_action, IntegrityError)])
def test_of_all_who_leave_at_once_one_stays(
    committed_db: str, leave: Callable[[Project, User], Any], refusal: type
) -> None:
    people = [person(f"m{number}") for number in range(3)]
    for number in range(ROUNDS):
        project = create_project(by=people[0], name="Quay", slug=f"quay-{number}")
        for other in people[1:]:
            set_member(by=people[0], project=project, user=other, role=Role.MANAGER)
        results = race(leave(project, user) for user in people)
        assert sum(isinstance(result, refusal) for result in results) == 1, results
        assert results.count(None) == 2, results
        assert Membership.objects.filter(project=project, role=Role.MANAGER).count() == 1


@pytest.mark.lengthy
@pytest.mark.parametrize("managing", [2, 3])
def test_of_all_who_step_down_at_once_one_is_refused(committed_db: str, managing: int) -> None:
    people = [person(f"m{number}") for number in range(managing)]
    for number in range(ROUNDS):
        project = create_project(by=people[0], name="Quay", slug=f"quay-{number}")
        for other in people[1:]:
            set_member(by=people[0], project=project, user=other, role=Role.MANAGER)
        results = race(stepping_down(project, user) for user in people)
        assert sum(isinstance(result, LastManager) for result in results) == 1, results
        assert sum(isinstance(result, Membership) for result in results) == managing - 1, results
        assert Membership.objects.filter(project=project, role=Role.MANAGER).count() == 1


@pytest.mark.django_db
def test_a_manager_who_cannot_sign_in_is_nobody_to_leave_it_to() -> None:
    ana, rolf = person("ana"), person("rolf")
    project = create_project(by=ana, name="Quay", slug="quay")
    set_member(by=ana, project=project, user=rolf, role=Role.MANAGER)
    User.objects.filter(pk=rolf.pk).update(is_active=False)
    with pytest.raises(LastManager):
        set_member(by=ana, project=project, user=ana, role=Role.REVIEWER)
    assert set_member(by=ana, project=project, user=rolf, role=Role.VIEWER).role == Role.VIEWER
    assert set_member(by=ana, project=project, user=ana, role=Role.MANAGER).role == Role.MANAGER
