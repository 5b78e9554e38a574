"""Have a document read in a process of its own, with limits: what hostile files do to libraries ends there.

A document may ask for endless time, for all memory, or crash the library that reads it. The process that
reads is handed nothing of the environment, writes no file, is stopped at its limits, and the item is
refused. It stays for the next document and ends by itself when none comes.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sources.intake.article import ReadArticle
from sources.intake.refusal import Refusal, Refused, refused
from sources.text.blocks import Block
from sources.text.normalise import Step

SECONDS = 20
"""Of processor time that one document may take."""
CLOCK = 60
"""Seconds after which a document is given up on, whoever else is at work on the machine."""
MEMORY = 1024**3
"""Bytes of address space the process may have, the program itself among them."""
IDLE = 60
"""Seconds without a document after which the process ends."""
LARGEST_ANSWER = 64 * 1024**2

_ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV")
_waiting: list[subprocess.Popen[bytes]] = []
os.register_at_fork(after_in_child=_waiting.clear)


def read_apart(format_name: str, document: bytes, name: str, declared: str | None) -> ReadArticle:
    """As the reader of this format does it. Raises Refused as that does, and where it came to its limits."""
    asked = {"format": format_name, "name": name, "declared": declared, "size": len(document)}
    limits = {"seconds": SECONDS, "memory": MEMORY}
    message = json.dumps(asked | limits).encode("ascii") + b"\n" + document
    while True:
        child, fresh = _child()
        try:
            answer = _exchange(child, message)
        except _Slow:
            _end(child)
            raise refused(name, f"reading it takes longer than {CLOCK} seconds") from None
        except BaseException:
            _end(child)
            raise
        if answer is not None:
            _waiting.append(child)
            return _unpacked(json.loads(answer))
        status = _end(child)
        # One that waited may have ended just when it was asked; what kills a fresh one is the document.
        if fresh or status != 0:
            raise refused(name, f"reading it takes more than {SECONDS} seconds of work, or breaks its reader")


class _Slow(Exception):
    pass


def _child() -> tuple[subprocess.Popen[bytes], bool]:
    while _waiting:
        with contextlib.suppress(IndexError):  # another thread took the last one
            child = _waiting.pop()
            if child.poll() is None:
                return child, False
            _end(child)
    environment = {key: os.environ[key] for key in _KEPT if key in os.environ}
    return subprocess.Popen(
        [sys.executable, "-m", "sources.intake.apart_reader"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        bufsize=0,
    ), True


def _exchange(child: subprocess.Popen[bytes], message: bytes) -> bytes | None:
    """One line of answer, or None where the process ended without one. Raises _Slow."""
    assert child.stdin is not None and child.stdout is not None  # noqa: S101  both are pipes
    until = time.monotonic() + CLOCK
    into, out = child.stdin.fileno(), child.stdout.fileno()
    left, parts, got = memoryview(message), [], 0
    os.set_blocking(into, False)
    while True:
        ready = select.select([out], [into] if left else [], [], max(0.0, until - time.monotonic()))
        if not any(ready):
            raise _Slow
        if ready[1]:
            try:
                left = left[os.write(into, left[:65536]) :]
            except BrokenPipeError:
                left = left[:0]
        if ready[0]:
            part = os.read(out, 1 << 20)
            got += len(part)
            if not part or got > LARGEST_ANSWER:
                return None
            parts.append(part)
            if part.endswith(b"\n"):
                return b"".join(parts)


def _end(child: subprocess.Popen[bytes]) -> int:
    """Stops a process whatever it does, and gives back how it ended."""
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
    try:
        return child.wait(timeout=0.2)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


def packed(read: ReadArticle | Refusal) -> dict[str, Any]:
    """As JSON can carry it."""
    return {"refusal" if isinstance(read, Refusal) else "read": asdict(read)}


def _unpacked(answer: dict[str, Any]) -> ReadArticle:
    if "refusal" in answer:
        raise Refused(Refusal(**answer["refusal"]))
    told = answer["read"]
    told["blocks"] = tuple(Block(**block) for block in told["blocks"])
    told["steps"] = tuple(Step(**step) for step in told["steps"])
    told["authors"], told["notes"] = tuple(told["authors"]), tuple(told["notes"])
    return ReadArticle(**told)
