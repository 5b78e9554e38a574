"""Sites that misbehave on purpose: each ends in a refusal with words, within its limits."""

import gzip
import socket
import struct
import threading
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from sources.intake.fetching import answers
from sources.intake.fetching.network import Overlong
from sources.intake.refusal import Refused

from .conftest import Town
from .sites import PAGE, Reply, gzipped, reply

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
ONE_MB = 1024 * 1024


def refusal(town: Town, page: Reply, **limits: float) -> str:
    town.courier.pages["/page"] = page
    with pytest.raises(Refused) as refused:
        town.fetch(**limits)
    return refused.value.refusal.why


# ── slow ones: what they would do for ever ends with the clock ────────────────────────────────────


def dripping(before: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Sends `before` and then a drop every little while until nobody listens."""

    def drip(visitor: socket.socket) -> None:
        visitor.sendall(before)
        pause = threading.Event()
        while not pause.wait(0.02):
            visitor.sendall(drop)

    return drip


def silent(visitor: socket.socket) -> None:
    while visitor.recv(65536):
        pass


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "page",
    [
        silent,
        dripping(b"", b"H"),
        dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        dripping(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        dripping(b"HTTP/1.1 ", b"2"),
        dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        dripping(HEAD + b"Content-Length: 9999\r\n\r\n", b"a"),
        dripping(HEAD + b"\r\n", b"a"),
        dripping(CHUNKED, b"1\r\na\r\n"),
        dripping(CHUNKED + b"1;", b"x"),
        dripping(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzipped(PAGE)[:20], b"\0"),
    ],
    ids=[
        *("silent", "status", "headers", "header", "status line", "1xx", "body", "endless body", "chunks"),
        *("chunk extension", "gzip"),
    ],
)
def test_a_slow_drip(town: Town, page: Reply) -> None:
    town.courier.pages["/robots.txt"] = reply(b"")
    town.knows_the_rules()
    why = refusal(town, page, whole=0.3)
    assert "does not answer within" in why or "speak HTTP" in why or "packed wrongly" in why


@pytest.mark.lengthy
def test_a_robots_txt_that_drips(town: Town) -> None:
    town.courier.pages["/robots.txt"] = dripping(HEAD + b"\r\n", b"User-agent: *\n")
    assert "does not answer within" in refusal(town, reply(), whole=0.3)
    assert town.courier.paths() == ["/robots.txt"]


@pytest.mark.lengthy
def test_the_clock_is_one_for_all_of_it(town: Town) -> None:
    """Each of five answers comes in its time; together they are too late."""

    def late(following: str) -> Callable[[socket.socket], None]:
        def answer(visitor: socket.socket) -> None:
            threading.Event().wait(0.25)
            visitor.sendall(f"HTTP/1.1 302 F\r\nLocation: {following}\r\nContent-Length: 0\r\n\r\n".encode())

        return answer

    town.courier.pages |= {f"/{n}": late(f"/{n + 1}") for n in range(1, 5)}
    town.knows_the_rules()
    assert "does not answer within" in refusal(town, late("/1"), whole=0.6)
    assert "/5" not in town.courier.paths()


# ── large ones ────────────────────────────────────────────────────────────────────────────────────


def endless(before: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(visitor: socket.socket) -> None:
        visitor.sendall(before)
        while True:
            visitor.sendall(piece)

    return answer


@cache
def bomb() -> bytes:
    return gzip.compress(bytes(40 * ONE_MB), 9, mtime=0)


def made(make: Callable[[], bytes]) -> Callable[[socket.socket], None]:
    """Made when it is asked for: each process of a run reads this file, and one runs its tests."""
    return lambda visitor: visitor.sendall(make())


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "page",
    [
        endless(HEAD + b"\r\n", b"a" * 65536),
        endless(CHUNKED, b"10000\r\n" + b"a" * 65536 + b"\r\n"),
        endless(HEAD + b"Content-Length: 99999999999\r\n\r\n", b"a" * 65536),
        reply(b"a" * (2 * ONE_MB + 1)),
        made(lambda: reply(bomb(), "Content-Encoding: gzip")),
        made(lambda: reply(zlib.compress(bytes(40 * ONE_MB), 9), "Content-Encoding: deflate")),
        # A gzip stream that goes on for ever and holds nothing: empty stored blocks.
        endless(HEAD + b"Content-Encoding: gzip\r\n\r\n" + gzipped(b"")[:10], b"\0\0\0\xff\xff" * 10000),
        endless(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1000),
    ],
    ids=["body", "chunks", "length", "exact", "gzip bomb", "deflate bomb", "empty gzip", "1xx flood"],
)
def test_more_than_is_taken(town: Town, page: Reply) -> None:
    town.knows_the_rules()
    assert refusal(town, page, decoded=2 * ONE_MB, wire=3 * ONE_MB) == "it is more than 2 MB"


def test_what_is_exactly_as_much_is_taken(town: Town) -> None:
    town.courier.pages["/page"] = reply(b"a" * ONE_MB)
    assert len(town.fetch(decoded=ONE_MB, wire=2 * ONE_MB).document) == ONE_MB


def test_a_bomb_is_never_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    real = zlib.decompressobj

    class Watched:
        def __init__(self, wbits: int) -> None:
            self._real = real(wbits=wbits)

        def decompress(self, data: bytes, most: int) -> bytes:
            out = self._real.decompress(data, most)
            given.append(len(out))
            return out

        def __getattr__(self, name: str) -> object:
            return getattr(self._real, name)

    monkeypatch.setattr(answers.zlib, "decompressobj", Watched)
    with pytest.raises(Overlong):
        answers.unpacked([bomb()], "gzip", 1000)
    assert sum(given) == 1001


def test_gzip_in_gzip_is_unpacked_once(town: Town) -> None:
    town.courier.pages["/page"] = reply(gzipped(bomb()), "Content-Encoding: gzip")
    assert town.fetch().document == bomb()


def test_very_many_tiny_gzips(town: Town) -> None:
    body = gzipped(b"") * 5000
    assert refusal(town, reply(body, "Content-Encoding: gzip")) == "it is packed in too many pieces"


@pytest.mark.parametrize(
    "page",
    [
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 100) for n in range(5000)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 " + b"O" * 500_000 + b"\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"x" * 500_000 + b"\r\na\r\n0\r\n\r\n",
        CHUNKED + b"1\r\na\r\n0\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\n",
    ],
    ids=["many headers", "long header", "long status", "long chunk extension", "many trailers"],
)
def test_heads_that_are_too_large(town: Town, page: bytes) -> None:
    assert "does not speak HTTP as it should" in refusal(town, page)


# ── broken ones ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "page",
    [
        PAGE,  # HTTP/0.9
        b"",
        b"\n",
        b"\x16\x03\x01" + bytes(100),
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"220 mail.courier.example ESMTP\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n" + PAGE,
        b"HTTP/1.1 abc OK\r\n\r\n" + PAGE,
        b"HTTP/1.1 99 OK\r\n\r\n" + PAGE,
        b"ICY 200 OK\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nContent Length: 5\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\nX: a\x00b\r\n\r\n" + PAGE,
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + PAGE,
        HEAD + b"Content-Length: -1\r\n\r\n" + PAGE,
        HEAD + b"Content-Length: 0x10\r\n\r\n" + PAGE,
        HEAD + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n" + PAGE,
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + PAGE,
        CHUNKED + b"zz\r\n" + PAGE,
        CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n",
        CHUNKED + b"ffffffffffffffffffffffff\r\n" + PAGE,
        CHUNKED + b"5\r\nabcdefghij\r\n0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + PAGE,
        b"HTTP/1.1 302 Found\r\nLocation: /a\r\n b\r\nLocation: \x00\r\n\r\n",
    ],
)
def test_what_is_no_http(town: Town, page: bytes) -> None:
    assert refusal(town, page)


@pytest.mark.parametrize(
    "page",
    [
        reply(PAGE, length=len(PAGE) + 1),
        CHUNKED + b"%x\r\n%s\r\n" % (len(PAGE), PAGE),
        CHUNKED + b"ffff\r\n" + PAGE,
        reply(gzipped(PAGE)[:-1], "Content-Encoding: gzip"),
        reply(gzipped(PAGE)[:30], "Content-Encoding: gzip"),
        reply(b"\x1f", "Content-Encoding: gzip"),
        reply(gzipped(PAGE) + gzipped(PAGE)[:20], "Content-Encoding: gzip"),
        reply(zlib.compress(PAGE)[:-1], "Content-Encoding: deflate"),
    ],
)
def test_what_was_cut_off_is_not_taken(town: Town, page: bytes) -> None:
    why = refusal(town, page)
    assert "cut off" in why or "does not speak HTTP as it should" in why


@pytest.mark.parametrize("body", [b"\x1f\x8b\x08" + b"\xff" * 60, PAGE, b"\0" * 50])
def test_what_is_packed_wrongly(town: Town, body: bytes) -> None:
    assert "packed wrongly" in refusal(town, reply(body, "Content-Encoding: gzip")) or body[:1] == b"\0"


def test_a_longer_body_than_was_announced_ends_where_it_was_to(town: Town) -> None:
    town.courier.pages["/page"] = reply(PAGE + b"<p>Injected.</p>", length=len(PAGE))
    assert town.fetch().document == PAGE


def test_a_connection_that_is_torn_down(town: Town) -> None:
    def tear(visitor: socket.socket) -> None:
        visitor.sendall(HEAD + b"Content-Length: 9999\r\n\r\n" + PAGE)
        visitor.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        visitor.close()

    assert "the connection broke" in refusal(town, tear) or "speak HTTP" in refusal(town, tear)


@pytest.mark.parametrize("status", ["200 OK", "203 Copied"])
def test_an_empty_page(town: Town, status: str) -> None:
    assert refusal(town, reply(b"", status=status)) == "there is nothing in it"


def test_switching_to_another_protocol(town: Town) -> None:
    page = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n" + PAGE
    assert refusal(town, page)
