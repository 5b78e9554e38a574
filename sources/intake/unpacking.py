"""The bytes of a member of an archive as a stream that says in our words where it is damaged."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, Any

from sources.intake.refusal import Refusal, Refused

_PART = 64 * 1024  # bytes, after which it is known again how far all is well
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What the library raises, of what it was not told: of a directory that lies, of bytes that are damaged."""


class Damaged(Refused):
    """A member that cannot be unpacked, or no further."""


class Stream(io.RawIOBase):
    """A member's bytes. What goes wrong in it is refused, by the byte of the unpacked member."""

    def __init__(self, opened: IO[bytes], name: str) -> None:
        self.opened, self.name, self.at = opened, name, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            part = self.opened.read(min(len(buffer), _PART))
        except BROKEN:
            raise damaged(self.name, self.at) from None
        buffer[: len(part)] = part
        self.at += len(part)
        return len(part)

    def close(self) -> None:
        self.opened.close()
        super().close()


def damaged(name: str, at: int) -> Damaged:
    return Damaged(Refusal(name, f"byte {at}", "it is damaged there and cannot be unpacked"))
