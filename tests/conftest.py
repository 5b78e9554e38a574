"""One embedded server a process, one database migrated once and cloned; tests work as the app role.

- `db` / `@pytest.mark.django_db`: as the app role, in a transaction that is rolled back.
- `small_world_here`: the same, in a database that holds the small world of tests/factories.py; and so with
  any other fixture whose name ends in `_here`, for what many tests begin with.
- `committed_db`: a fresh clone to commit into, also from several threads; dropped afterwards. With
  `committed_world` or `committed_demo` beside it, the clone holds the small world or the demo project.
- `owner_transaction`: a connection of the owner to the current database; always rolled back.
- `owner_cursor`: the owner in a `committed_db`, committing at once.

After each module the databases that tests share are looked through for what was committed in them.

Worlds and demo are loaded at most once a process. Each process of `pytest -n` has a server of its own, so
that nothing of one is ever seen by another. Django's flush (`transaction=True`, `live_server`) empties
tables by TRUNCATE, which the guards refuse.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings

from annotator import embedded_postgres
from tests.data_folders import folder_of_the_run
from tests.databases import (
    COMMITTED,
    EMPTY,
    ORDINARY,
    Filled,
    Visits,
    clone,
    cloned,
    current_name,
    filled,
    point_django_at,
)
from tests.dearest_first import dearest_first
from tests.imported_in_turn import import_in_turn
from tests.in_memory import held_folder, in_memory
from tests.left_behind import LeftBehind

if TYPE_CHECKING:
    from sources.models import Project
    from tests.factories import World

# How long an example takes is the machine's affair; speed is measured in bench/.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")
YOUNG = 50_000
"""Objects that are made before those still there are looked through: most of a test's go by themselves."""
LEFT_BEHIND = pytest.StashKey[LeftBehind]()
OF_THE_RUN = pytest.StashKey[ExitStack]()
HOLDING = {
    "committed_site": "site_database",
    "long_text": "long_text_database",
    "committed_world": "world_database",
    "committed_demo": "demo_database",
}
"""What a test's database holds; those that hold the world as well come first."""


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run keeps what all of them share."""
    if not hasattr(config, "workerinput"):
        config.stash[OF_THE_RUN] = ExitStack()
        config.stash[OF_THE_RUN].enter_context(folder_of_the_run())


def pytest_unconfigure(config: pytest.Config) -> None:
    if OF_THE_RUN in config.stash:
        config.stash[OF_THE_RUN].close()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """What is collected and imported is no garbage: looking through it again and again is half the work."""
    gc.disable()
    import_in_turn(session.config)
    yield
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    for item in items:
        _judge(item)
    yield
    # Only what was not left out is put in order: the quick run has other dear files than the whole one.
    dearest_first(items, getattr(config, "workerinput", {}).get("workercount", 1))


def _judge(item: pytest.Item) -> None:
    """Refuse what would reach beyond its test, and give the marks that follow from what a test uses."""
    marks = {mark.name: mark for mark in item.iter_markers()}
    names = getattr(item, "fixturenames", ())
    if "django_db" not in marks and "db" not in names and any(name.endswith("_here") for name in names):
        raise pytest.UsageError(f"{item.nodeid}: without the fixture db all it writes would stay there.")
    flushing = "django_db" in marks and marks["django_db"].kwargs.get("transaction")
    if flushing or not {"live_server", "transactional_db"}.isdisjoint(names):
        raise pytest.UsageError(f"{item.nodeid}: use the fixture committed_db, not a flushing test case.")
    if "chromium" in names:
        item.add_marker("browser")  # by what it uses: one forgotten mark leaves a loop to all that follow
    if "lengthy" in marks:
        item.add_marker("slow")  # the quick run leaves out both
    if isinstance(item, pytest.Function):
        # The database has to be chosen before pytest-django begins the transaction in it.
        item.fixturenames.sort(key=lambda name: not name.endswith("_here"))


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests() -> Iterator[None]:
    """What `manage.py` would prepare, without a data folder; static files under their plain names.

    Passwords are kept as in earnest, by Argon2 with its least work.
    """
    from django.conf import settings
    from django.test import override_settings

    settings.SECRET_KEY = "only-for-tests"
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        STORAGES=storages,
        API_RATES=dict.fromkeys(settings.API_RATES, 10**6),
        PASSWORD_HASHERS=["tests.light_hashing.LightArgon2"],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _locks_in_one_order(_settings_for_tests: None) -> Iterator[None]:
    """An act that takes locks by name against their order fails, whatever the test is about."""
    from tests.order_of_locks import held_to

    with held_to():
        yield


@pytest.fixture(scope="session")
def embedded_server() -> Iterator[embedded_postgres.Server]:
    """The session's server: not durable, and all of it in a temporary folder."""
    before = os.environ.get("SOURCELINE_DATABASES")
    with held_folder(in_memory()) as folder:
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


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    _settings_for_tests: None,
    django_db_blocker: Any,
    embedded_server: embedded_postgres.Server,
) -> Iterator[None]:
    """Replaces pytest-django's: migrate the template as the owner, clone it, point Django at the clone."""
    from django.core.management import call_command
    from django.db import connections

    with django_db_blocker.unblock():
        point_django_at(embedded_server, EMPTY)
        gc.disable()  # the thousands of model classes that migrating renders are no garbage until it is done
        call_command("migrate", verbosity=0, interactive=False)
        gc.enable()
        connections.close_all()
        gc.collect()
        gc.freeze()  # what is loaded by now stays to the end, and is looked through no more
        clone(embedded_server, ORDINARY)
        point_django_at(embedded_server, ORDINARY)
    left_behind = request.config.stash[LEFT_BEHIND] = LeftBehind(embedded_server)
    with left_behind.visit(ORDINARY):
        yield
    left_behind.close()
    connections.close_all()


