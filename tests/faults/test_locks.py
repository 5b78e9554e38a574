"""Who died while holding a lock, and who holds one for too long, keeps nobody else waiting for good."""

import subprocess
import sys
import time
from contextlib import closing

import psycopg
import pytest

from annotator.database_urls import APP_LIMITS

HOLDER = """
import sys, psycopg
connection = psycopg.connect(sys.argv[1])
connection.execute("LOCK TABLE sources_project IN ACCESS EXCLUSIVE MODE")
print("held", flush=True)
connection.execute("SELECT pg_sleep(3600)")
"""


@pytest.mark.lengthy
def test_a_client_that_was_killed_in_a_long_statement_lets_go_of_its_lock(committed_db, embedded_server):
    """The server looks every two seconds whether the client is there, and not first when the hour is over."""
    owner = embedded_server.url("sourceline_owner", committed_db)
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, owner], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    began = time.monotonic()
    with psycopg.connect(owner) as other:
        other.execute("SET lock_timeout = '60s'")
        other.execute("LOCK TABLE sources_project IN ACCESS EXCLUSIVE MODE")
        (shown,) = other.execute("SHOW client_connection_check_interval").fetchone()
    assert shown == "2s"
    assert time.monotonic() - began < 60


@pytest.mark.lengthy
@pytest.mark.parametrize("what", ["a statement", "a lock", "an idle transaction"])
def test_the_app_gives_up_what_takes_too_long(committed_db, embedded_server, what):
    """Each limit is the app role's own and ends just that; here it is shortened so that nobody waits."""
    app = embedded_server.url("sourceline_app", committed_db)
    with closing(psycopg.connect(app)) as first, closing(psycopg.connect(app)) as second:
        limits = {name: first.execute(f"SHOW {name}").fetchone()[0] for name in APP_LIMITS}
        assert {name: seconds(value) for name, value in limits.items()} == {
            "statement_timeout": 30,
            "lock_timeout": 5,
            "idle_in_transaction_session_timeout": 60,
        }
        first.rollback()
        for name in APP_LIMITS:
            first.execute(f"SET {name} = '300ms'")
        first.commit()
        match what:
            case "a statement":
                with pytest.raises(psycopg.errors.QueryCanceled):
                    first.execute("SELECT pg_sleep(60)")
            case "a lock":
                second.execute("SELECT pg_advisory_xact_lock(8)")
                first.execute("SET statement_timeout = 0")
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    first.execute("SELECT pg_advisory_xact_lock(8)")
            case _:
                first.execute("SELECT pg_advisory_lock(8)")
                second.execute("SELECT pg_advisory_xact_lock(8)")  # as soon as the first one was ended
                with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
                    first.execute("SELECT 1")


def seconds(shown: str) -> int:
    """A duration as PostgreSQL writes it, in seconds."""
    number = int("".join(char for char in shown if char.isdigit()))
    return number * 60 if shown.endswith("min") else number
