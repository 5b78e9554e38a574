"""How long `manage.py serve` takes until its page answers, on a new data folder and on that one again; what
memory it then needs, and how large it is on the disk.

    script/bench starting [--runs 5]

A cold start makes the database server's files and migrates; a second start finds both. The demo is left out.
Memory is PSS (the share of pages that a process would free), in MB (10^6 bytes), of all processes of the
server after its first pages; what is installed are the libraries that `requirements.txt` brings.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from results.figures import Figure, heading, tell

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"^Sourceline is ready: (http://\S+?/sign-in/)", re.MULTILINE)
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
KILOBYTE, BLOCK = 1024, 512  # bytes
PATIENCE = 300.0  # seconds until a start counts as failed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Started:
    """`seconds` to the first page, and the MB of each sort of process then."""

    seconds: float
    memory: dict[str, float]


def started(data: Path) -> Started:
    """The server has ended afterwards."""
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--no-demo"]
    given = {k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "SOURCELINE_"))}
    given |= {"PYTHONUNBUFFERED": "1", "SOURCELINE_DATABASES": str(data.parent / "databases")}
    log = data.parent / "serve.log"
    with log.open("w") as out:
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, "--port", str(free_port()), "--data", str(data)],
            env=given,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            while not (found := LINK.search(log.read_text())):
                if process.poll() is not None or time.monotonic() - began > PATIENCE:
                    raise SystemExit(f"It did not start:\n{log.read_text()}")
                time.sleep(0.01)
            urllib.request.urlopen(found[1], timeout=PATIENCE).read()
            took = time.monotonic() - began
            return Started(took, memory(process.pid))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def memory(parent: int) -> dict[str, float]:
    """MB of PSS by sort of process, of all that the process began."""
    found = dict.fromkeys(("web and worker", "database"), 0.0)
    for process in [parent, *_below(parent)]:
        try:
            said = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
            told = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue  # it has ended
        sort = "database" if "postgres" in said else "web and worker"  # forked from one process
        found[sort] += int(_PSS.search(told)[1]) * KILOBYTE / 1e6  # type: ignore[index]
    return found


def _below(parent: int) -> list[int]:
    found = []
    for child in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = child.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found += [int(child.parent.name), *_below(int(child.parent.name))]
    return found


def installed() -> float:
    """MB on the disk of what requirements.txt names and of what that needs."""
    wanted = [Requirement(line) for line in _named((ROOT / "requirements.txt").read_text())]
    sizes: dict[str, int] = {}
    while wanted:
        one = wanted.pop()
        name = canonicalize_name(one.name)
        if name in sizes:
            continue
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # of another system, or of an extra that was not asked for
        files = [Path(str(found.locate_file(file))) for file in found.files or ()]
        sizes[name] = sum(file.stat().st_blocks * BLOCK for file in files if file.is_file())
        needed = [Requirement(said) for said in found.requires or ()]
        extras = [{"extra": extra} for extra in one.extras] or [{"extra": ""}]
        wanted += [more for more in needed if not more.marker or any(map(more.marker.evaluate, extras))]
    return sum(sizes.values()) / 1e6


def _named(text: str) -> list[str]:
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def run() -> tuple[Started, Started]:
    base = Path(tempfile.mkdtemp(prefix="sourceline-bench-"))
    base.chmod(0o711)  # as root the database runs as another user, who has to pass
    try:
        return started(base / "data"), started(base / "data")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = [run() for _ in range(parser.parse_args().runs)]
    print(heading())
    for name, starts in zip(("a cold start", "a second start"), zip(*runs, strict=True), strict=True):
        tell(Figure("Starting", name, "s", [one.seconds for one in starts]))
    for sort in runs[0][1].memory:
        tell(Figure("Starting", f"memory, {sort}", "MB", [one.memory[sort] for _, one in runs]))
    together = [sum(one.memory.values()) for _, one in runs]
    tell(Figure("Starting", "memory, all of it", "MB", together, goal=250))
    tell(Figure("Starting", "installed libraries", "MB", [installed()], goal=400))


if __name__ == "__main__":
    main()
