"""How often somebody may name an account that is not there: enough for slips, too seldom to try names out.

Counted by all web processes together, and each try before it is judged: of many at once no more are heard.
"""

from contextlib import suppress

from django.core.cache import cache

from sources.models import User

MOST = 10
WHILE = 60 * 60  # seconds from the first try


def _key(user: User) -> str:
    return f"missed-names-{user.uuid}"


def may_guess(user: User) -> bool:
    """Counts a try of `user` as a miss, in one statement, and says whether it is among their first MOST.
    Whose try was none takes it back by `was_right`."""
    for _ in range(2):  # again where the count ran out between the two lines
        cache.add(_key(user), 0, WHILE)
        with suppress(ValueError):
            return bool(cache.incr(_key(user)) <= MOST)
    return False


def was_right(user: User) -> None:
    """The name that they tried last is somebody's: no miss."""
    with suppress(ValueError):  # it ran out meanwhile
        cache.decr(_key(user))
