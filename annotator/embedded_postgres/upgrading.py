"""The next major version: a new database beside the old one, filled and proved, then two renames.

The wheel may bring one major version only, and then the old one's programs have to come from elsewhere. The
old files are never opened by the new programs; they stay, under another name, until somebody deletes them.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import account as accounts
from . import binaries, cluster, majors, places, supervisor
from .account import Account
from .errors import DatabaseServerError
from .postmaster import Postmaster, clear_the_way
from .server import address, stop_if_unused

NEXT = "next"  # in the home: where the new database is made
Copy = Callable[[str, str], None]
Say = Callable[[str], None]


def upgrade(data_dir: Path, old_programs: Path | None, copy: Copy, say: Say) -> Path:
    """Bring a data folder's database to this version; where its old files lie afterwards.

    `copy` is given the owner's addresses of the old and the new server and raises unless all is over there.
    Whatever is raised, the old database is in its place.
    """
    folder = places.open_data_folder(data_dir)
    with _alone(folder):
        home = cluster.recognise(folder)
        before = majors.of_files(home.data)
        if before == binaries.MAJOR:
            raise DatabaseServerError(f"The database in {folder.path} is PostgreSQL {before}'s already.")
        if before > binaries.MAJOR:
            majors.refuse_another(home.data, folder.path)
        account = accounts.of_this_process(say)
        shared = places.shared_folder()
        old = binaries.usable_by(account, shared, _programs(before, old_programs))
        new = binaries.usable_by(account, shared)
        fresh = _make_fresh(home, account, new, say)
        say(f"Bringing the database from PostgreSQL {before} to {binaries.MAJOR}.")
        with (
            _running(old, home, account, folder, say) as old_socket,
            _running(new, fresh, account, folder, say) as new_socket,
        ):
            copy(
                address(old_socket, cluster.OWNER, cluster.DATABASE),
                address(new_socket, cluster.OWNER, cluster.DATABASE),
            )
        return _exchange(folder, home, f"{NEXT}/data", before, account)


def go_back(data_dir: Path, say: Say) -> Path:
    """Put the files from before the last upgrade back; where the newer ones lie afterwards."""
    folder = places.open_data_folder(data_dir)
    with _alone(folder):
        home = cluster.recognise(folder)
        now = majors.of_files(home.data)
        kept = [path for path in home.path.glob("data-*") if majors.of_files(path) < now]
        if not kept:
            raise DatabaseServerError(f"There are no files of an older PostgreSQL in {home.path}.")
        newest = max(kept, key=lambda path: (majors.of_files(path), path.stat().st_mtime))
        return _exchange(folder, home, newest.name, now, accounts.of_this_process(say))


@contextmanager
def _alone(folder: places.DataFolder) -> Iterator[None]:
    """Nobody uses the database, and whoever wants to waits. Raises DatabaseServerError if somebody does."""
    busy = DatabaseServerError(f"The database in {folder.path} is in use: stop Sourceline first.")
    if not stop_if_unused(folder):
        raise busy
    with folder.users_lock.open("ab") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise busy from None
        lock = supervisor.take_for_life(folder.supervisor_lock)
        if lock is None:
            raise busy
        try:
            os.ftruncate(lock, 0)
            yield
        finally:
            os.close(lock)


def _programs(major: int, named: Path | None) -> binaries.Binaries:
    folder = named or majors.programs_for(major)
    if folder is None:
        raise DatabaseServerError(
            f"Reading the old files takes the programs of PostgreSQL {major}, and they are not here. Install "
            f"them (on Debian and Ubuntu the package postgresql-{major}) or name their folder with "
            "--old-programs DIR. Or restore a backup into an empty data folder."
        )
    programs = binaries.Binaries(folder.resolve())
    found = binaries.major_of(programs)
    if found != major:
        raise DatabaseServerError(f"{folder} holds PostgreSQL {found}, and the database files are {major}'s.")
    return programs


def _make_fresh(home: places.Home, account: Account, new: binaries.Binaries, say: Say) -> places.Home:
    """An empty database of this version, beside the old one; what a killed upgrade left goes first."""
    fresh = places.Home(home.path / NEXT)
    if fresh.data.exists():
        clear_the_way(fresh, places.socket_folder(fresh, account), account, say)
    account.run(["rm", "-rf", str(fresh.path)])
    account.run(["mkdir", "-m", "700", str(fresh.path)])
    cluster.initialise(fresh, account, new, say, durable=True)
    return fresh


@contextmanager
def _running(
    programs: binaries.Binaries, home: places.Home, account: Account, folder: places.DataFolder, say: Say
) -> Iterator[Path]:
    socket = places.socket_folder(home, account)
    cluster.configure(home, socket, account, durable=True)
    clear_the_way(home, socket, account, say)
    server = Postmaster(programs, home, account, folder.start_log)
    try:
        server.wait_until_ready(say)
        yield socket
    finally:
        server.stop(say)


def _exchange(
    folder: places.DataFolder, home: places.Home, incoming: str, major: int, account: Account
) -> Path:
    names = [f"data-{major}", *(f"data-{major}-{number}" for number in range(2, 100))]
    aside = next(name for name in names if not (home.path / name).exists())
    majors.begin_exchange(folder, home, incoming, aside)
    cluster.recognise(folder)
    account.run(["rm", "-rf", str(home.path / NEXT)])
    return home.path / aside
