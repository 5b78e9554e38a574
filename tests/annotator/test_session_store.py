"""Whoever is signed in stays so, and whoever no longer is does not: what every page asks of a session."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from annotator.session_store import SessionStore
from sources.models import User
from tests.factories import person

pytestmark = pytest.mark.django_db
PAGE = "/account/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    assert client.get(PAGE).status_code == 200
    return client


def test_a_session_of_djangos_own_store_and_of_a_link_from_before_goes_on() -> None:
    client = signed_in(person("ada"))
    before = DjangosOwn(client.session.session_key)
    before[BACKEND_SESSION_KEY] = "sesame.backends.ModelBackend"
    before.save()
    assert client.get(PAGE).status_code == 200
    assert dict(SessionStore(before.session_key)) == dict(before)


def test_what_is_over_forged_or_not_there_is_no_session() -> None:
    client = signed_in(person("ada"))
    kept = Session.objects.get()
    for change in ({"expire_date": timezone.now() - timedelta(seconds=1)}, {"session_data": "forged"}):
        Session.objects.update(**change)
        assert client.get(PAGE).status_code == 302
        kept.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = kept.session_key
        assert client.get(PAGE).status_code == 200
    for key in ("", "short", "n" * 32, "é\x01" * 16):
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        assert client.get(PAGE).status_code == 302


def test_whose_password_is_new_whom_nobody_lets_in_and_who_is_gone_is_signed_out() -> None:
    for number, end in enumerate(
        (
            lambda user: (user.set_password("new and long enough"), user.save()),
            lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
            lambda user: Session.objects.all().delete(),
        )
    ):
        user = person(f"ada{number}")
        client = signed_in(user)
        end(user)
        assert client.get(PAGE).status_code == 302


def test_who_asks_is_told_whole() -> None:
    user = person("ada")
    found = signed_in(user).get(PAGE).wsgi_request.user
    told = {name: value for name, value in vars(User.objects.get(pk=user.pk)).items() if name != "_state"}
    assert {name: getattr(found, name) for name in told} == told
