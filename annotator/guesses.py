"""How often somebody may name an account that is not there: enough for slips, too seldom to try names out.

Counted by all web processes together.
"""

from contextlib import suppress

from django.core.cache import cache

from sources.models import User

MOST = 10
WHILE = 60 * 60  # seconds from the first miss


def _key(user: User) -> str:
    return f"missed-names-{user.uuid}"


def may_guess(user: User) -> bool:
    """Whether `user` has missed less than MOST times."""
    return int(cache.get(_key(user), 0)) < MOST


def count_miss(user: User) -> None:
    cache.add(_key(user), 0, WHILE)
    with suppress(ValueError):  # it ran out between the two lines
        cache.incr(_key(user))
