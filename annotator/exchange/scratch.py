"""Room on the disk for what is not finished."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """A folder of one's own on the disk that will hold `path`, gone afterwards.

    Whoever works on the same `path` meanwhile has another one. A lock tells the folders of those who work
    from what killed runs left, which goes first: the system lets go of the lock of whoever died.
    """
    for left in path.parent.glob(f"{escape(path.name)}.*scratch"):
        with suppress(OSError):
            os.close(_locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB, shutil.rmtree))
    folder, lock = _new(path)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _new(path: Path) -> tuple[Path, int]:
    """The folder and its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=path.name + ".", suffix=".scratch", dir=path.parent))
        with suppress(FileNotFoundError):  # before it was locked it was taken for one that was left
            return folder, _locked(folder, fcntl.LOCK_EX, Path.stat)


def _locked(folder: Path, how: int, then: Callable[[Path], object]) -> int:
    """The lock, once `then` was done under it."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(opened, how)
        then(folder)
    except BaseException:
        os.close(opened)
        raise
    return opened
