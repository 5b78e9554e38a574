"""A release of many claims is read and packed for longer than a page may take."""

from django.db import connection

from annotator.intents.release import Scope
from annotator.queries.dataset import selected

LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")
MINUTES = 60_000
"""In one of the milliseconds that PostgreSQL counts these in."""


def _limits() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting::int FROM pg_settings WHERE name = ANY (%s)", [list(LIMITS)])
        return dict(cursor.fetchall())


def test_the_database_waits_while_a_release_is_packed(committed_world):
    before = _limits()
    assert before["idle_in_transaction_session_timeout"] == MINUTES, "as on every connection"
    with selected(committed_world.here.project, Scope()):
        assert _limits() == dict.fromkeys(LIMITS, 30 * MINUTES)
    assert _limits() == before
