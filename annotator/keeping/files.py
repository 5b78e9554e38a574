"""The files of the data folder that a backup holds: releases, and uploads that wait to be imported.

A restore exchanges them after its transaction has committed. In between stands a note with the number of
that transaction: whoever was killed there is finished, or taken back, by the next start.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.embedded_postgres.places import write_whole

from .archive import CHUNK, Backup, sync_folder
from .manifest import PLACES

NOTE = "restoring.json"
NEVER = 0  # no transaction's number: nothing was about to commit yet


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Of the processes that restore into a folder, or settle what a killed one left, one at a time.

    Raises BlockingIOError while another is at it; whoever dies gives it up.
    """
    handle = os.open(folder / "restoring.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def kept(folder: Path) -> Iterator[str]:
    """Names, relative to the data folder, of the files that lie there; what is unfinished is left out."""
    for place in PLACES:
        for path in sorted((folder / place).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.suffix not in {".part", ".progress"}:
                yield path.relative_to(folder).as_posix()


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def is_as(path: Path, sha256: str) -> bool:
    """Whether the file is there and has that digest."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return False


@dataclass(frozen=True)
class Exchange:
    """Files that are to take the place of those in the data folder, and where the old ones go meanwhile."""

    folder: Path
    name: str

    @property
    def incoming(self) -> Path:
        return self.folder / f"{self.name}-new"

    @property
    def aside(self) -> Path:
        return self.folder / f"{self.name}-old"

    def note(self, transaction: int) -> None:
        """Remember, before that transaction commits, that the files go with it."""
        write_whole(self.folder / NOTE, {"name": self.name, "transaction": str(transaction)})

    def finish(self) -> None:
        """Put the new in place of the old. May be run again after it was killed at any point."""
        self.aside.mkdir(mode=0o700, exist_ok=True)
        for place in PLACES:
            if (self.incoming / place).exists():
                if (self.folder / place).exists():
                    os.rename(self.folder / place, self.aside / place)
                os.rename(self.incoming / place, self.folder / place)
        sync_folder(self.folder)
        self.forget()

    def forget(self) -> None:
        """What is left: nothing, of a restore that was finished or that never was."""
        (self.folder / NOTE).unlink(missing_ok=True)
        sync_folder(self.folder)
        shutil.rmtree(self.aside, ignore_errors=True)
        shutil.rmtree(self.incoming, ignore_errors=True)


def unpacked(backup: Backup, folder: Path) -> Exchange:
    """The backup's files, on the disk beside those that they will replace."""
    exchange = Exchange(folder, f"restore-{secrets.token_hex(8)}")
    exchange.note(NEVER)
    try:
        for place in PLACES:
            (exchange.incoming / place).mkdir(mode=0o700, parents=True)
        for name in backup.manifest.parts:
            if name.startswith(tuple(f"{place}/" for place in PLACES)):
                _unpack(backup.chunks(name), exchange.incoming / name)
        for made in [exchange.incoming, *(p for p in exchange.incoming.rglob("*") if p.is_dir())]:
            sync_folder(made)
    except BaseException:
        exchange.forget()
        raise
    return exchange


def noted(folder: Path) -> tuple[Exchange, int] | None:
    """The exchange that a killed restore left, and the number of its transaction."""
    try:
        said: dict[str, Any] = json.loads((folder / NOTE).read_text())
    except FileNotFoundError:
        return None
    return Exchange(folder, str(said["name"])), int(said["transaction"])


def _unpack(chunks: Iterator[bytes], path: Path) -> None:
    for folder in [*reversed(path.parent.parents), path.parent]:
        if not folder.exists():
            folder.mkdir(mode=0o700)  # with `parents` the mode would be the last one's alone
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
