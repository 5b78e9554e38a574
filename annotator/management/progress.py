"""A line on a terminal that says how far a command is; nothing where nobody watches."""

import time
from typing import Any, Self

_PERIOD = 0.1  # seconds between two drawings
_WIDTH = 60


class Progress:
    """`stream` is a command's stdout or stderr. Clear the line before writing another."""

    def __init__(self, stream: Any, total: int) -> None:
        self._stream, self._total, self._done = stream, total, 0
        self._shown, self._drawn_at = stream.isatty(), 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def step(self, name: str) -> None:
        """One item more is being worked on."""
        self._done += 1
        if not self._shown or time.monotonic() - self._drawn_at < _PERIOD:
            return
        self._drawn_at = time.monotonic()
        visible = "".join(c if c.isprintable() else "?" for c in name)[-_WIDTH:]
        self._write(f"\r\x1b[K{self._done}/{self._total} {visible}")

    def say(self, what: str) -> None:
        """What is waited for meanwhile."""
        if self._shown:
            self._drawn_at = time.monotonic()
            self._write(f"\r\x1b[K{self._done}/{self._total} {what}")

    def clear(self) -> None:
        if self._shown and self._drawn_at:
            self._write("\r\x1b[K")
            self._drawn_at = 0.0

    def _write(self, line: str) -> None:
        self._stream.write(line, str, "")  # as it is: standard error is red otherwise
        self._stream.flush()
