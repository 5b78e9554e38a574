"""The processes of a running Sourceline, kept alive by the one that started them."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence

from annotator.child_processes import ends_with_parent

_STOP = 15.0  # seconds that a child gets to end by itself
_TRIES = 5  # restarts within a minute before giving up


class CannotServe(Exception):
    """The web or job process does not stay up, or its port is taken; the message says what to do."""


class Child:
    """A process that is started again when it dies, unless it keeps dying."""

    def __init__(self, name: str, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name, self.argv, self.environment = name, list(argv), dict(environment)
        self._starts: list[float] = []
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._starts = [s for s in self._starts if time.monotonic() - s < 60.0] + [time.monotonic()]
        return subprocess.Popen(
            self.argv,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches the parent alone, which stops the children in order
            preexec_fn=ends_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one thread
        )

    def look_after(self) -> None:
        """Start it again if it has ended. Raises CannotServe when that has not helped."""
        if self._process.poll() is None:
            return
        if len(self._starts) > _TRIES:
            raise CannotServe(f"The {self.name} ended {len(self._starts)} times within a minute.")
        time.sleep(min(0.2 * len(self._starts), 1.0))
        self._process = self._start()

    def ended(self) -> int | None:
        """The exit status if it is not running."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self) -> None:
        """Wait for the end; after fifteen seconds make one (its transactions roll back)."""
        try:
            self._process.wait(_STOP)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()


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


def wait_for_answer(url: str, child: Child) -> None:
    """Return when the address gives any answer. Raises CannotServe if the process behind it ends."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            opener.open(url, timeout=10).close()
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
