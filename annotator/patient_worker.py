"""A worker of gunicorn's whose threads are given whole requests, so that slow clients hold none of them.

gunicorn's own hands a connection to a thread with the first byte of a request: as many clients that send the
rest a byte at a time as there are threads, and nobody else is answered (Slowloris). A proxy that buffers
requests is the usual answer; who has none gets this.
"""

import contextlib
import errno
import re
import selectors
import socket
import time
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD = 10.0  # seconds in which a request's head has to be there, and a small body with it
SMALL = 32 * 1024  # bytes of head and body that are waited for outside of the threads
SLOWEST = 50_000  # bytes a second of a larger body
STUCK = 60.0  # seconds until a client that takes nothing of its answer is given up

_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)


class _Hurried:
    """A socket that is read until a moment, after which reading raises TimeoutError."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def recv(self, size: int) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("The request came too slowly.")
        self._sock.settimeout(left)
        try:
            return self._sock.recv(size)
        finally:
            self._sock.settimeout(STUCK)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class PatientConnection(TConn):
    """`granted`: seconds that a thread may wait for what is not here yet of a request."""

    granted = HEAD

    def init(self) -> None:
        """Called by the thread that begins with a request."""
        super().init()
        self.sock.settimeout(STUCK)
        self.parser.unreader.sock = _Hurried(self.sock, time.monotonic() + self.granted)


class PatientWorker(ThreadWorker):
    """Waits for each request in the poller, as long as `HEAD`, and gives it to a thread when it is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting: dict[PatientConnection, float] = {}

    def accept(self, listener: socket.socket) -> None:
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        client.setblocking(False)
        self.enqueue_req(PatientConnection(self.cfg, client, address, listener.getsockname()))

    def enqueue_req(self, conn: PatientConnection) -> None:
        """Whole requests go to a thread; for what lacks of others the poller waits."""
        conn.granted = HEAD
        if conn.initialized and conn.parser.unreader.buf.getvalue():
            super().enqueue_req(conn)  # of this one something was read already, after the one before
            return
        self.waiting[conn] = time.monotonic() + HEAD
        self._look(conn)

    def _look(self, conn: PatientConnection) -> None:
        try:
            here = conn.sock.recv(SMALL, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            here = None
        except OSError:
            here = b""
        more = _lacking(here)
        if more is None:
            # Readable means from here on that there is more than what was seen: nothing is asked in vain.
            with contextlib.suppress(OSError):
                conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(here or b"") + 1)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._look_again, conn))
            return
        del self.waiting[conn]
        with contextlib.suppress(OSError):
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)
        conn.granted = HEAD + more / SLOWEST
        conn.data_ready = True
        super().enqueue_req(conn)

    def _look_again(self, conn: PatientConnection, _sock: socket.socket) -> None:
        self.poller.unregister(conn.sock)
        self._look(conn)

    def murder_pending(self) -> None:
        """Besides gunicorn's: lets go of those whose time is up, and of all that wait when it stops."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [one for one, until in self.waiting.items() if until < now or not self.alive]:
            del self.waiting[conn]
            with contextlib.suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close()


def _lacking(here: bytes | None) -> int | None:
    """Bytes of a large body that a thread will have to wait for; None where it is too early for a thread.

    `here` is what has come so far: None for nothing yet, b"" for a connection that was closed.
    """
    if here is None:
        return None
    end = here.find(_END_OF_HEAD)
    if end < 0:
        return None if here and len(here) < SMALL else 0
    written = _LENGTH.search(here, 0, end + 2)
    missing = end + len(_END_OF_HEAD) + (int(written[1]) if written else 0) - len(here)
    if missing <= 0:
        return 0
    return None if missing + len(here) <= SMALL else missing
