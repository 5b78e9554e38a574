"""Two hundred clients that send a byte now and then keep nobody else from an answer."""

import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from annotator import patient_worker
from tests.serving import PATIENCE, Serving

pytestmark = pytest.mark.slow

HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
BEGINNINGS = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half a head": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
    "half a small body": HEAD + b"Content-Length: 100\r\n\r\nnext=",
}


@contextmanager
def clients(running: Serving, count: int, begin: bytes) -> Iterator[list[socket.socket]]:
    """So many connections, each of which has sent that."""
    with ExitStack() as open_:
        all_ = []
        for _ in range(count):
            one = open_.enter_context(socket.create_connection(("127.0.0.1", running.port), timeout=PATIENCE))
            one.sendall(begin)
            all_.append(one)
        yield all_


def answer(running: Serving) -> int:
    there = http.client.HTTPConnection("127.0.0.1", running.port, timeout=PATIENCE)
    there.request("GET", "/sign-in/")
    return there.getresponse().status


def closed(one: socket.socket) -> bool:
    """Whether the server has let go of that connection, in words or without."""
    one.setblocking(False)
    try:
        return one.recv(1) != b"" or True
    except BlockingIOError:
        return False
    except OSError:
        return True


@pytest.mark.parametrize("what", BEGINNINGS)
def test_two_hundred_slow_clients_hold_nobody_up(running, what):
    with clients(running, 200, BEGINNINGS[what]) as slow:
        began = time.monotonic()
        assert [answer(running) for _ in range(5)] == [200] * 5
        if time.monotonic() - began < patient_worker.HEAD / 2:
            assert not any(closed(one) for one in slow)  # they were answered beside them, not after them
        # Each is let go of in the end, and the last bytes of a request that comes too late do nothing.
        while not all(closed(one) for one in slow):
            assert time.monotonic() - began < PATIENCE
            time.sleep(0.2)
    assert answer(running) == 200
    assert "ERROR" not in running.said()


def test_requests_in_pieces_on_one_connection_are_answered(running):
    """Pieces of any size, several requests in one, and one behind another: as whole as any."""
    get = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with clients(running, 1, b"") as (one,):
        for piece in (get[:1], get[1:20], get[20:-1], get[-1:]):
            one.sendall(piece)
            time.sleep(0.05)
        assert read_answer(one) == b"ok\n"
        one.sendall(get + get)
        assert read_answer(one) == b"ok\n"
        assert read_answer(one) == b"ok\n"
        for byte in get:
            one.sendall(bytes([byte]))
        assert read_answer(one) == b"ok\n"


def read_answer(one: socket.socket) -> bytes:
    """The body of the next answer, whose length its head says."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += one.recv(1)
    length = next(
        int(line[15:]) for line in got.lower().split(b"\r\n") if line.startswith(b"content-length:")
    )
    body = b""
    while len(body) < length:
        body += one.recv(length - len(body))
    return body
