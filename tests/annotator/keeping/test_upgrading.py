"""The next major version, with real servers of both: the wheel brings PostgreSQL 16 beside 18."""

import fcntl
import io
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from annotator import embedded_postgres
from annotator.embedded_postgres import (
    DatabaseServerError,
    account,
    binaries,
    cluster,
    majors,
    places,
    upgrading,
)
from annotator.keeping.digests import differing
from annotator.keeping.upgrading import _working_at
from sources.models import User
from tests.annotator.keeping.test_restoring import state
from tests.in_memory import held_folder, in_memory

pytestmark = pytest.mark.slow

OLD = 16


def silent(_words: str) -> None:
    pass


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Path]:
    """A data folder whose database is PostgreSQL 16's, migrated there; no server runs on it."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        held_folder(in_memory()) as base,
    ):
        patch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        make_old(base)
        yield base


def make_old(base: Path) -> None:
    folder = places.open_data_folder(base / "data")
    who = account.of_this_process(silent)
    (base / "databases").mkdir(mode=0o755)
    programs = binaries.usable_by(who, base / "databases", binaries.Binaries(majors.programs_for(OLD)))
    elsewhere = str(base / "databases" / "a1") if who.differs else ""
    home = cluster._home(folder, cluster.Marker(elsewhere, str(folder.path), None))
    cluster._make_home(home, who)
    command = [programs.path("initdb"), "-D", str(home.data), "--username=postgres", "--encoding=UTF8"]
    who.run([*command, "--locale=C.UTF-8", "--auth-local=peer", "--auth-host=reject"])
    configuration = f"{home.data}/postgresql.conf"
    who.run(["/bin/sh", "-c", 'echo "include \'sourceline.conf\'" >>"$1"', "sh", configuration])
    who.write(f"{home.data}/sourceline.conf", "")
    single = [programs.path("postgres"), "--single", "-c", "exit_on_error=on", "-D", str(home.data)]
    who.run([*single, "postgres"], cluster._ROLES)
    cluster._write(folder, cluster.Marker(elsewhere, str(folder.path), majors.system_identifier(home.data)))
    with upgrading._running(programs, home, who, folder, silent) as socket:
        url = embedded_postgres.server.address(socket, cluster.OWNER, cluster.DATABASE)
        with _working_at(url):
            call_command("migrate", verbosity=0, interactive=False)
            User.objects.create(username="ada", name="Ada Öst 🛢")


@pytest.fixture
def folder(made: Path, monkeypatch, settings, django_db_blocker) -> Iterator[Path]:
    """A copy of it, which nobody uses."""
    with held_folder(in_memory()) as base:
        monkeypatch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        for part in ("data", "databases"):
            subprocess.run(["cp", "-a", str(made / part), str(base)], check=True)
        found = places.DataFolder(base / "data")
        marker = cluster._read(found)
        home = marker.home.replace(str(made), str(base))
        cluster._write(found, cluster.Marker(home, str(found.path), marker.identifier))
        settings.DATA_DIR = base / "data"
        with django_db_blocker.unblock():
            yield base / "data"
        for lock in base.rglob("database.lock"):
            assert embedded_postgres.server.stop_if_unused(places.DataFolder(lock.parent))


def upgrade(**options: object) -> str:
    out = io.StringIO()
    call_command("upgrade_database", stdout=out, stderr=out, **options)
    return out.getvalue()


def people(folder: Path) -> list[tuple[str, ...]]:
    server = embedded_postgres.ensure_running(folder, durable=False, say=silent)
    try:
        with psycopg.connect(server.app_url) as asking:
            return asking.execute(
                "SELECT name, (current_setting('server_version_num')::int / 10000)::text FROM sources_user"
            ).fetchall()
    finally:
        server.stop_if_last()


def data_of(folder: Path) -> Path:
    return cluster._home(places.DataFolder(folder), cluster._read(places.DataFolder(folder))).data


def test_files_of_another_major_are_refused_and_upgraded_and_there_is_a_way_back(folder):
    with pytest.raises(DatabaseServerError) as refused:
        embedded_postgres.ensure_running(folder, durable=False, say=silent)
    said = str(refused.value)
    assert "are those of PostgreSQL 16, and this Sourceline brings PostgreSQL 18. Nothing was changed" in said
    assert f"manage.py upgrade_database --data {folder} (the programs of the old one are here)" in said

    done = upgrade()
    data = data_of(folder)
    assert "every table equal to the old one's by its digest" in done and f"{data}-16" in done
    assert people(folder) == [("Ada Öst 🛢", "18")]
    assert majors.of_files(Path(f"{data}-16")) == OLD
    assert sorted(path.name for path in data.parent.iterdir()) == ["data", "data-16", "log", "run"]
    with pytest.raises(CommandError, match=r"is PostgreSQL 18's already"):
        upgrade()

    assert f"{data}-18" in upgrade(back=True)
    assert majors.of_files(data) == OLD
    with pytest.raises(DatabaseServerError, match="are those of PostgreSQL 16"):
        embedded_postgres.ensure_running(folder, durable=False, say=silent)
    upgrade()
    assert people(folder) == [("Ada Öst 🛢", "18")]


def test_a_crash_between_the_two_renames_is_finished_by_the_next_start(folder):
    connections.close_all()
    exchange = folder / "database-exchange.json"
    child = os.fork()
    if child == 0:
        rename = os.rename

        def dying(*args: object) -> None:
            rename(*args)
            if exchange.exists():  # the new database got its name by a rename as well
                os.kill(os.getpid(), signal.SIGKILL)

        os.rename = dying
        try:
            upgrade()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert exchange.exists()
    assert not data_of(folder).exists()
    assert people(folder) == [("Ada Öst 🛢", "18")]
    assert not exchange.exists()
    assert majors.of_files(Path(f"{data_of(folder)}-16")) == OLD


def test_an_upgrade_that_fails_leaves_the_old_and_may_be_run_again(folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("annotator.keeping.restoring.differing", lambda *_: ["sources_user is missing"])
        with pytest.raises(CommandError, match="sources_user is missing"):
            upgrade()
    assert majors.of_files(data_of(folder)) == OLD
    assert not (folder / "upgrade.backup").exists()
    upgrade()
    assert people(folder) == [("Ada Öst 🛢", "18")]


def test_without_the_old_programs_and_with_wrong_ones_it_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(majors, "programs_for", lambda major: None)
    with pytest.raises(
        CommandError, match=r"programs of PostgreSQL 16, and they are not here.*postgresql-16"
    ):
        upgrade()
    with pytest.raises(CommandError, match=r"holds PostgreSQL 18, and the database files are 16's"):
        upgrade(old_programs=binaries._installed().folder)
    with pytest.raises(CommandError, match=r"no programs of PostgreSQL in"):
        upgrade(old_programs=folder)
    assert majors.of_files(data_of(folder)) == OLD


def test_a_newer_version_is_not_touched(folder):
    (data_of(folder) / "PG_VERSION").write_text("99\n")
    with pytest.raises(CommandError, match="made by a newer Sourceline: start that one"):
        upgrade()


def test_a_database_in_use_is_not_upgraded(folder):
    with (folder / "database.users").open("ab") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with pytest.raises(CommandError, match="is in use: stop Sourceline first"):
            upgrade()


def test_a_backup_of_the_older_server_is_restored_into_the_newer(folder, tmp_path, settings):
    """And none of the newer into the older: two outside servers, by their addresses."""
    home = cluster.recognise(places.DataFolder(folder))
    who = account.of_this_process(silent)
    shared = places.shared_folder()
    old = binaries.usable_by(who, shared, binaries.Binaries(majors.programs_for(OLD)))
    fresh = upgrading._make_fresh(home, who, binaries.usable_by(who, shared), silent)
    data = places.DataFolder(folder)
    with (
        upgrading._running(old, home, who, data, silent) as old_socket,
        upgrading._running(binaries.usable_by(who, shared), fresh, who, data, silent) as new_socket,
    ):
        urls = [
            embedded_postgres.server.address(socket, cluster.OWNER, cluster.DATABASE)
            for socket in (old_socket, new_socket)
        ]
        with _working_at(urls[0]):
            before = state()  # what a backup holds; that it was taken is noted after its moment
            call_command("backup", tmp_path / "16", verbosity=0)
            assert differing(before, state()) == ["sources_backuptaken has 1 rows, expected 0"]
            call_command("restore", tmp_path / "16", over=True, verbosity=0)
            assert state() == before
        with _working_at(urls[1]):
            call_command("restore", tmp_path / "16", verbosity=0)
            assert state() == before
            with connection.cursor() as cursor:
                cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
                assert cursor.fetchone() == (18,)
            call_command("backup", tmp_path / "18", verbosity=0)
        with _working_at(urls[0]):
            with pytest.raises(CommandError, match="made from PostgreSQL 18, and this server is 16"):
                call_command("restore", tmp_path / "18", over=True, verbosity=0)
            assert state() == before
