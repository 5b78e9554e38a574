"""Sessions that are over are forgotten, with where they came from; those that are open stay."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app

from annotator.actions.sessions import WHILE, forget_sessions_over
from annotator.jobs.sweeping import SESSIONS
from sources.models import User

PASSWORD = "a quiet crack in the bridge"


@pytest.fixture
def browsers(db: None) -> list[Client]:
    """Three in which somebody is signed in, and one of a visitor."""
    User.objects.create_user("ada", password=PASSWORD)
    found = [Client() for _ in range(4)]
    for one in found[:3]:
        one.post("/sign-in/", {"login": "ada", "password": PASSWORD})
    assert found[3].session.session_key
    return found


def test_what_is_over_is_forgotten_and_the_rest_stays(browsers: list[Client]) -> None:
    past = timezone.now() - WHILE - timedelta(hours=1)
    keys = [one.session.session_key for one in browsers]
    UserSession.objects.filter(session_key__in=keys[:2]).update(last_seen_at=past)
    assert forget_sessions_over() == 0
    Session.objects.filter(session_key__in=(keys[0], keys[3])).update(expire_date=past)
    browsers[2].post("/sign-out/")
    assert forget_sessions_over() == 3, "two sessions, and the browser of one of them"
    assert set(Session.objects.values_list("session_key", flat=True)) & set(keys) == {keys[1]}
    assert UserSession.objects.filter(session_key=keys[1]).exists()
    assert not UserSession.objects.filter(session_key=keys[0]).exists()
    assert browsers[1].get("/account/").status_code == 200
    assert forget_sessions_over() == 0


def test_it_is_done_once_a_day() -> None:
    periodic = {task.task.name: task.cron for task in app.periodic_registry.periodic_tasks.values()}
    assert periodic[SESSIONS] == "27 3 * * *"
