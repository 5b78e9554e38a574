"""Whose a write is ends with the act: neither a later transaction nor what surrounds the act has its name."""

from typing import Any

from django.db import connection, transaction

from sources.models import User, acting


def _names() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT NULLIF(current_setting('sourceline.act', true), '')")
        return [*cursor.fetchone()]


def test_a_later_transaction_of_the_connection_is_nobodys(committed_db: str) -> None:
    by = User.objects.create(username="ilse")
    with acting(by) as act:
        assert _names() == [act]
        User.objects.create(username="other")
    assert _names() == [None]
    with transaction.atomic():
        assert _names() == [None]


def test_what_surrounds_an_act_is_nobodys(db: None) -> None:
    with acting(User.objects.create(username="ilse")) as act:
        with acting(None) as inner:
            assert inner == act
        assert _names() == [act]
    assert _names() == [None]
