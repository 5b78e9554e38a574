"""One clone for all attempts, with a small world committed into it; each attempt is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections

from annotator.database_roles import as_owner
from annotator.embedded_postgres import Server
from tests.databases import ORDINARY, Filled, cloned, point_django_at
from tests.factories import World


@dataclass(frozen=True)
class _Committed:
    database: str
    world: World


@pytest.fixture(scope="package")
def _committed(
    world_database: Filled, django_db_blocker: Any, embedded_server: Server
) -> Iterator[_Committed]:
    copy = cloned(embedded_server, f"{ORDINARY}_invariants", of=world_database.template)
    with django_db_blocker.unblock(), copy as name:
        yield _Committed(name, world_database.content())


@pytest.fixture
def world(_committed: _Committed, embedded_server: Server) -> World:
    if connections.settings["default"]["NAME"] != _committed.database:
        point_django_at(embedded_server, _committed.database)  # another test has been elsewhere meanwhile
    return _committed.world


@pytest.fixture
def as_the_owner(world: World) -> Iterator[None]:
    """Django's connection is the owner's."""
    with as_owner():
        yield
