"""Whether there is room on the disk for more: a full one stops the database for everybody."""

import os
from pathlib import Path

from django.conf import settings


class NoRoom(Exception):
    """Less is free than has to stay so; the message says how much of which."""

    def __init__(self, free: int) -> None:
        super().__init__(
            f"the server’s disk has {_in_words(free)} free, and {_in_words(settings.LEAST_FREE)} have to stay"
            " free"
        )


def free_bytes() -> int:
    """What may still be written where the data folder lies, or will lie."""
    folder = Path(settings.DATA_DIR).absolute()
    while not folder.exists():
        folder = folder.parent
    told = os.statvfs(folder)
    return told.f_bavail * told.f_frsize


def has_room(more: int = 0) -> bool:
    """Whether enough stays free when so many bytes are written."""
    return free_bytes() - more >= settings.LEAST_FREE


def require_room(more: int = 0) -> None:
    """Raises NoRoom."""
    if not has_room(more):
        raise NoRoom(free_bytes())


def _in_words(size: int) -> str:
    mega = size // 1024**2
    return f"{mega / 1024:.1f} GB" if mega >= 1024 else f"{mega} MB"
