"""A Sourceline as anybody starts it, on a data folder of its own, with the bench's articles in it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"^Sourceline is ready: (http://\S+)", re.MULTILINE)
PATIENCE = 300.0  # seconds until a start counts as failed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(kept: str = "") -> Iterator[str]:
    """The one-time link of a running server. Its data folder is gone afterwards, unless it was named."""
    base = Path(kept).absolute() if kept else Path(tempfile.mkdtemp(prefix="sourceline-bench-"))
    base.mkdir(exist_ok=True)
    base.chmod(0o711)  # as root the database runs as another user, who has to pass
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("DATABASE_", "DJANGO_", "SOURCELINE_"))
    }
    environment |= {"PYTHONUNBUFFERED": "1", "SOURCELINE_DATABASES": str(base / "databases")}
    command = [sys.executable, str(ROOT / "manage.py"), "serve", "--no-demo"]
    log = base / "serve.log"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that the server is stopped too
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, "--port", str(free_port()), "--data", str(base / "data")],
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            end = time.monotonic() + PATIENCE
            while not (found := LINK.search(log.read_text())):
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"It did not start:\n{log.read_text()}")
                time.sleep(0.05)
            os.environ |= {k: v for k, v in environment.items() if k.startswith("SOURCELINE_")}
            os.environ["SOURCELINE_DATA"] = str(base / "data")
            yield found[1]
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
            if not kept:
                shutil.rmtree(base, ignore_errors=True)


@contextmanager
def store() -> Iterator[Any]:
    """Django in this process, on the server's database; yields the first user."""
    sys.path.insert(0, str(ROOT))
    from annotator import preparation

    preparation.prepare(["manage.py", "bench"], os.environ)
    os.environ["DJANGO_SETTINGS_MODULE"] = "annotator.settings"
    import django

    django.setup()
    from django.db import connections

    from annotator.management.sign_in_links import first_user

    try:
        yield first_user()
    finally:
        connections.close_all()
        if preparation.embedded is not None:
            preparation.embedded.leave()
            preparation.embedded = None


def settled() -> None:
    """What autovacuum does within a minute or two of a load, done before anything is measured: by the tables'
    owner, since for the app PostgreSQL passes over them with a warning that nobody sees."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
