"""One embedded server a session, one database migrated once and cloned; tests work as the app role.

- `db` / `@pytest.mark.django_db`: as the app role, in a transaction that is rolled back.
- `committed_db`: a fresh clone to commit into, also from several threads; dropped afterwards.
- `owner_transaction`: a connection of the owner to the current database; always rolled back.
- `owner_cursor`: the owner in a `committed_db`, committing at once.

Django's flush (`transaction=True`, `live_server`) empties tables by TRUNCATE, which the guards refuse.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from annotator import embedded_postgres
from annotator.database_urls import parse

TEMPLATE = "sourceline"  # migrated, then only copied from
ORDINARY = "sourceline_test"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        names = getattr(item, "fixturenames", ())
        if (marker and marker.kwargs.get("transaction")) or {"live_server", "transactional_db"} & set(names):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture committed_db, not a flushing test case.")


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests() -> Iterator[None]:
    """What `manage.py` would prepare, without a data folder; static files under their plain names."""
    from django.conf import settings
    from django.test import override_settings

    settings.SECRET_KEY = "only-for-tests"
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        yield


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[embedded_postgres.Server]:
    """The session's server: not durable, and all of it in a temporary folder."""
    folder = Path(tempfile.mkdtemp(prefix="sourceline-tests-"))
    folder.chmod(0o711)  # as root the server runs as another user, who has to pass
    before = os.environ.get("SOURCELINE_DATABASES")
    os.environ["SOURCELINE_DATABASES"] = str(folder / "databases")
    server = embedded_postgres.ensure_running(folder / "data", durable=False)
    try:
        yield server
    finally:
        server.stop_if_last()
        if before is None:
            del os.environ["SOURCELINE_DATABASES"]
        else:
            os.environ["SOURCELINE_DATABASES"] = before
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, embedded_server: embedded_postgres.Server
) -> Iterator[None]:
    """Replaces pytest-django's: migrate the template as the owner, clone it, point Django at the clone."""
    from django.core.management import call_command
    from django.db import connections

    with django_db_blocker.unblock():
        _point_django_at(embedded_server, TEMPLATE)
        call_command("migrate", verbosity=0, interactive=False)
        connections.close_all()
        _clone(embedded_server, ORDINARY)
        _point_django_at(embedded_server, ORDINARY)
    yield
    connections.close_all()


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    embedded_server: embedded_postgres.Server,
) -> Iterator[str]:
    """The name of a fresh clone, to which Django's default connection points in every thread."""
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        raise pytest.UsageError("committed_db and a rolled-back transaction exclude each other.")
    name = f"{ORDINARY}_committed"
    _clone(embedded_server, name)
    with django_db_blocker.unblock():
        _point_django_at(embedded_server, name)
        try:
            yield name
        finally:
            _point_django_at(embedded_server, ORDINARY)
            with _maintenance(embedded_server) as connection:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def owner_transaction(
    django_db_setup: None, embedded_server: embedded_postgres.Server
) -> Iterator[psycopg.Connection]:
    """The owner, in a transaction of its own on the current database; rolled back.

    It sees what is committed, not what a rolled-back test has written. `SET LOCAL ROLE sourceline_app`
    makes it the app role inside the same transaction.
    """
    connection = psycopg.connect(embedded_server.url("sourceline_owner", _current_name()))
    try:
        yield connection
    finally:
        connection.rollback()
        connection.close()


@pytest.fixture
def owner_cursor(committed_db: str, embedded_server: embedded_postgres.Server) -> Iterator[psycopg.Cursor]:
    """The owner in the test's own clone; every statement commits."""
    with psycopg.connect(
        embedded_server.url("sourceline_owner", committed_db), autocommit=True
    ) as connection:
        yield connection.cursor()


def _current_name() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def _point_django_at(server: embedded_postgres.Server, name: str) -> None:
    """Change the settings that all threads' connections share, in place."""
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    connections.settings["default"].update(parse(server.url("sourceline_app", name)))
    settings.OWNER_DATABASE.update(parse(server.url("sourceline_owner", name)))
    settings.APP_DATABASE_ROLE = "sourceline_app"


def _maintenance(server: embedded_postgres.Server) -> psycopg.Connection:
    return psycopg.connect(server.url("sourceline_owner", "postgres"), autocommit=True)


def _clone(server: embedded_postgres.Server, name: str) -> None:
    with _maintenance(server) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
