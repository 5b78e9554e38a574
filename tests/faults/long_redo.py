"""A server that was killed with much of its log to go through comes back, and says how far it is."""

import os
import signal
import time
from contextlib import closing

import psycopg

from annotator import embedded_postgres
from annotator.embedded_postgres import places
from tests.faults.test_kills import postmaster

ROWS = 2_000_000


def test_a_long_recovery_is_waited_for_and_told_of(data):
    said: list[str] = []
    server = embedded_postgres.ensure_running(data)
    with closing(psycopg.connect(server.url("sourceline_owner"), autocommit=True)) as connection:
        (most,) = connection.execute("SHOW max_wal_size").fetchone()
        connection.execute("CREATE TABLE redo (id bigint PRIMARY KEY, filler text)")
        fill = "INSERT INTO redo SELECT i, repeat(md5(i::text), 4) FROM generate_series(1, %s) i"
        connection.execute(fill, [ROWS])
    assert most == "512MB"  # no more than about that has to be gone through
    supervisor = int(server_state(data)["pid"])
    for pid in (supervisor, postmaster(data)):
        os.kill(pid, signal.SIGKILL)
    while server.is_up():
        time.sleep(0.05)
    server.leave()
    began = time.monotonic()
    again = embedded_postgres.ensure_running(data, say=said.append)
    took = time.monotonic() - began
    try:
        with closing(psycopg.connect(again.url("sourceline_owner"))) as connection:
            assert connection.execute("SELECT count(*) FROM redo").fetchone() == (ROWS,)
    finally:
        again.stop_if_last()
    if took > 12:  # it says so every five seconds
        assert any("recovering from an unclean stop" in line for line in said), said


def server_state(data):
    """What the living supervisor says of itself."""
    return embedded_postgres.server._state(places.DataFolder(data))
