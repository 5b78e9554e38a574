"""One clone for all attempts, with a small world committed into it; each attempt is taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from annotator.database_roles import as_owner
from annotator.embedded_postgres import Server
from tests.conftest import ORDINARY, _clone, _maintenance, _point_django_at
from tests.factories import World, small_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any, embedded_server: Server) -> Iterator[World]:
    name = f"{ORDINARY}_invariants"
    _clone(embedded_server, name)
    with django_db_blocker.unblock():
        _point_django_at(embedded_server, name)
        try:
            yield small_world()
        finally:
            connections.close_all()
            _point_django_at(embedded_server, ORDINARY)
            with _maintenance(embedded_server) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def as_the_owner(world: World) -> Iterator[None]:
    """Django's connection is the owner's for the whole module."""
    with as_owner():
        yield
