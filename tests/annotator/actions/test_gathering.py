"""Rows that wait to be written together: seen by who gathers them and by no other statement."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from annotator.actions import actors
from annotator.actions.gathering import Apart, Gathering, aside, asked, gathered, insert
from annotator.actions.projects import open_project
from annotator.models import Actor, Code
from sources.models import Project, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    user = User.objects.create_user(username="ana", name="Ana")
    return open_project(by=user, name="Quay", slug="quay")


def somebody(project: Project, name: str = "Ilse Brandt") -> Actor:
    kind = Code.objects.get(project=project, facet="actor_kind", key="person")
    return Actor(uuid=uuid4(), project=project, name=name, kind=kind)


def names() -> list[str]:
    return list(Actor.objects.order_by("pk").values_list("name", flat=True))


def test_what_waits_is_known_and_not_written(project: Project) -> None:
    gathering, one = Gathering(), somebody(project)
    with gathering.opened():
        insert(one)
        assert gathered(Actor, one.uuid) is one is actors.called(one.uuid)
        with aside():
            assert names() == []
        gathering.write()
        with aside():
            assert names() == ["Ilse Brandt"]
    assert gathered(Actor, one.uuid) is None


def test_every_other_statement_is_kept_from_the_database(project: Project) -> None:
    """And the transaction is as good as before, also where Django takes it for broken."""
    gathering, other = Gathering(), somebody(project, "Kai Lund")
    statements: list[Callable[[], object]] = [
        names,
        other.save,
        Project.objects.filter(pk=project.pk).delete,
        lambda: Project.objects.update(name="Pier"),
        lambda: transaction.atomic().__enter__(),
        lambda: connection.cursor().execute("SELECT 1"),
    ]
    further = iter([somebody(project) for _ in statements])
    with gathering.opened():
        for statement in statements:
            with pytest.raises(Apart), gathering.one():
                insert(next(further))
                statement()
        with gathering.apart():
            assert names() == []
            other.save()
    assert (names(), Project.objects.get().name) == (["Kai Lund"], "Quay")


def test_what_fails_is_dropped_and_the_rest_written(project: Project) -> None:
    gathering, kept, dropped = Gathering(), somebody(project), somebody(project, "Kai Lund")
    with gathering.opened():
        with gathering.one():
            insert(kept)
        with pytest.raises(ZeroDivisionError), gathering.one():
            insert(dropped)
            1 / 0  # noqa: B018
        assert gathered(Actor, dropped.uuid) is None
        gathering.write()
    assert names() == ["Ilse Brandt"]


def test_what_goes_by_itself_finds_the_others_written_and_keys_count_up(project: Project) -> None:
    first, second, third = (somebody(project, name) for name in ("Ilse Brandt", "Kai Lund", "Mara Lind"))
    gathering = Gathering()
    with gathering.opened():
        insert(first)
        with gathering.apart():
            assert names() == ["Ilse Brandt"]
            insert(second)
        insert(third)
        gathering.write()
    assert names() == ["Ilse Brandt", "Kai Lund", "Mara Lind"]


def test_what_the_database_refuses_is_told_as_ever(project: Project) -> None:
    gathering, both = Gathering(), [somebody(project), somebody(project, "")]
    with pytest.raises(IntegrityError, match="actor_has_name"), transaction.atomic(), gathering.opened():
        for one in both:
            insert(one)
        gathering.write()
    assert names() == []


def test_each_question_is_asked_once_until_something_else_is_written(project: Project) -> None:
    answers = iter(("first", "second"))
    gathering = Gathering()
    with gathering.opened():
        assert [asked("who", lambda: next(answers)) for _ in range(2)] == ["first", "first"]
        with gathering.apart():
            pass
        assert asked("who", lambda: next(answers)) == "second"
