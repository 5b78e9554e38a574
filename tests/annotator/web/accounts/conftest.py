"""One person with a password, as she comes to the doors."""

import pytest
from django.core.cache import cache
from django.test import Client

from sources.models import User

PASSWORD = "a quiet crack in the bridge"


@pytest.fixture
def ada(db: None) -> User:
    cache.clear()  # what others have tried within the minute is counted in this transaction's view as well
    return User.objects.create_user("ada", "ada@velm.example", PASSWORD, name="Ada Quist")


@pytest.fixture
def browser(ada: User) -> Client:
    return Client(REMOTE_ADDR="192.0.2.7")


def sign_in(browser: Client, login: str = "ada", password: str = PASSWORD, **more: str):
    return browser.post("/sign-in/", {"login": login, "password": password, **more})