@pytest.fixture(scope="module", autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a module's tests committed where others work is an error of that module."""
    yield
    left_behind = request.config.stash.get(LEFT_BEHIND, None)
    if left_behind and (found := left_behind.found()):
        pytest.fail("\n".join([f"Committed by {request.node.nodeid}, for want of committed_db:", *found]))


@pytest.fixture(scope="session")
def visits(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    embedded_server: embedded_postgres.Server,
) -> Iterator[Visits]:
    visits = Visits(embedded_server, request.config.stash[LEFT_BEHIND])
    yield visits
    with django_db_blocker.unblock():
        visits.close()


@pytest.fixture(scope="session")
def world_database(
    django_db_setup: None, django_db_blocker: Any, embedded_server: embedded_postgres.Server
) -> Filled:
    from tests.factories import small_world

    with django_db_blocker.unblock():
        return filled(embedded_server, "small_world", small_world)


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: Any, embedded_server: embedded_postgres.Server
) -> Filled:
    """The demo project; its content is the Project. The manager's name is mara."""
    from annotator.demo.load import load_demo
    from sources.models import User

    def load() -> "Project":
        return load_demo(by=User.objects.create(username="mara", name="Mara Quill")).project

    with django_db_blocker.unblock():
        return filled(embedded_server, "demo", load)


@pytest.fixture
def small_world_here(world_database: Filled, django_db_blocker: Any, visits: Visits) -> Iterator["World"]:
    """The world in the database that Django points to; for tests that roll back what they write."""
    with django_db_blocker.unblock(), visits.to(world_database.shared):
        yield world_database.content()


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
    wanted = next((held for name, held in HOLDING.items() if name in request.fixturenames), None)
    template = request.getfixturevalue(wanted).template if wanted else EMPTY
    with django_db_blocker.unblock(), cloned(embedded_server, COMMITTED, of=template) as name:
        yield name


@pytest.fixture
def committed_world(committed_db: str, world_database: Filled) -> "World":
    return world_database.content()


@pytest.fixture
def committed_demo(committed_db: str, demo_database: Filled) -> "Project":
    return demo_database.content()


@pytest.fixture
def owner_transaction(
    django_db_setup: None, embedded_server: embedded_postgres.Server
) -> Iterator[psycopg.Connection]:
    """The owner, in a transaction of its own on the current database; rolled back.

    It sees what is committed, not what a rolled-back test has written. `SET LOCAL ROLE sourceline_app`
    makes it the app role inside the same transaction.
    """
    connection = psycopg.connect(embedded_server.url("sourceline_owner", current_name()))
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
