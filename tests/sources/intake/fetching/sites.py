"""Sites on loopback that answer as told, under names and addresses of a made-up internet.

The guard stays as it is: tests hand in who is found under a name and what stands behind a public address. An
address that nothing stands behind is dialled in earnest, and noted.
"""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from uuid import uuid4

import httpcore

from sources.intake.fetching.manners import Turn
from sources.intake.fetching.network import Network, Unknown, dial
from sources.intake.fetching.robots import Rules

Reply = bytes | Callable[[socket.socket], None]
PAGE = (
    b"<html><head><title>Dockers walk out</title></head><body><h1>Dockers walk out</h1>"
    b"<p>The dockers of Port Amber walked out on Friday morning, said the union.</p></body></html>"
)
PUBLIC = "93.184.215.14"
OTHER = "93.184.215.15"


def reply(
    body: bytes = PAGE,
    *headers: str,
    status: str = "200 OK",
    media: str = "text/html; charset=utf-8",
    length: int | None = None,
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    if media:
        lines.append(f"Content-Type: {media}")
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body


def gzipped(data: bytes) -> bytes:
    """Without the time of day, which would name tests otherwise in each process."""
    return gzip.compress(data, mtime=0)


def leading(to: str, status: str = "302 Found") -> bytes:
    return reply(b"", f"Location: {to}", status=status)


@dataclass
class Site:
    """Path -> what is answered; what is not named is not found. `requests` are those that came, as bytes."""

    pages: dict[str, Reply] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    requests: list[bytes] = field(default_factory=list)
    most_at_once: int = 0
    port: int = 0
    _now: int = 0
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode("ascii") for request in self.requests]

    @contextmanager
    def open(self) -> Iterator["Site"]:
        with socket.create_server(("127.0.0.1", 0)) as door:
            self.port = door.getsockname()[1]
            over = threading.Event()
            threading.Thread(target=self._serve, args=(door, over), daemon=True).start()
            try:
                yield self
            finally:
                over.set()
                with suppress(OSError):
                    socket.create_connection(("127.0.0.1", self.port), timeout=5).close()

    def _serve(self, door: socket.socket, over: threading.Event) -> None:
        while not over.is_set():
            try:
                visitor, _ = door.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(visitor,), daemon=True).start()

    def _count(self, change: int) -> None:
        with self._counting:
            self._now += change
            self.most_at_once = max(self.most_at_once, self._now)

    def _answer(self, visitor: socket.socket) -> None:
        with suppress(OSError), visitor:
            visitor.settimeout(30)
            if self.tls is not None:
                visitor = self.tls.wrap_socket(visitor, server_side=True)
            asked = b""
            while b"\r\n\r\n" not in asked:
                got = visitor.recv(65536)
                if not got:
                    return
                asked += got
            self._count(1)
            self.requests.append(asked)
            path = asked.split(b" ")[1].decode("ascii")
            answer = self.pages.get(path, reply(b"", status="404 Not Found"))
            try:
                if callable(answer):
                    answer(visitor)
                else:
                    visitor.sendall(answer)
            finally:
                self._count(-1)
            with suppress(OSError):
                visitor.shutdown(socket.SHUT_WR)
                while visitor.recv(65536):
                    pass


@dataclass
class Internet:
    """`found` has for each name its addresses, or one list of them for each time it is looked up; `down` says
    that others cannot be looked up for now."""

    found: dict[str, list[str] | list[list[str]]] = field(default_factory=dict)
    doors: dict[tuple[str, int], Site] = field(default_factory=dict)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)
    trusted: Callable[[], ssl.SSLContext] | None = None
    down: bool = False

    def resolve(self, host: str, port: int, seconds: float) -> Sequence[str]:
        self.looked_up.append(host)
        found = self.found.get(host)
        if found is None:
            raise Unknown(self.down)
        if found and isinstance(found[0], list):
            number = self.looked_up.count(host) - 1
            return found[min(number, len(found) - 1)]  # type: ignore[return-value]
        return found  # type: ignore[return-value]

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        self.dialled.append((address, port))
        if site := self.doors.get((address, port)):
            return dial("127.0.0.1", site.port, seconds)
        return dial(address, port, seconds)

    @property
    def network(self) -> Network:
        if self.trusted is None:
            return Network(self.resolve, self.dial)
        return Network(self.resolve, self.dial, self.trusted)


@dataclass
class Alone:
    """Manners of one who asks alone."""

    rules: dict[str, Rules] = field(default_factory=dict)
    kept_for: dict[str, float] = field(default_factory=dict)
    given_back: list[tuple[str, float]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)

    def take(self, host: str) -> Turn | float:
        assert not self.held, "nobody holds two turns"
        self.held.append(host)
        return Turn(host, uuid4())

    def extend(self, turn: Turn) -> bool:
        return self.held == [turn.host]

    def give_back(self, turn: Turn, pause: float) -> None:
        self.held.remove(turn.host)
        self.given_back.append((turn.host, pause))

    def rules_of(self, site: str) -> Rules | None:
        return self.rules.get(site)

    def keep_rules(self, site: str, rules: Rules, seconds: float) -> None:
        self.rules[site], self.kept_for[site] = rules, seconds
