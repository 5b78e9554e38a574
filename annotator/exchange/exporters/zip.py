"""A ZIP whose bytes depend on its content alone: fixed order, one date, streamed member by member."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO

from .description import WrittenFile

REGULAR_FILE = 0o100644 << 16
UNIX = 3
PIECE = 1 << 16
"""Bytes that are compressed at a time."""


class Archive:
    """Writes members below one top folder; remembers size and digest of each in `files`."""

    def __init__(self, target: IO[bytes], folder: str, moment: datetime) -> None:
        self.files: list[WrittenFile] = []
        self._folder = folder
        # The ZIP format begins in 1980.
        self._date = max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def add(self, path: str, pieces: Iterable[bytes], rows: int | None = None) -> WrittenFile:
        """Write one member from its pieces; nothing of it is kept in memory."""
        info = zipfile.ZipInfo(f"{self._folder}/{path}", self._date)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = REGULAR_FILE
        info.create_system = UNIX
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as out:
            for piece in _large(pieces):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
        written = WrittenFile(path, size, digest.hexdigest(), rows)
        self.files.append(written)
        return written


def _large(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth the call."""
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
