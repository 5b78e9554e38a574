"""How long what nobody honest sends is thought about: each line is one request to a running server.

    bench/hostile.py [--runs 5] [--keep FOLDER]

Status and milliseconds to the whole answer, of so many runs the median and the longest. What is refused (4xx)
is to be so within a second; files are taken in (202) and read by a worker afterwards. Ends with 1 if a
refusal took longer, or anything was answered with 5xx.
"""

import argparse
import http.client
import io
import json
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from results.figures import Figure, heading, tell
from room.served import served, store

SECOND = 1000.0  # milliseconds
HERE = "/api/v1/projects/hostile"


@dataclass(frozen=True)
class Sent:
    what: str
    method: str
    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


def of_json() -> Iterator[Sent]:
    address = f"{HERE}/annotations/{uuid4()}/"
    bodies = {
        "NUL in a text": b'{"kind": "claim\\u0000"}',
        "half a character": b'{"kind": "\\ud83d"}',
        "JSON 5,000 deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
        "a million brackets": b"[" * 1_000_000,
        "a million quotes": b'"\\"' * 333_333,
        "a number of a million digits": b'{"extent": [[0, ' + b"9" * 1_000_000 + b"]]}",
        "a million marks on one letter": json.dumps({"kind": "a" + "\u0301\u0316" * 80_000}).encode(),
        "100,000 keys": json.dumps({f"k{n}": n for n in range(100_000)}).encode(),
    }
    yield from (Sent(what, "PUT", address, body) for what, body in bodies.items())
    term = json.dumps({"lines": "(a+)+$\n" + "((((((a*)*)*)*)*)*)*b", "is_pattern": True}).encode()
    yield Sent("quantifiers in quantifiers", "POST", f"{HERE}/watch-terms/", term)


def of_addresses() -> Iterator[Sent]:
    asked = {
        "?q=%00": "q=%00",
        "a search of 3,000 brackets": "q=" + "(" * 3000,
        "a search of 190 word beginnings": "q=" + "+".join(f"a{chr(97 + n % 26)}*" for n in range(190)),
        "a search that is no text": "q=" + quote('x\u202e"((-- OR *' * 40),
        "a filter on no list": "made_by__password__startswith=a",
        "a number of 3,000 digits": "limit=" + "9" * 3000,
    }
    yield from (Sent(what, "GET", f"{HERE}/claims/?{query}") for what, query in asked.items())
    yield Sent("a forged host", "GET", "/sign-in/", headers={"Host": "elsewhere.example"})
    yield Sent("three megabytes", "PUT", f"{HERE}/annotations/{uuid4()}/", b"[" * (3 << 20))


def of_files() -> Iterator[Sent]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * (100 << 20))
    pages = {"tags in tags": b"<div>" * 50_000, "angles": b"<a " * 10_000}
    files = {"bomb.zip": bomb.getvalue(), **{f"{name}.html": raw for name, raw in pages.items()}}
    for name, raw in files.items():
        edge = uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = head.encode() + raw + f"\r\n--{edge}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        yield Sent(f"a file: {name}", "POST", f"{HERE}/intakes/", body, headers)


def answered(server: str, secret: str, sent: Sent) -> tuple[int, float]:
    """The status, and the milliseconds until all of the answer was here."""
    connection = http.client.HTTPConnection(server, timeout=60)
    start = time.perf_counter()
    connection.request(
        sent.method, sent.path, sent.body, {"Authorization": f"Bearer {secret}", **sent.headers}
    )
    answer = connection.getresponse()
    answer.read()
    taken = (time.perf_counter() - start) * 1000
    connection.close()
    return answer.status, taken


def secret_of(by: Any) -> str:
    from django.utils import timezone

    from sources.actions import create_project
    from sources.actions.tokens import make_token
    from sources.models import Project, Scope

    if not Project.objects.filter(slug="hostile").exists():
        create_project(by=by, name="Hostile", slug="hostile")
    until = timezone.now() + timedelta(days=1)
    return make_token(by=by, name="bench", scope=Scope.MANAGE, expires_at=until)[1]


def main() -> None:
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--runs", type=int, default=5)
    reads.add_argument("--keep", default="", help="a data folder to use and keep")
    asked = reads.parse_args()
    failed = []
    with served(asked.keep) as link, store() as by:
        server, secret = urlsplit(link).netloc, secret_of(by)
        print(heading())
        for sent in (*of_json(), *of_addresses(), *of_files()):
            told = [answered(server, secret, sent) for _ in range(asked.runs)]
            status, times = max(status for status, _ in told), [taken for _, taken in told]
            tell(Figure("What nobody honest sends", sent.what, "ms", times, note=str(status)))
            if status >= 500 or (status >= 400 and max(times) > SECOND):
                failed.append(sent.what)
    raise SystemExit(f"Too long, or an error of ours: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
