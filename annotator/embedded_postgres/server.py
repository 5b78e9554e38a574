"""What the rest of the program sees of the embedded server: it is there while a `Server` is held."""

import contextlib
import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from . import cluster, places, supervisor
from .account import of_this_process
from .errors import DatabaseServerError

_ROOT = Path(__file__).resolve().parent.parent.parent
_SAY_AFTER = 3.0  # seconds of silent waiting


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201


class Server:
    """A running embedded server and this process's stake in it: it runs at least until `leave()`.

    The stake is a lock on an open file, so it ends with the process however that ends.
    """

    def __init__(self, folder: places.DataFolder, socket: str, users: BinaryIO) -> None:
        self.folder = folder
        self.socket = socket
        self._users = users

    def url(self, role: str, database: str = cluster.DATABASE) -> str:
        """The address of a database of this server for one of its two roles."""
        return address(self.socket, role, database)

    @property
    def app_url(self) -> str:
        return self.url(cluster.APP)

    @property
    def owner_url(self) -> str:
        return self.url(cluster.OWNER)

    def is_up(self) -> bool:
        """Whether its supervisor lives and says that connections are accepted."""
        state = _state(self.folder)
        return bool(state and state.get("ready"))

    def leave(self) -> None:
        """Give up the stake; the server stops two seconds after the last one has left."""
        self._users.close()

    def stop_if_last(self) -> bool:
        """Leave, and if nobody else uses the server have it stopped and wait; whether it was stopped."""
        self.leave()
        return stop_if_unused(self.folder)


def address(socket: str | Path, role: str, database: str) -> str:
    """The address of a database on the server with that socket."""
    return f"postgres://{role}@/{database}?host={quote(str(socket), safe='')}"


def ensure_running(
    data_dir: Path, *, durable: bool = True, say: Callable[[str], None] = _to_stderr
) -> Server:
    """The embedded server of a data folder: found running, or started under a supervisor of its own.

    `durable=False` switches fsync off, for databases that nobody will miss. `say` gets what a person
    should know: a user made, a recovery that takes long. Raises DatabaseServerError.
    """
    folder = places.open_data_folder(data_dir)
    users = _join(folder, say)
    told = None
    try:
        while True:
            state = _state(folder)
            if state and (waits := state.get("waits")) and waits != told:
                told = waits
                say(str(waits))
            if state is None:
                _start_supervisor(folder, say, durable=durable)
            elif state.get("ready"):
                return Server(folder, str(state["socket"]), users)
            else:
                time.sleep(0.03)
    except BaseException:
        users.close()
        raise


def has_database(data_dir: Path) -> bool:
    """Whether the data folder has, or once had, a database of its own. Makes nothing."""
    return places.DataFolder(data_dir).marker.exists()


def remove(data_dir: Path) -> None:
    """Stop the server of a data folder and delete its database for good. Raises if somebody uses it."""
    folder = places.open_data_folder(data_dir)
    stopped = stop_if_unused(folder)
    with folder.users_lock.open("ab") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            stopped = False
        if not stopped:
            raise DatabaseServerError(f"The database in {folder.path} is in use.")
        cluster.forget(folder, of_this_process(_to_stderr))


def _join(folder: places.DataFolder, say: Callable[[str], None]) -> BinaryIO:
    """Take a stake. Waits while a supervisor that found nobody left is stopping its server."""
    users = folder.users_lock.open("ab")
    began, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(users, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return users
        except BlockingIOError:
            if not told and time.monotonic() - began > _SAY_AFTER:
                told = True
                say("Waiting for the database to finish stopping.")
            time.sleep(0.02)


def _state(folder: places.DataFolder) -> dict[str, object] | None:
    """What the living supervisor says of itself; None if there is none."""
    try:
        handle = os.open(folder.supervisor_lock, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return None
        except BlockingIOError:
            pass
        try:
            state = json.loads(os.pread(handle, 4096, 0))
        except ValueError:
            return {}  # read in the middle of being written
        return state if isinstance(state, dict) else {}
    finally:
        os.close(handle)


def _start_supervisor(folder: places.DataFolder, say: Callable[[str], None], *, durable: bool) -> None:
    """Start one and return when its server is ready or another supervisor was faster."""
    command = [sys.executable, "-m", __package__, str(folder.path)]
    with folder.start_log.open("wb") as log:
        process = subprocess.Popen(
            command if durable else [*command, "--careless"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=_ROOT,
            start_new_session=True,  # Ctrl-C in the terminal is for us to handle, not for the server
        )
    assert process.stdout is not None  # noqa: S101
    with process.stdout as lines:
        for message in _messages(lines):
            if message.get("ready"):
                # It lives on without us; collected when it ends before this process does.
                _started.append(process)
                return
            if "error" in message:
                process.wait()
                raise DatabaseServerError(str(message["error"]))
            say(str(message["say"]))
    if process.wait() not in (0, supervisor.TAKEN):
        tail = folder.start_log.read_text(errors="replace").strip().splitlines()[-8:]
        raise DatabaseServerError("\n".join(["The database's supervisor ended unexpectedly:", *tail]))


_started: list[subprocess.Popen[bytes]] = []


def _messages(lines: Iterator[bytes]) -> Iterator[dict[str, object]]:
    for line in lines:
        with contextlib.suppress(ValueError):
            yield json.loads(line)


def stop_if_unused(folder: places.DataFolder) -> bool:
    """Ask for a stop without delay and wait for it; False if somebody uses the server.

    A request instead of a signal: the supervisor alone decides, under the lock that newcomers need.
    """
    folder.stop_request.touch()
    while (state := _state(folder)) is not None and folder.stop_request.exists():
        time.sleep(0.02)
    folder.stop_request.unlink(missing_ok=True)
    for process in _started:
        process.poll()
    return state is None
