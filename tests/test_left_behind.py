"""What a test commits where others work is told, whatever it did to a row; what it takes back is not."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from annotator.embedded_postgres import Server
from tests.left_behind import LeftBehind


@pytest.fixture
def left_behind(committed_db: str, embedded_server: Server) -> Iterator[LeftBehind]:
    watch = LeftBehind(embedded_server)
    with watch.visit(committed_db):
        yield watch
    watch.close()


def sign_in() -> None:
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now())


def told(left_behind: LeftBehind) -> list[str]:
    return [line.partition(": ")[2] for line in left_behind.found()]


def test_what_is_committed_is_told_once(left_behind: LeftBehind) -> None:
    assert told(left_behind) == []
    sign_in()
    assert told(left_behind) == ["django_session was written in, 0 rows then, 1 now"]
    assert told(left_behind) == []
    Session.objects.update(session_data="y")
    assert told(left_behind) == ["django_session was written in, 1 rows then, 1 now"]
    Session.objects.all().delete()
    assert told(left_behind) == ["django_session was written in, 1 rows then, 0 now"]


def test_what_is_taken_back_is_not_told(left_behind: LeftBehind) -> None:
    with transaction.atomic():
        sign_in()
        assert told(left_behind) == [], "not while it is open either"
        transaction.set_rollback(True)
    assert told(left_behind) == []


def test_who_has_left_is_asked_about_once_more(committed_db: str, embedded_server: Server) -> None:
    watch = LeftBehind(embedded_server)
    with watch.visit(committed_db):
        sign_in()
    assert told(watch) == ["django_session was written in, 0 rows then, 1 now"]
    Session.objects.all().delete()
    assert told(watch) == [], "by somebody who never said that tests work there"
    watch.close()
