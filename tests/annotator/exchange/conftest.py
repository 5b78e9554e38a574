"""The demo project for this folder, in one transaction that is rolled back; a test has a savepoint in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

from sources.models import Project
from tests.databases import Filled, Visits
from tests.order_of_locks import of_the_test

from .releases import unpack, write


@pytest.fixture(scope="package")
def loaded(demo_database: Filled, django_db_blocker, visits: Visits) -> Iterator[Project]:
    with django_db_blocker.unblock(), visits.to(demo_database.shared), of_the_test():
        with connection.cursor() as cursor:  # a test of some minutes may ask the database nothing
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout TO 0")
        yield demo_database.content()
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded: Project) -> Iterator[Project]:
    with of_the_test():
        yield loaded
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def demo_release(loaded: Project, tmp_path_factory) -> dict[str, Path]:
    """The project's release as ZIPs, with and without texts."""
    folder = tmp_path_factory.mktemp("release")
    return {
        "plain": write(loaded, folder / "plain.zip"),
        "texts": write(loaded, folder / "texts.zip", with_texts=True),
    }


@pytest.fixture
def top(demo_release: dict[str, Path], tmp_path: Path) -> Path:
    """An unpacked copy of the release, free to be damaged."""
    return unpack(demo_release["plain"], tmp_path / "unpacked")
