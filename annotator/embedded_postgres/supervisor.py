"""The supervisor: one process per data folder that keeps its PostgreSQL server while anyone uses it.

`python -m annotator.embedded_postgres FOLDER [--careless]`, started by `server.ensure_running`.
It says on its standard output, a JSON object a line, what a person should know until the server is ready.
"""

import argparse
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from . import account as accounts
from . import binaries, cluster, places
from .errors import DatabaseServerError
from .postmaster import Postmaster, clear_the_way
from .room import Room

TAKEN = 3  # exit status: another supervisor holds the lock
_IDLE = 2.0  # seconds without any user before the server stops
_PERIOD = 0.1  # seconds between two looks
_LOOK_AT_ROOM = 5.0  # seconds between two looks at the disk
_TRIES = 3  # starts in a row that may end within a minute


class Supervisor:
    """Holds the lock, keeps the server, and ends when no process holds the users' lock any more."""

    def __init__(self, folder: places.DataFolder, lock: int, *, durable: bool) -> None:
        self.folder = folder
        self.lock = lock
        self.durable = durable
        self.told_to_stop = False

    def say(self, text: str) -> None:
        """Tell the process that waits for us; it may have gone."""
        _send({"say": text})

    def tell_state(self, **state: object) -> None:
        """Replace the lock file's text, which the users of the server read."""
        os.ftruncate(self.lock, 0)
        os.pwrite(self.lock, json.dumps({"pid": os.getpid(), **state}).encode(), 0)

    def run(self) -> None:
        """Keep the server until nobody uses it or we are told to stop. Raises DatabaseServerError."""
        self.tell_state(ready=False)
        self.folder.stop_request.unlink(missing_ok=True)
        account = accounts.of_this_process(self.say)
        shared = places.shared_folder()
        if account.differs:
            shared.mkdir(parents=True, exist_ok=True, mode=0o755)
        programs = binaries.usable_by(account, shared)
        home = cluster.prepare(self.folder, account, programs, self.say, durable=self.durable)
        room = Room(home.path, self.say)
        room.make()  # before anything is written
        socket = places.socket_folder(home, account)
        cluster.configure(home, socket, account, durable=self.durable)
        if self.durable:
            room.keep()
        starts: list[float] = []
        while not self.told_to_stop:
            if not room.make():
                starts.clear()
                self._wait_for(room)
                continue
            starts = [s for s in starts if time.monotonic() - s < 60.0] + [time.monotonic()]
            if len(starts) > _TRIES:
                raise DatabaseServerError(f"PostgreSQL ended {_TRIES} times within a minute; see {home.log}.")
            clear_the_way(home, socket, account, self.say)
            server = Postmaster(programs, home, account, self.folder.start_log)
            try:
                server.wait_until_ready(self.say)
                self.tell_state(ready=True, socket=str(socket))
                _send({"ready": True})
                self._watch(server, room)
            except DatabaseServerError:
                if not room.is_short():
                    raise
            finally:
                self.tell_state(ready=False)
                server.stop(self.say)

    def _wait_for(self, room: Room) -> None:
        """Wait until somebody has made room on the disk, or nobody needs the server any more."""
        self.tell_state(
            ready=False, waits=f"The disk of {room.home} is full: make room, and the database starts."
        )
        with self.folder.users_lock.open("ab") as users:
            while not self.told_to_stop and room.is_short():
                time.sleep(_PERIOD)
                if _take(users.fileno()):
                    self.told_to_stop = True

    def _watch(self, server: Postmaster, room: Room) -> None:
        """Return when the server has ended by itself, or nobody needs it, or we were told to stop."""
        with self.folder.users_lock.open("ab") as users:
            idle_since: float | None = None
            looked = time.monotonic()
            while not self.told_to_stop and not server.ended():
                time.sleep(_PERIOD)
                if self.durable and time.monotonic() - looked > _LOOK_AT_ROOM:
                    looked = time.monotonic()
                    room.keep()
                if not _take(users.fileno()):
                    idle_since = None
                    self.folder.stop_request.unlink(missing_ok=True)
                    continue
                idle_since = idle_since or time.monotonic()
                if time.monotonic() - idle_since >= _IDLE or self.folder.stop_request.exists():
                    # Stop while we hold the lock: a newcomer waits for it and then starts its own.
                    self.told_to_stop = True
                    server.stop(self.say)
                    return
                fcntl.flock(users, fcntl.LOCK_UN)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _send(message: dict[str, object]) -> None:
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except (BrokenPipeError, ValueError):
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - for the rest of our life


def take_for_life(path: Path) -> int | None:
    """The supervisor's lock, or None if another one has it. A passing look at it may hold it briefly."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    for _attempt in range(25):
        if _take(handle):
            return handle
        time.sleep(0.02)
    os.close(handle)
    return None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="annotator.embedded_postgres")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--careless", action="store_true", help="no fsync: for tests only")
    options = parser.parse_args(arguments)
    folder = places.DataFolder(options.folder)
    lock = take_for_life(folder.supervisor_lock)
    if lock is None:
        return TAKEN
    supervisor = Supervisor(folder, lock, durable=not options.careless)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        supervisor.told_to_stop = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        supervisor.run()
    except DatabaseServerError as error:
        _send({"error": str(error)})
        return 1
    except OSError as error:
        _send({"error": f"The database server cannot be kept: {error}"})
        return 1
    return 0
