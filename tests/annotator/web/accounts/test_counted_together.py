"""Tries that come at one moment are counted one by one, whichever process has them."""

import pytest
from django.core.cache import cache
from django.test import Client

from sources.models import User
from tests.racing import race

from .conftest import PASSWORD, sign_in


@pytest.mark.lengthy
def test_a_dozen_guesses_at_once_are_not_all_listened_to(committed_db: str) -> None:
    cache.clear()
    User.objects.create_user("ada", password=PASSWORD)
    answers = race([lambda: sign_in(Client(), password="wrong")] * 12)
    said = [answer.content.decode() for answer in answers]
    listened = sum("with this password" in html for html in said)
    assert 1 <= listened <= 5
    refused = sum("Too many wrong" in html or "Too often" in html for html in said)
    assert refused == 12 - listened
