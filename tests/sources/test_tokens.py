"""Tokens: what is kept of them, and which one opens the door."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sources.actions.tokens import LONGEST, make_token, revoke_token, token_known_by
from sources.models import ApiToken, Scope, User
from tests.factories import person

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


@pytest.fixture
def user() -> User:
    return person("ada")


def made(user: User, **more: object) -> tuple[ApiToken, str]:
    end = timezone.now() + SOON
    return make_token(by=user, **{"name": "script", "scope": Scope.READ, "expires_at": end, **more})


def test_of_a_secret_only_its_digest_and_its_beginning_are_kept(user: User) -> None:
    token, secret = made(user)
    assert re.fullmatch(r"sl_[A-Za-z0-9_-]{43}", secret)
    row = ApiToken.objects.filter(pk=token.pk).values().get()
    assert row["digest"] == sha256(secret.encode()).hexdigest()
    assert row["prefix"] == secret[:11]
    assert not any(secret[11:] in str(value) for value in row.values())
    assert len({made(user)[1] for _ in range(20)}) == 20


def test_it_opens_the_door_until_it_ends_or_is_revoked(user: User) -> None:
    token, secret = made(user)
    assert token_known_by(secret) == token
    ApiToken.objects.create(
        user=user,
        name="old",
        prefix="sl_" + "a" * 8,
        digest=sha256(("sl_" + "a" * 43).encode()).hexdigest(),
        scope=Scope.READ,
        created_at=timezone.now() - SOON,
        expires_at=timezone.now(),
    )
    assert token_known_by("sl_" + "a" * 43) is None
    revoke_token(by=user, token=token)
    first = token.revoked_at
    revoke_token(by=user, token=token)
    assert token.revoked_at == first
    assert token_known_by(secret) is None


def test_nor_does_it_of_somebody_who_may_not_sign_in(user: User) -> None:
    _, secret = made(user)
    user.is_active = False
    user.save()
    assert token_known_by(secret) is None


@pytest.mark.parametrize(
    "secret", ["", "sl_", "sl_" + "x" * 43, "sl_" + "é" * 43, "xx_" + "x" * 43, "sl_" + "x" * 4000, "\0"]
)
def test_what_is_none_asks_the_database_at_most_once(user: User, secret: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert token_known_by(secret) is None
    assert len(asked) == (secret == "sl_" + "x" * 43)


def test_its_use_is_told_once_an_hour(user: User) -> None:
    token, secret = made(user)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            token_known_by(secret)
        counts.append(len(asked))
    assert counts == [2, 1]
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now() - timedelta(hours=2))
    token_known_by(secret)
    token.refresh_from_db()
    assert token.last_used_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("away", [timedelta(0), -SOON, LONGEST + timedelta(minutes=1)])
def test_it_ends_within_a_year(user: User, away: timedelta) -> None:
    with pytest.raises(ValueError, match="within a year"):
        made(user, expires_at=timezone.now() + away)
