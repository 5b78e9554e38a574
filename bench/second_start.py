"""How long `manage.py serve` takes until its page answers, on a new data folder and on that one again.

A cold start makes the database server's files and migrates; a second start finds both. The demo is left out.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"^Sourceline is ready: (http://\S+?/sign-in/)", re.MULTILINE)
PATIENCE = 300.0  # seconds until a start counts as failed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(data: Path) -> float:
    """Seconds from the command to the first page; the server has ended afterwards."""
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
            return time.monotonic() - began
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)


def run() -> tuple[float, float]:
    base = Path(tempfile.mkdtemp(prefix="sourceline-bench-"))
    base.chmod(0o711)  # as root the database runs as another user, who has to pass
    try:
        return started(base / "data"), started(base / "data")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = [run() for _ in range(parser.parse_args().runs)]
    print(f"{'start':<8}{'median':>8}{'fastest':>9}{'slowest':>9}   seconds, {len(runs)} runs")
    for name, taken in zip(("cold", "second"), zip(*runs, strict=True), strict=True):
        print(f"{name:<8}{statistics.median(taken):>8.2f}{min(taken):>9.2f}{max(taken):>9.2f}")


if __name__ == "__main__":
    main()
