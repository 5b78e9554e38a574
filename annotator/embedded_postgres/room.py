"""Room on the disk for a server to recover in: a ballast that is thrown away when the disk is full.

PostgreSQL stops where it cannot write its log of changes, and cannot start again without writing some more.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

BALLAST = 64 * 1024 * 1024  # bytes; a recovery needs a few files of 16 MB
PLENTY = 16 * BALLAST  # bytes that have to be free before a ballast is laid in
_NEEDED = BALLAST // 2  # bytes without which a server is not started


class Room:
    """The ballast of the database files in `home`; whoever supervises them asks for it."""

    def __init__(self, home: Path, say: Callable[[str], None]) -> None:
        self.home, self.say = home, say
        self.ballast = home / "ballast"

    def free(self) -> int:
        """Bytes that somebody who is not root can still write there."""
        return shutil.disk_usage(self.home).free

    def keep(self) -> None:
        """Lay in the ballast if it is missing and there is plenty of room."""
        if self.ballast.exists() or self.free() < PLENTY:
            return
        try:
            with self.ballast.open("xb") as file:
                os.posix_fallocate(file.fileno(), 0, BALLAST)
        except OSError:
            self.ballast.unlink(missing_ok=True)

    def is_short(self) -> bool:
        """Whether a server would find too little to recover in."""
        return self.free() < _NEEDED

    def make(self) -> bool:
        """Throw the ballast away if the disk is full; whether there is room now."""
        if self.is_short() and self.ballast.exists():
            self.ballast.unlink()
            self.say(f"The disk of {self.home} is full: giving up {BALLAST // 1024**2} MB kept for this.")
        return not self.is_short()
