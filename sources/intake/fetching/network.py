"""The way out: a name is resolved once, every address it has is checked, and that very one is connected to.

`Network` is what tests put servers of their own behind. The guard is no part of it: it stands between the two
steps, here, and nothing hands in another.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import certifi
import httpcore

from sources.intake.fetching.addresses import why_not


class Barred(Exception):
    """A host that must not be asked; the message says why."""


class Unknown(Exception):
    """A host that has no address, or none that can be told for now (`passing`)."""

    def __init__(self, passing: bool = False):
        super().__init__()
        self.passing = passing


class Overdue(Exception):
    """The time for the whole of it is over."""


class Overlong(Exception):
    """More came than is taken."""


@dataclass(frozen=True)
class Limits:
    """Seconds and bytes; `wire` is what may come in all of one answer, `decoded` what a document may have."""

    connect: float = 5
    whole: float = 20
    decoded: int = 10 * 1024 * 1024
    wire: int = 11 * 1024 * 1024
    redirects: int = 5


class Clock:
    """The time that is left for the whole of it; waiting for a turn does not count."""

    def __init__(self, seconds: float):
        self._until = time.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """Seconds, at most `most`. Raises Overdue."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise Overdue
        return left if most is None else min(left, most)

    def grant(self, seconds: float) -> None:
        self._until += seconds


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """IP addresses of a host, as the system knows it. Raises Unknown, Overdue.

    The final dot keeps the system from trying the name within its own domains. The system's resolver has no
    limit of ours: a thread that is not waited for any longer ends by itself.
    """
    answer: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM)
            answer.put([str(entry[4][0]) for entry in found])
        except (OSError, UnicodeError) as error:
            answer.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise Overdue from None
    if isinstance(found, OSError):
        raise Unknown(passing=found.errno in (socket.EAI_AGAIN, socket.EAI_FAIL)) from found
    return list(dict.fromkeys(found))


def dial(address: str, port: int, seconds: float) -> httpcore.NetworkStream:
    """A connection to an IP address. Raises httpcore.ConnectError, httpcore.ConnectTimeout."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)


def trust() -> ssl.SSLContext:
    """Certificates as Mozilla trusts them, whatever the environment says."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=certifi.where())
    return context


@dataclass(frozen=True)
class Network:
    resolve: Callable[[str, int, float], Sequence[str]] = resolve
    dial: Callable[[str, int, float], httpcore.NetworkStream] = dial
    trust: Callable[[], ssl.SSLContext] = trust


INTERNET = Network()


class Guarded(httpcore.NetworkBackend):
    """Connects to nothing that `why_not` has a word against. Made anew for each request."""

    def __init__(self, network: Network, limits: Limits, clock: Clock):
        self._network, self._limits, self._clock = network, limits, clock

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        connecting = Clock(self._clock.left(self._limits.connect))
        addresses = self._checked(host, port, connecting)
        for number, address in enumerate(addresses, 1):
            # One that never answers, often the IPv6 one, must leave time for the others.
            seconds = connecting.left() / (1 if number == len(addresses) else 2)
            try:
                stream = self._network.dial(address, port, seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
                continue
            return _Timed(stream, self._limits, self._clock)
        raise Unknown

    def _checked(self, host: str, port: int, connecting: Clock) -> Sequence[str]:
        written_out = ":" in host or host.replace(".", "").isdigit()
        found = [host] if written_out else self._network.resolve(host, port, connecting.left())
        for address in found:
            if reason := why_not(address):
                raise Barred(reason)
        return found


class _Timed(httpcore.NetworkStream):
    """A stream whose every read and write is held to the clock of the whole, and whose bytes are counted."""

    def __init__(self, stream: httpcore.NetworkStream, limits: Limits, clock: Clock):
        self._stream, self._limits, self._clock = stream, limits, clock
        self._came = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        came = self._stream.read(max_bytes, timeout=self._clock.left())
        self._came += len(came)
        if self._came > self._limits.wire:
            raise Overlong
        return came

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = self._clock.left(self._limits.connect)
        return _Timed(
            self._stream.start_tls(ssl_context, server_hostname, timeout=seconds), self._limits, self._clock
        )

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
