"""Folders of running tests, and what killed runs left behind, in memory where there is room.

Whether a run still lives is told by the lock it holds, never by its process number: containers that share
/dev/shm do not see each other's processes.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MEMORY = Path("/dev/shm")  # a copy of a database is 800 files: ten times the work on a disk
ROOM = 4 << 30
"""Bytes that have to be free there: containers are often given 64 MB."""

_NAME, _LOCK = "sourceline-tests-", "held-while-in-use"


def in_memory() -> Path | None:
    """Where databases can lie in memory, if there is room; what killed runs left there goes first."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return None
    sweep(MEMORY)
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None


def sweep(parent: Path) -> None:
    """Remove the folders that nobody holds. One without a lock is not for us to judge."""
    for left in parent.glob(f"{_NAME}*"):
        with suppress(OSError), (left / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def held_folder(parent: Path | None) -> Iterator[Path]:
    """A new folder there, or where temporary files go, that no sweep takes away; gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix=".sourceline-tests-", dir=parent))
    made.chmod(0o711)  # as root the server runs as another user, who has to pass
    with (made / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Only now does it bear the name that others sweep.
        folder = made.rename(made.with_name(f"{_NAME}{os.getpid()}-{made.name.rpartition('-')[2]}"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
