"""The processes of a running Sourceline, kept alive by the one that started them."""

import argparse
import math
import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from annotator.child_processes import fork

_STOP = 15.0  # seconds that a child gets to end by itself
_FIRST_PAUSE = 0.5  # seconds from one start of a child to its next; doubles up to a minute
_LONG_LIFE = 60.0  # seconds
_MOST_SAID = 4096  # bytes that fit into a pipe at once


class CannotServe(Exception):
    """The web process does not come up, or its port is taken; the message says what to do."""


class Child:
    """A copy of this process that does one job, and is made again when it dies, ever more slowly."""

    def __init__(self, name: str, run: Callable[[], None]) -> None:
        self.name, self._run = name, run
        self._pause = _FIRST_PAUSE
        self._start()

    def _start(self) -> None:
        self._began = time.monotonic()
        self._status: int | None = None
        self._pid = fork(self._run, ends_on=signal.SIGTERM)

    def look_after(self, say: Callable[[str], None]) -> None:
        """Start it again some time after it has ended; at once if it had lived for a minute."""
        if self.ended() is None:
            return
        lived = time.monotonic() - self._began
        if lived > _LONG_LIFE:
            self._pause = _FIRST_PAUSE
        elif lived < self._pause:
            return
        say(f"The {self.name} ended (status {self._status}): starting it again.")
        self._pause = min(self._pause * 2, _LONG_LIFE)
        self._start()

    def ended(self) -> int | None:
        """The exit status if it is not running (negative: the signal that ended it)."""
        if self._status is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def ask_to_stop(self) -> None:
        if self.ended() is None:
            os.kill(self._pid, signal.SIGTERM)

    def wait(self) -> None:
        """Wait for the end; after fifteen seconds make one (its transactions roll back)."""
        end = time.monotonic() + _STOP
        while self.ended() is None:
            if time.monotonic() > end:
                os.killpg(self._pid, signal.SIGKILL)
                end = math.inf
            time.sleep(0.02)


def done_by_a_copy(name: str, run: Callable[[], None], refusal: type[Exception]) -> None:
    """Run `run` in a copy of this process, and return when it has ended; what it had loaded is then free.

    Raises a `refusal` with its words where it raised one, and CannotServe where it failed otherwise.
    """
    reader, writer = os.pipe()

    def told() -> None:
        try:
            run()
        except refusal as error:
            os.write(writer, str(error).encode()[:_MOST_SAID])
            raise SystemExit(1) from None

    child = Child(name, told)
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        try:
            words = said.read().decode(errors="replace")  # until the copy has ended
            child.wait()
        except BaseException:
            child.ask_to_stop()
            child.wait()
            raise
    if words:
        raise refusal(words)
    if status := child.ended():
        raise CannotServe(f"The {name} ended before it was done (status {status}); see above.")


def add_listening_options(parser: argparse.ArgumentParser) -> None:
    """`--port` and `--host`, which are looked at before Django is there, and by `serve`."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")


def claim_port(host: str, port: int) -> None:
    """Raise CannotServe with the reason if nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            raise CannotServe(f"{port} is not a port; choose one from 1 to 65535.") from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotServe(
                f"Nothing can listen on {host} port {port}: {reason}. If another Sourceline runs there, use "
                f"that one; otherwise choose another port: --port {port + 1}"
            ) from None


class _ToNowhere(urllib.request.HTTPRedirectHandler):
    """Behind TLS every plain request is sent elsewhere, which is answer enough."""

    def redirect_request(self, *_: object) -> None:
        return None


def wait_for_answer(url: str, child: Child, headers: dict[str, str]) -> None:
    """Return when the address, asked with those headers, gives any answer.

    Raises CannotServe if the process behind it ends.
    """
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _ToNowhere)
    asked = urllib.request.Request(url, headers=headers)  # noqa: S310 - http, as we made it
    while True:
        try:
            opener.open(asked, timeout=10).close()
            return
        except urllib.error.HTTPError as answer:
            if answer.code >= 500 and answer.code != 503:
                raise CannotServe(
                    f"The {child.name} answers with an error ({answer.code}); see above."
                ) from None
            return
        except OSError:
            pass
        if (status := child.ended()) is not None:
            raise CannotServe(f"The {child.name} ended at once (status {status}); see above.")
        time.sleep(0.05)
