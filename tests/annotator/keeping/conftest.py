"""A small world with a release, backed up once a process; and empty databases to restore into."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import call_command

from annotator import embedded_postgres
from tests.databases import Filled, clone, cloned, drop, maintenance, pointed_at

RELEASE = b"the file of a release"


@dataclass(frozen=True)
class Origin:
    """What was backed up: the file, the data folder, and the database, which stays as it was."""

    backup: Path
    folder: Path
    database: str


@pytest.fixture(scope="session")
def origin(
    world_database: Filled,
    embedded_server: embedded_postgres.Server,
    django_db_blocker,
    tmp_path_factory,
) -> Iterator[Origin]:
    from django.test import override_settings

    base = tmp_path_factory.mktemp("origin")
    folder = base / "data"
    name = "sourceline_origin"
    with django_db_blocker.unblock():
        clone(embedded_server, name, of=world_database.template)
        with pointed_at(embedded_server, name), override_settings(DATA_DIR=folder):
            fill(folder, world_database)
            call_command("backup", base / "one.backup", verbosity=0)
    yield Origin(base / "one.backup", folder, name)
    with maintenance(embedded_server) as connection:
        drop(connection, name)


def fill(folder: Path, world: Filled) -> None:
    """A release that is ready, one whose file is lost, an upload that waits, and somebody signed in."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from annotator.models import Release, ReleaseState

    project = world.content().here.project
    for number, name in ((11, "ready.zip"), (12, "lost.zip")):
        Release.objects.create(
            project=project,
            number=number,
            title=f"Release {number} – Ölpest 🛢",
            state=ReleaseState.READY,
            file_name=name,
            size=len(RELEASE),
            sha256=sha256(RELEASE).hexdigest(),
        )
    for name, content in {
        f"releases/{project.uuid}/ready.zip": RELEASE,
        f"releases/{project.uuid}/ready.xlsx": b"workbook",
        f"releases/{project.uuid}/half.zip.part": b"half",
        f"releases/{project.uuid}/my notes (1).txt": b"not ours",
        f"imports/{project.uuid}/0a1b/upload": b"\x00\xff" * 1000,
        "secret_key": b"secret",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=timezone.now())


@pytest.fixture
def nothing(
    origin: Origin, embedded_server: embedded_postgres.Server, django_db_blocker, settings, tmp_path
) -> Iterator[Path]:
    """An empty database, which Django works in, and an empty data folder."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    name = "sourceline_restored"
    with maintenance(embedded_server) as connection:
        drop(connection, name)
        connection.execute(f"CREATE DATABASE {name}")
    with django_db_blocker.unblock():
        with pointed_at(embedded_server, name):
            yield settings.DATA_DIR
        with maintenance(embedded_server) as connection:
            drop(connection, name)


@pytest.fixture
def other(
    origin: Origin,
    world_database: Filled,
    embedded_server: embedded_postgres.Server,
    django_db_blocker,
    settings,
    tmp_path,
) -> Iterator[Path]:
    """Another installation, with a project and a file of its own: the small world before the releases."""
    settings.DATA_DIR = tmp_path / "data"
    mine = settings.DATA_DIR / "releases" / str(world_database.content().here.project.uuid) / "ready.zip"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"another of the same name")
    with (
        django_db_blocker.unblock(),
        cloned(embedded_server, "sourceline_other", of=world_database.template),
    ):
        yield settings.DATA_DIR
