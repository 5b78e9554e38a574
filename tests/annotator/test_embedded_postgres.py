"""The embedded server's life, with real processes. Every folder here has a database of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from annotator import embedded_postgres
from annotator.embedded_postgres import (
    DatabaseServerError,
    Server,
    account,
    binaries,
    places,
    postmaster,
    server,
)
from tests.data_folders import copy_of
from tests.in_memory import held_folder, in_memory

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent.parent
HELD: list[Server] = []  # this test's stakes, given up when it is over


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A base folder with a database that has been made and stopped, to copy from."""
    with pytest.MonkeyPatch.context() as patch, new_base(patch) as base:
        start(base / "data").stop_if_last()
        yield base


@pytest.fixture(scope="module")
def made_apart() -> Iterator[Path]:
    """The same with another database."""
    with pytest.MonkeyPatch.context() as patch, new_base(patch) as base:
        start(base / "data").stop_if_last()
        yield base


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder yet to be made; its servers, and those of its siblings, have stopped afterwards."""
    with new_base(monkeypatch) as base:
        yield base / "data"
        while HELD:
            HELD.pop().leave()
        for lock in base.rglob("database.lock"):
            assert server.stop_if_unused(places.DataFolder(lock.parent))


@pytest.fixture
def folder(empty: Path, made: Path) -> Path:
    """A data folder with a database that no server runs on: a copy, since initdb takes its time."""
    copy_of(made / "data", empty)
    return empty


@pytest.fixture
def other(folder: Path, made_apart: Path) -> Path:
    """A data folder beside it with another database."""
    beside = folder.with_name("other")
    copy_of(made_apart / "data", beside)
    return beside


@contextmanager
def new_base(patch: pytest.MonkeyPatch) -> Iterator[Path]:
    with held_folder(in_memory()) as base:
        patch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        yield base


def start(folder: Path, durable: bool = False) -> Server:
    HELD.append(embedded_postgres.ensure_running(folder, durable=durable, say=lambda _text: None))
    return HELD[-1]


def ask(running: Server, question: str, *, owner: bool = False) -> object:
    with psycopg.connect(running.owner_url if owner else running.app_url) as connection:
        return connection.execute(question).fetchone()[0]


def supervisor_of(folder: Path) -> int:
    return int(server._state(places.DataFolder(folder))["pid"])


def postmaster_of(running: Server) -> int:
    """The server process's number, read off the postmaster's PID file."""
    return int((data_of(running) / "postmaster.pid").read_text().split()[0])


def data_of(running: Server) -> Path:
    """Where the database files lie. The socket lies beside them in these tests."""
    return Path(running.socket).parent / "data"


def logged(running: Server) -> str:
    """All that the server has written since its database was made."""
    return "".join(file.read_text() for file in (data_of(running).parent / "log").iterdir())


def gone(pid: int) -> bool:
    return not postmaster._alive(pid)


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_first_start_makes_a_database_for_two_roles_and_no_network(empty):
    """And changes the permissions of no folder that is there."""
    empty.mkdir(mode=0o750)
    empty.chmod(0o750)
    above = empty.parent.stat().st_mode
    running = start(empty)
    assert empty.stat().st_mode & 0o777 == 0o750
    assert empty.parent.stat().st_mode == above
    assert ask(running, "SELECT current_user") == "sourceline_app"
    assert ask(running, "SELECT current_user", owner=True) == "sourceline_owner"
    assert ask(running, "SHOW data_checksums") == "on"
    assert ask(running, "SHOW listen_addresses") == ""
    assert ask(running, "SHOW client_connection_check_interval") == "2s"
    assert ask(running, "SHOW max_wal_size") == "512MB"
    assert ask(
        running, "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'sourceline'"
    ) == ("bC.UTF-8")
    powers = "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname ~ '^sourceline_'"
    assert ask(running, powers) is False
    assert os.stat(running.socket).st_mode & 0o777 == 0o700
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(running.url("postgres"))


def test_words_of_every_script_are_found_by_full_text_search(folder):
    running = start(folder)
    words = ask(running, "SELECT tsvector_to_array(to_tsvector('simple', 'Été العربية, naïve—Ωμέγα'))")
    assert sorted(words) == sorted(["été", "العربية", "naïve", "ωμέγα"])


def test_a_second_user_shares_the_server_and_the_last_one_to_leave_stops_it(folder):
    first, second = start(folder), start(folder)
    assert first.socket == second.socket
    assert first.stop_if_last() is False
    assert ask(second, "SELECT 1") == 1
    pid = postmaster_of(second)
    assert second.stop_if_last() is True
    assert gone(pid)


def test_a_server_without_users_stops_by_itself(folder):
    running = start(folder)
    pid, supervisor = postmaster_of(running), supervisor_of(folder)
    running.leave()
    wait_for(lambda: gone(pid) and gone(supervisor))


def test_two_first_starts_at_once_share_one_server(empty):
    with ThreadPoolExecutor(4) as pool:
        servers = list(pool.map(lambda _n: start(empty), range(4)))
    assert len({s.socket for s in servers}) == 1
    assert len({ask(s, "SELECT system_identifier FROM pg_control_system()") for s in servers}) == 1


def test_two_data_folders_run_side_by_side(folder, other):
    one, two = start(folder), start(other)
    identifiers = {ask(s, "SELECT system_identifier FROM pg_control_system()") for s in (one, two)}
    assert len(identifiers) == 2


def test_the_same_data_is_there_after_a_restart(folder):
    running = start(folder)
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'still here' AS word")
    running.stop_if_last()
    again = start(folder)
    assert ask(again, "SELECT word FROM kept", owner=True) == "still here"
    assert "database system was shut down" in logged(again), "nothing had to be recovered"


def test_a_marker_without_its_database_is_refused_and_nothing_is_made(folder):
    running = start(folder)
    data = data_of(running)
    running.stop_if_last()
    data.rename(data.with_name("elsewhere"))
    with pytest.raises(DatabaseServerError, match="files are missing"):
        start(folder)
    assert not data.exists()
    data.with_name("elsewhere").rename(data)
    assert ask(start(folder), "SELECT 1") == 1


def test_another_database_in_the_place_of_ours_is_refused(folder, other):
    one, two = start(folder), start(other)
    ours, theirs = data_of(one), data_of(two)
    one.stop_if_last()
    two.stop_if_last()
    ours.rename(ours.with_name("aside"))
    theirs.rename(ours)
    with pytest.raises(DatabaseServerError, match="another database"):
        start(folder)


def test_a_first_start_cut_short_is_finished_by_the_next(folder):
    running = start(folder)
    data = data_of(running)
    running.stop_if_last()
    # As a crash between the rename and the last write of the marker leaves it, with debris beside.
    marker = places.DataFolder(folder).marker
    marker.write_text(
        marker.read_text().replace(str(identifier_in(marker)), "null"),
    )
    (data.parent / "new-1234").mkdir()
    assert ask(start(folder), "SELECT 1") == 1
    assert identifier_in(marker)


def identifier_in(marker: Path) -> int:
    return json.loads(marker.read_text())["identifier"]


def test_a_stale_pid_file_that_names_a_foreign_process_is_removed_and_that_process_left_alone(folder):
    running = start(folder)
    data = data_of(running)
    running.stop_if_last()
    # Dies of any signal that we could send by mistake.
    foreign = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        owner = data.stat()
        (data / "postmaster.pid").write_text(f"{foreign.pid}\n{data}\n1\n5432\n/nowhere\n\n0 0\nready\n")
        (Path(running.socket) / ".s.PGSQL.5432.lock").write_text(f"{foreign.pid}\n")
        for file in (data / "postmaster.pid", Path(running.socket) / ".s.PGSQL.5432.lock"):
            os.chown(file, owner.st_uid, owner.st_gid)
        assert ask(start(folder), "SELECT 1") == 1
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_a_postgres_of_another_folder_counts_as_foreign(folder, other):
    one, two = start(folder), start(other)
    pid = postmaster_of(two)
    who = account.of_this_process(lambda _text: None)
    assert postmaster._is_our_server(pid, data_of(two), who)
    assert not postmaster._is_our_server(pid, data_of(one), who)


def test_a_server_that_outlived_its_supervisor_does_not_block_the_next_start(folder):
    running = start(folder)
    old = postmaster_of(running)
    # Stopped, it cannot obey the signal of its parent's death before the next start looks for it.
    os.kill(old, signal.SIGSTOP)
    os.kill(supervisor_of(folder), signal.SIGKILL)
    wait_for(lambda: not running.is_up())
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(start, folder)
        time.sleep(0.3)
        assert not coming.done()
        os.kill(old, signal.SIGCONT)
        assert ask(coming.result(120), "SELECT 1") == 1
    assert gone(old)


def test_kill_9_of_everything_and_the_next_start_has_the_data(folder):
    running = start(folder, durable=True)
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    pids = [supervisor_of(folder), postmaster_of(running)]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    wait_for(lambda: all(gone(pid) for pid in pids))
    assert ask(start(folder, durable=True), "SELECT count(*) FROM kept", owner=True) == 1000


@pytest.mark.parametrize("round_", range(3))
def test_no_acknowledged_write_is_lost_by_kill_9_of_the_server(folder, round_):
    running = start(folder, durable=True)
    with psycopg.connect(running.owner_url) as connection:
        connection.execute("CREATE TABLE written (n bigint PRIMARY KEY)")
    acknowledged = []

    def write() -> None:
        with psycopg.connect(running.owner_url, autocommit=True) as connection:
            for n in range(1_000_000):
                connection.execute("INSERT INTO written VALUES (%s)", [n])
                acknowledged.append(n)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        wait_for(lambda: len(acknowledged) > 20 + 50 * round_)
        os.kill(postmaster_of(running), signal.SIGKILL)
        for pid in children_in(data_of(running)):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            writing.result(120)
    # Its supervisor starts it again for those who still use it.
    wait_for(lambda: gone_and_back(running))
    with psycopg.connect(running.owner_url) as connection:
        stored = {n for (n,) in connection.execute("SELECT n FROM written")}
    assert set(acknowledged) <= stored
    assert len(stored) - len(acknowledged) <= 1


def children_in(data: Path) -> list[int]:
    """PostgreSQL processes that work in the folder, found as the supervisor finds them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(data):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def gone_and_back(running: Server) -> bool:
    try:
        return ask(running, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_a_starter_killed_while_it_waits_leaves_no_server_behind(folder):
    code = f"""
import os, signal
from pathlib import Path
from annotator.embedded_postgres import ensure_running
ensure_running(Path({str(folder)!r}), durable=False)
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    wait_for(lambda: server._state(places.DataFolder(folder)) is None)
    assert not list(folder.parent.glob("**/postmaster.pid"))


def test_a_path_too_long_for_a_socket_gets_one_in_the_runtime_folder(folder):
    deep = folder.parent / "/".join(["a-folder-with-a-long-name"] * 5)
    marker = places.DataFolder(folder).marker
    as_root = '"home": "/' in marker.read_text()
    if as_root:
        deep.mkdir(parents=True)
        (folder.parent / "databases").rename(deep / "databases")
        marker.write_text(marker.read_text().replace(f"{folder.parent}/databases", f"{deep}/databases"))
    else:
        deep.parent.mkdir(parents=True)
        folder.rename(deep)
    running = start(folder if as_root else deep)
    try:
        socket = Path(running.socket)
        assert not socket.is_relative_to(folder.parent)
        assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= 100
        assert socket.stat().st_mode & 0o777 == 0o700
        assert ask(running, "SELECT 1") == 1
    finally:
        running.stop_if_last()
    socket.rmdir()


def test_a_runtime_folder_of_somebody_else_is_not_used(empty, monkeypatch):
    who = account.of_this_process(lambda _text: None)
    base = empty.parent
    monkeypatch.setattr(places, "_runtime_folders", lambda: [base])
    home = places.Home(base / ("x" * 100))
    made = places.socket_folder(home, who)
    made.chmod(0o755)
    with pytest.raises(DatabaseServerError, match="not private"):
        places.socket_folder(home, who)


def test_a_user_without_a_name_is_told_so(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(DatabaseServerError, match="no entry in /etc/passwd"):
        account.of_this_process(lambda _text: None)


def test_a_copied_data_folder_never_shares_its_originals_database(folder):
    copy = folder.with_name("copy")
    subprocess.run(["cp", "-a", str(folder), str(copy)], check=True)
    original = start(folder)
    if account.of_this_process(lambda _text: None).differs:
        with pytest.raises(DatabaseServerError, match="is a copy of"):
            start(copy)
    else:
        assert start(copy).socket != original.socket


def test_programs_copied_for_another_user_run_from_there(empty):
    installed = binaries._installed().folder.parent
    empty.mkdir()
    copied = binaries._copy(installed, empty) / binaries.INSTALL / "bin"
    who = account.of_this_process(lambda _text: None)
    for program in ("initdb", "postgres", "pg_dump"):
        who.run([str(copied / program), "--version"])
    made = (copied / "postgres").stat().st_ino
    assert (binaries._copy(installed, empty) / binaries.INSTALL / "bin/postgres").stat().st_ino == made
