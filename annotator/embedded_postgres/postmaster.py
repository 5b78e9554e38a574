"""One PostgreSQL server process: started, watched, stopped; and what an earlier one left behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from .account import Account
from .binaries import Binaries
from .errors import DatabaseServerError
from .places import SOCKET_NAME, Home

PROC = Path("/proc")
PID_FILE = "postmaster.pid"
_STATUS_LINE = 7  # zero-based, in postmaster.pid
_SAY_EVERY = 5.0  # seconds
_FAST_STOP = 60.0  # seconds that SIGINT gets before SIGQUIT


class Postmaster:
    """A running server as a child of this process."""

    def __init__(self, binaries: Binaries, home: Home, account: Account, start_log: Path) -> None:
        """Start the server; it gets SIGINT (a fast, clean stop) when this process dies."""
        self.home = home
        self.start_log = start_log
        command = [binaries.path("postgres"), "-D", str(home.data)]
        with start_log.open("ab") as log:
            self.process = account.popen(command, stdout=log, stderr=log)

    def wait_until_ready(self, say: Callable[[str], None]) -> None:
        """Return when connections are accepted, however long recovery takes.

        Raises DatabaseServerError with the end of its log when the server ends instead.
        """
        progress = _Progress(say, "The database is recovering from an unclean stop")
        while not self._accepts():
            if self.process.poll() is not None:
                raise DatabaseServerError("\n".join(["PostgreSQL did not start:", *self._last_words()]))
            progress.tick()
            time.sleep(0.02)

    def ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self, say: Callable[[str], None]) -> None:
        """Stop cleanly (SIGINT), at once if that takes over a minute (SIGQUIT); never by SIGKILL."""
        _stop(self.process.pid, self.ended, say)

    def _last_words(self) -> list[str]:
        """The end of its newest log, and of what it said before it opened one."""
        logs = sorted(self.home.log.glob("*.log"), key=lambda log: log.stat().st_mtime)
        read = [log.read_text(errors="replace").strip().splitlines() for log in [self.start_log, *logs[-1:]]]
        return [line for lines in read for line in lines[-6:]]

    def _accepts(self) -> bool:
        lines = _lines(self.home.data / PID_FILE)
        return bool(
            len(lines) > _STATUS_LINE
            and lines[0] == str(self.process.pid)
            and lines[_STATUS_LINE].strip() == "ready"
        )


class _Progress:
    def __init__(self, say: Callable[[str], None], what: str) -> None:
        self.say, self.what = say, what
        self.began = self.said = time.monotonic()

    def tick(self) -> float:
        """Say what is being waited for, now and then; the seconds so far."""
        now = time.monotonic()
        if now - self.said >= _SAY_EVERY:
            self.said = now
            self.say(f"{self.what}: {now - self.began:.0f} s so far.")
        return now - self.began


def clear_the_way(home: Home, socket: Path, account: Account, say: Callable[[str], None]) -> None:
    """Deal with what an earlier server left behind, so that a new one can start.

    A server of ours that outlived its supervisor is stopped and waited for. A PID file (or socket lock,
    in our own private folder) that names some other process is removed; that process is never signalled.
    A file whose process is gone stays: PostgreSQL removes it itself, after it has looked for leftover
    shared memory.
    """
    old = _first_number(home.data / PID_FILE)
    if old is not None and _is_our_server(old, home.data, account):
        say("A server from an earlier run is still there: stopping it first.")
        _stop(old, lambda: not _is_our_server(old, home.data, account), say)
    progress = _Progress(say, "Waiting for leftover processes of the last server")
    while _left_behind(home.data):
        progress.tick()
        time.sleep(0.05)
    for file in (home.data / PID_FILE, socket / f"{SOCKET_NAME}.lock"):
        pid = _first_number(file)
        # PostgreSQL would take a foreign process for its own, and a dead one that nobody has collected too.
        if pid is not None and _exists(pid):
            say(f"{file} names process {pid}, which is not this database's: removing the file.")
            account.run(["rm", "-f", str(file)])


def _stop(pid: int, gone: Callable[[], bool], say: Callable[[str], None]) -> None:
    if gone():
        return
    os.kill(pid, signal.SIGINT)
    progress = _Progress(say, "The database is stopping")
    hurried = False
    while not gone():
        if progress.tick() > _FAST_STOP and not hurried:
            hurried = True
            say("It takes too long: stopping at once; the next start will recover.")
            os.kill(pid, signal.SIGQUIT)
        time.sleep(0.02)


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return []


def _first_number(file: Path) -> int | None:
    first = (_lines(file) or [""])[0].strip()
    return int(first) if first.isdecimal() and int(first) > 0 else None


def _alive(pid: int) -> bool:
    """Whether a process of that number runs; one that has ended and waits for its parent does not."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        pass
    return not PROC.joinpath("self").exists() and _exists(pid)


def _exists(pid: int) -> bool:
    """Whether the process table has that number, be it of a living process or a dead one."""
    try:
        os.kill(pid, 0)  # signal 0 only asks
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _is_our_server(pid: int, data: Path, account: Account) -> bool:
    """Whether `pid` is a live `postgres -D data` of this account."""
    if not _alive(pid):
        return False
    command = _command_line(pid, account)
    if not command or Path(command[0]).name != "postgres" or "-D" not in command[:-1]:
        return False
    return os.path.realpath(command[command.index("-D") + 1]) == os.path.realpath(data)


def _command_line(pid: int, account: Account) -> list[str]:
    """The program file and arguments of a process of this account; empty if it is another's or gone."""
    here = PROC / str(pid)
    try:
        if here.stat().st_uid != account.uid:
            return []
        program = os.readlink(here / "exe").removesuffix(" (deleted)")
        return [program, *(here / "cmdline").read_text(errors="replace").split("\0")[1:]]
    except OSError:
        pass
    if PROC.joinpath("self").exists():
        return []
    # No /proc: macOS. A path with a blank in it is then not recognised, and the file counts as foreign.
    shown = subprocess.run(
        ["ps", "-o", "uid=", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    uid, *words = shown.stdout.split() or [""]
    return words if uid == str(account.uid) else []


def _left_behind(data: Path) -> bool:
    """Whether any PostgreSQL process still works in `data` (its backends outlive a killed one briefly)."""
    target = os.path.realpath(data)
    for entry in PROC.glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == target and "postgres" in os.readlink(entry / "exe"):
                return True
        except OSError:
            continue
    return False
