"""Databases on the tests' server: filled once, copied from, and where Django's connection points."""

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from annotator.database_urls import parse, pooled
from annotator.embedded_postgres import Server
from tests.left_behind import LeftBehind

EMPTY = "sourceline"  # migrated, then only copied from
ORDINARY = "sourceline_test"
COMMITTED = "sourceline_test_committed"
MOST = 40  # connections at once: of each window's requests, and of the test itself


@dataclass(frozen=True)
class Filled:
    """A database with something committed in it.

    `template` is only copied from, `shared` belongs to all who take back what they write.
    """

    template: str
    shared: str
    packed: bytes

    def content(self) -> Any:
        """What the filling returned, each time as new objects."""
        return pickle.loads(self.packed)


def point_django_at(server: Server, name: str) -> None:
    """Change the settings that all threads' connections share, in place."""
    from django.db import connections

    connections.close_all()
    _set_database(server, name)


def _set_database(server: Server, name: str) -> None:
    from django.conf import settings
    from django.db import connections

    connections.settings["default"].update(parse(server.url("sourceline_app", name)))
    settings.OWNER_DATABASE.update(parse(server.url("sourceline_owner", name)))
    settings.APP_DATABASE_ROLE = "sourceline_app"


def current_name() -> str:
    """The database that Django's connections go to."""
    from django.db import connections

    return str(connections.settings["default"]["NAME"])


def maintenance(server: Server) -> psycopg.Connection:
    return psycopg.connect(server.url("sourceline_owner", "postgres"), autocommit=True)


def drop(connection: psycopg.Connection, name: str) -> None:
    """Drop a database with those who are still in it.

    WITH (FORCE) would fail when an autovacuum worker is inside, which only a superuser may end; the plain
    command asks such a worker to leave and waits for it.
    """
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usesysid IS NOT NULL",
        (name,),
    )
    connection.execute(f"DROP DATABASE IF EXISTS {name}")


def clone(server: Server, name: str, of: str = EMPTY) -> None:
    with maintenance(server) as connection:
        drop(connection, name)
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {of} STRATEGY FILE_COPY")


@contextmanager
def pointed_at(server: Server, name: str) -> Iterator[None]:
    """Django works there, and afterwards where it did before, in the transaction it was in."""
    from django.db import connections

    left, before = connections["default"], current_name()
    _set_database(server, name)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections.close_all()
        _set_database(server, before)
        connections["default"] = left


class Visits:
    """Connections to databases whose visitors take back what they write: they stay open for the next visit.

    A new one costs a test more than most of what it asks: the server starts a process for it, which reads the
    catalogue and compiles each trigger's function anew.
    """

    def __init__(self, server: Server, left_behind: LeftBehind) -> None:
        self._server = server
        self._left_behind = left_behind
        self._kept: dict[str, Any] = {}

    @contextmanager
    def to(self, name: str) -> Iterator[None]:
        """Django works there in this thread, and afterwards where it did before, as if nothing had been."""
        from django.db import connections

        left, before = connections["default"], current_name()
        _set_database(self._server, name)
        connections["default"] = self._kept.setdefault(name, connections.create_connection("default"))
        try:
            with self._left_behind.visit(name):
                yield
        finally:
            _set_database(self._server, before)
            connections["default"] = left

    def close(self) -> None:
        for kept in self._kept.values():
            kept.close()


@contextmanager
def handed_on() -> Iterator[None]:
    """Meanwhile a request takes over the connection of the one before, as where it is served in earnest.

    For the same reason as above: one that opens its own costs several times what it asks.
    """
    from django.db import connections

    connections.close_all()
    settings = connections.settings["default"]
    before = dict(settings)
    settings.update(pooled(before, MOST))
    try:
        yield
    finally:
        connections.close_all()
        connections["default"].close_pool()
        settings.update(before)


@contextmanager
def cloned(server: Server, name: str, of: str = EMPTY) -> Iterator[str]:
    """Django works in a fresh copy, which is dropped afterwards."""
    clone(server, name, of)
    try:
        with pointed_at(server, name):
            yield name
    finally:
        with maintenance(server) as connection:
            drop(connection, name)


def filled(server: Server, name: str, fill: Callable[[], Any], of: str = EMPTY) -> Filled:
    """Commit into a fresh database, or a fresh copy of another, what `fill` writes."""
    clone(server, name, of)
    with pointed_at(server, name):
        content = fill()
    clone(server, f"{name}_shared", of=name)
    return Filled(name, f"{name}_shared", pickle.dumps(content))
