"""Who asks: the session behind a cookie, and the account behind the session. Every page asks both."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS

from sources.models import User

from .prepared import MadeOnce

_FIELDS = [field.attname for field in User._meta.concrete_fields]
_USER = MadeOnce(lambda key: User.objects.filter(pk=key).values_list(*_FIELDS), -1)
_SESSION = MadeOnce(
    lambda key: Session.objects.filter(pk=key).values_list("session_data", "expire_date"), "of that key"
)


def user_of(key: int) -> User | None:
    """The account with that primary key, also one that may no longer sign in."""
    for values in _USER.ask(key):
        return User.from_db(DEFAULT_DB_ALIAS, _FIELDS, values)
    return None


def session_of(key: str) -> tuple[str, datetime] | None:
    """What is kept under that key, signed as it is, and when its time is over, which may have been."""
    for data, ends in _SESSION.ask(key):
        return data, ends
    return None
