"""By what people are named in addresses that anybody may read: never by an e-mail address that they sign in
with."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

KEY = "CASE WHEN position('@' IN u.username) > 0 THEN u.uuid::text ELSE u.username END"
"""In SQL, of the user `u`: the sign-in name, or the UUID where that would tell where to write."""


def with_keys(keys: Iterable[str], user: str = "") -> Q:
    """The condition on users (`user` is the way to them) that one of these is theirs. No e-mail address finds
    anybody: whoever tries one out would learn whose it is."""
    names = [key for key in keys if "@" not in key]
    way = f"{user}__" if user else ""
    return Q(**{f"{way}username__in": names}) | Q(**{f"{way}uuid__in": [*filter(None, map(_uuid, names))]})


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
