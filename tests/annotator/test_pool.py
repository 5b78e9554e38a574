"""Connections that wait in a pool are looked at before use, and nothing is left behind by that."""

from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, connections
from procrastinate import App, PsycopgConnector

from annotator.database_urls import pooled
from annotator.queries.prepared import rows

EMPTY = "SELECT count(*) FROM pg_prepared_statements WHERE statement = ''"


@pytest.fixture
def pool_of_one(committed_db: str) -> Iterator[None]:
    mine = connections.settings["default"]
    before = dict(mine)
    connection.close()
    mine.update(pooled(mine, 1))
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        mine.clear()
        mine.update(before)


def asked(statement: str) -> object:
    """What it answers on a connection that is taken for it and given back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            (told,) = cursor.fetchone()
        return told
    finally:
        connection.close()


def test_no_look_leaves_a_statement_with_the_server(pool_of_one):
    backends = {asked("SELECT pg_backend_pid()") for _ in range(5)}
    assert len(backends) == 1, "each took the same one"
    assert asked(EMPTY) == 0


def test_one_that_is_gone_is_replaced(pool_of_one):
    backend = asked("SELECT pg_backend_pid()")
    pool = connection.pool
    with psycopg.connect(**{**pool.kwargs, "cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [backend])
    assert asked("SELECT pg_backend_pid()") not in {None, backend}


def test_statements_are_prepared_nevertheless(pool_of_one):
    def kept() -> int:
        try:
            ((told,),) = rows("SELECT count(*) FROM pg_prepared_statements", ())
            return told
        finally:
            connection.close()

    assert [kept() for _ in range(3)] == [0, 1, 1]


def test_the_pool_of_the_jobs_prepares_nothing(monkeypatch):
    opened: list[object] = []
    monkeypatch.setattr(App, "run_worker", lambda working, **_: opened.append(working.connector))
    call_command("work")
    (connector,) = opened
    assert isinstance(connector, PsycopgConnector)
    assert connector._pool_args["kwargs"]["prepare_threshold"] is None
