"""A dataset that somebody sent, checked by the very program that lies in every dataset.

The checks run in a process of their own (`confined.py`), not in a job: who asks waits for the answer and
nothing is stored, and a process that is given too much is ended without harm to anything else.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from . import confined

CLOCK = confined.SECONDS + 5
"""Seconds after which the process is ended, whatever it waits for."""
ABANDONED = 600
"""Seconds after which a folder is what a killed server left."""
NOT_DONE = "checking it took more than there is for one file here"

# One at a time in each web process: each may take a processor and MEMORY.
_turn = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another dataset is being checked."""


@dataclass(frozen=True)
class Problem:
    """One thing that does not hold. `table`, `row` and `identifier` are empty for a file or the whole."""

    words: str
    table: str = ""
    row: int = 0
    identifier: str = ""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What was found. `stopped` says why the checks were not made, or not to their end; `of` is what the
    dataset says it is: name, title, version, created; `notes` tell what was not looked at."""

    sha256: str
    size: int
    stopped: str = ""
    ok: bool = False
    citations: int = 0
    held: int = 0
    texts_included: int = 0
    texts_missing: int = 0
    count: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    of: dict[str, str] = field(default_factory=dict)


@contextmanager
def received(pieces: Iterable[bytes]) -> Iterator[Path]:
    """The bytes as a file in a folder of its own, which goes with all that is in it. Raises Busy."""
    if not _turn.acquire(blocking=False):
        raise Busy
    try:
        room = Path(settings.DATA_DIR) / "checking"
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
        _clear(room)
        with tempfile.TemporaryDirectory(dir=room) as folder:
            path = Path(folder) / "dataset.zip"
            with path.open("wb") as target:
                for piece in pieces:
                    target.write(piece)
            yield path
    finally:
        _turn.release()


def check(path: Path) -> Checked:
    """All that verify.py finds in the ZIP at `path`, beside which its process keeps what it writes."""
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    found = _confined(path)
    problems = [
        Problem(one["words"], one["table"], one["row"], one["id"]) for one in found.pop("problems", [])
    ]
    notes = tuple(found.pop("notes", ()))
    return Checked(sha256=sha256, size=path.stat().st_size, problems=tuple(problems), notes=notes, **found)


def _confined(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-s", "-B", "-m", confined.__name__, str(path)]
    # Nothing of this server's environment: addresses of the database and keys are not the child's.
    environment = {"TMPDIR": str(path.parent), "PATH": os.defpath, "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=CLOCK,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError):
        return {"stopped": NOT_DONE}
    return answer


def _clear(room: Path) -> None:
    for folder in room.iterdir():
        if time.time() - folder.stat().st_mtime > ABANDONED:
            shutil.rmtree(folder, ignore_errors=True)
