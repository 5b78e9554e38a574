"""One database with a full world and everybody's session in it; each request's writes are taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client, override_settings
from django.test.client import ClientHandler

from annotator.embedded_postgres import Server
from tests.databases import Filled, Visits, filled

from .places import Walls, fill

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def walls_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walls")


@pytest.fixture(scope="session")
def walls_database(
    world_database: Filled, django_db_blocker: Any, embedded_server: Server, walls_folder: Path
) -> Filled:
    with django_db_blocker.unblock(), override_settings(DATA_DIR=walls_folder):
        return filled(
            embedded_server, "walls", lambda: fill(world_database.content()), of=world_database.template
        )


@pytest.fixture
def walls_here(
    walls_database: Filled, django_db_blocker: Any, visits: Visits, walls_folder: Path
) -> Iterator[Walls]:
    with (
        django_db_blocker.unblock(),
        visits.to(walls_database.shared),
        override_settings(DATA_DIR=walls_folder),
    ):
        yield walls_database.content()


@pytest.fixture
def walls(walls_here: Walls, db: None) -> Walls:
    return walls_here


@pytest.fixture(scope="session")
def site() -> ClientHandler:
    """What answers, its middleware loaded once as in a server, not for each of some twenty thousand asks."""
    return ClientHandler(enforce_csrf_checks=False)


class TakenBack:
    """What is written meanwhile is taken back at its end: to one savepoint for as long as nothing else is
    asked of the database in between, since making one and giving it up take longer than many an ask."""

    def __init__(self) -> None:
        self._savepoint, self._inside = "", False

    def noticing(self, execute: Callable[..., Any], *asked: Any) -> Any:
        """Around every statement."""
        if not self._inside:
            self._savepoint = ""
        return execute(*asked)

    def __enter__(self) -> None:
        self._inside = True
        self._savepoint = self._savepoint or transaction.savepoint()

    def __exit__(self, *raised: object) -> None:
        transaction.set_rollback(False)  # of a request that failed within
        transaction.savepoint_rollback(self._savepoint)
        connection.run_on_commit = []
        self._inside = False


@pytest.fixture
def ask(walls: Walls, site: ClientHandler) -> Iterator[Ask]:
    """Who asks by which method for what, and what is sent; all that it writes is taken back at once.

    The answer's `body` is all of it, also of one that comes in pieces.
    """

    taken_back = TakenBack()

    def asked(who: str, method: str, url: str, **sent: Any) -> Any:
        client = Client()
        client.handler = site
        if who in walls.secrets:
            sent = {
                **sent,
                "headers": sent.get("headers", {}) | {"Authorization": f"Bearer {walls.secrets[who]}"},
            }
        if who in walls.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = walls.sessions[who]
        with taken_back:
            answer = client.generic(method, url, **sent)
            answer.body = b"".join(answer) if answer.streaming else answer.content
        return answer

    with connection.execute_wrapper(taken_back.noticing):
        yield asked
