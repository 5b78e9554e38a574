"""One clone for all attempts, with a small world committed into it; each attempt is taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connections

from annotator.database_roles import as_owner
from annotator.embedded_postgres import Server
from tests.conftest import ORDINARY, _clone, _maintenance, _point_django_at
from tests.factories import World, small_world


@dataclass(frozen=True)
class _Committed:
    database: str
    world: World


@pytest.fixture(scope="package")
def _committed(
    django_db_setup: None, django_db_blocker: Any, embedded_server: Server
) -> Iterator[_Committed]:
    name = f"{ORDINARY}_invariants"
    _clone(embedded_server, name)
    with django_db_blocker.unblock():
        _point_django_at(embedded_server, name)
        try:
            yield _Committed(name, small_world())
        finally:
            connections.close_all()
            _point_django_at(embedded_server, ORDINARY)
            with _maintenance(embedded_server) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def world(_committed: _Committed, embedded_server: Server) -> World:
    if connections.settings["default"]["NAME"] != _committed.database:
        _point_django_at(embedded_server, _committed.database)  # another test has been elsewhere meanwhile
    return _committed.world


@pytest.fixture
def as_the_owner(world: World) -> Iterator[None]:
    """Django's connection is the owner's."""
    with as_owner():
        yield
