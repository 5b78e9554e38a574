"""`manage.py` and its server as processes of their own, as script/server runs them."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from annotator.embedded_postgres import places, server
from tests.in_memory import held_folder, in_memory

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600  # seconds until what has not come counts as never coming, on a busy machine too
READY = re.compile(r"^Sourceline is ready: (\S+)$", re.MULTILINE)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=clean_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def clean_environment() -> dict[str, str]:
    ours = ("DATABASE_", "SOURCELINE_SECRET", "SOURCELINE_DATA", "DJANGO_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(ours) or k == "SOURCELINE_DATABASES"}
    return kept | {"PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    """A port below those that connections go out from: a server killed and started again finds it free."""
    lowest = Path("/proc/sys/net/ipv4/ip_local_port_range")
    below = int(lowest.read_text().split()[0]) if lowest.exists() else 32768
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", random.randrange(max(1024, below - 12000), below)))
            return int(probe.getsockname()[1])


class Serving:
    """`manage.py serve` in the background, as script/server runs it once the environment is made."""

    data: Path

    def __init__(self, *options: str, command: list[str] | None = None, **environment: str) -> None:
        self.port = free_port()
        self.log = tempfile.NamedTemporaryFile(mode="w+", suffix=".log")  # noqa: SIM115 - closed by end()
        command = command or [sys.executable, str(ROOT / "manage.py"), "serve", "--no-demo"]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *options],
            env=clean_environment() | environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def said(self) -> str:
        return Path(self.log.name).read_text()

    def link(self) -> str:
        """What signs in once, as soon as it is printed."""
        found = self.ready()
        assert found.startswith(f"http://127.0.0.1:{self.port}/sign-in/link/?sesame="), found
        return found

    def ready(self, seconds: float = PATIENCE) -> str:
        """The address of the line that says so, as soon as there is one."""
        end = time.monotonic() + seconds
        while not (found := READY.search(self.said())):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)
        return found[1]

    def status(self) -> int:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sign-in/", timeout=10).status
        except urllib.error.HTTPError as answer:
            return answer.code

    def end(self, with_signal: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        status = self.process.wait(PATIENCE)
        self.log.flush()
        return status


def kill_children(running: Serving) -> None:
    """kill -9 of the web and the job process; returns when both are back and the web answers."""

    def children() -> set[int]:
        found = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text().split()
        titles = {int(pid): Path(f"/proc/{pid}/cmdline").read_text() for pid in found}
        return {pid for pid, title in titles.items() if "manage.py" in title}

    before = children()
    assert len(before) == 2
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if len(children() - before) == 2 and running.status() == 200:
                return
        except OSError:
            pass
        assert time.monotonic() < end, running.said()
        time.sleep(0.1)


@contextmanager
def serving(*options: str, **environment: str) -> Iterator[Serving]:
    running = Serving(*options, **environment)
    try:
        yield running
    finally:
        running.end()
        running.log.close()


@contextmanager
def data_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where a server's data folder may be made; it and the database in it are gone afterwards."""
    with held_folder(in_memory()) as base:
        monkeypatch.setenv("SOURCELINE_DATABASES", str(base / "databases"))
        yield base / "data"
        if (base / "data" / "database.lock").exists():
            server.stop_if_unused(places.DataFolder(base / "data"))
