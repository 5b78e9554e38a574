"""One database with a full world and everybody's session in it; each request's writes are taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
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


@pytest.fixture
def ask(walls: Walls, site: ClientHandler) -> Ask:
    """Who asks by which method for what, and what is sent; all that it writes is taken back at once.

    The answer's `body` is all of it, also of one that comes in pieces.
    """

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
        with transaction.atomic():
            answer = client.generic(method, url, **sent)
            answer.body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        return answer

    return asked
