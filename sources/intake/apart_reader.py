"""The process that `apart` starts: reads a document, answers with one line of JSON, waits for the next."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import sys
import time
from typing import Any, BinaryIO

from sources.intake.apart import IDLE, packed
from sources.intake.article import ReadArticle
from sources.intake.refusal import Refusal, Refused
from sources.intake.registry import READERS


def main() -> None:
    """Serves until nothing more comes; what the libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    questions = os.fdopen(os.dup(0), "rb", buffering=0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.addaudithook(_ask_nobody)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    while select.select([questions], [], [], IDLE)[0] and (asked := questions.readline(65536)):
        request = json.loads(asked)
        document = _all(questions, request["size"])
        _limit(resource.RLIMIT_AS, request["memory"])
        _limit(resource.RLIMIT_CPU, int(time.process_time()) + request["seconds"] + 1)
        answer = json.dumps(packed(_read(document, request))).encode("ascii") + b"\n"
        while answer:
            answer = answer[answers.write(answer) :]
        _limit(resource.RLIMIT_CPU, resource.RLIM_INFINITY)


def _ask_nobody(event: str, arguments: tuple[Any, ...]) -> None:
    """Some libraries that read pages can fetch as well, and take a text that looks like an address so."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise PermissionError("reading a document asks nobody for anything")


def _read(document: bytes, request: dict[str, Any]) -> ReadArticle | Refusal:
    name = request["name"]
    try:
        return READERS[request["format"]](document, name, request["declared"])
    except Refused as error:
        return error.refusal
    except (MemoryError, RecursionError):
        return Refusal(name, "", f"reading it takes more than {request['memory'] // 1024**2} MB of memory")
    except Exception as error:  # a fault of a library, on a file that nobody foresaw: the next is read
        return Refusal(name, "", f"its reader failed ({type(error).__name__}: {str(error)[:100]})")


def _all(questions: BinaryIO, size: int) -> bytes:
    parts = []
    while size and (part := questions.read(min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _limit(what: int, soft: int) -> None:
    # Some systems refuse a limit (macOS one on memory); those that they take hold all the same.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft, resource.getrlimit(what)[1]))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        main()
    sys.exit(0)
