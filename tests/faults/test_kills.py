"""kill -9 of everything that runs, one after another and again, while programs write through the API.

What was acknowledged is there once. What was not may be there too, as an answer can be lost after the work is
done: the same UUID is sent again until somebody answers, and makes one thing.
"""

import http.client
import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.serving import PATIENCE, Serving, manage

pytestmark = pytest.mark.slow
WRITERS = 4
WRITES = 40  # by each of them, at least; they go on until everything was killed
ROUNDS = 2
TOKEN = """
from datetime import timedelta
from django.utils import timezone
from sources.actions.tokens import make_token
from sources.models import Scope, User
until = timezone.now() + timedelta(days=1)
print(make_token(by=User.objects.get(), name="fault", scope=Scope.WRITE, expires_at=until)[1])
"""


class Api:
    """The API of a running server, for whoever has that token."""

    def __init__(self, running: Serving, token: str) -> None:
        self.port, self.token = running.port, token

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and answer; OSError or HTTPException where none came."""
        there = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            there.request(method, f"/api/v1/projects/fault/{path}", json.dumps(body), headers)
            answer = there.getresponse()
            read = answer.read()
        finally:
            there.close()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status, json.loads(read) if is_json else read.decode()

    def put_until_answered(self, path: str, body: Any) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(OSError, http.client.HTTPException):
                status, told = self.ask("PUT", path, body)
                if status in {200, 201}:
                    return told
                assert status in {502, 503}, (status, told)
            time.sleep(0.05)
        raise AssertionError("nobody answered")

    def all_of(self, path: str) -> Iterator[Any]:
        """Every row of a list, page by page."""
        after = ""
        while True:
            status, told = self.ask("GET", f"{path}?limit=200{after}")
            assert status == 200, told
            yield from told["results"]
            if not told["next"]:
                return
            after = "&" + re.search(r"cursor=[^&]+", told["next"])[0]


class Writer(threading.Thread):
    """Annotates one word after another and remembers what was acknowledged."""

    def __init__(self, api: Api, text: Any, first: int, done: threading.Event) -> None:
        super().__init__(daemon=True)
        self.api, self.text, self.first, self.done = api, text, first, done
        self.acknowledged: list[str] = []
        self.trouble: BaseException | None = None

    def run(self) -> None:
        words = list(re.finditer(r"\w+", self.text["text"]))
        try:
            for number in range(self.first, len(words), WRITERS):
                if len(self.acknowledged) >= WRITES and self.done.is_set():
                    return
                uuid = str(uuid4())
                name = {"uuid": str(uuid4()), "name": f"{words[number][0]} {uuid}", "kind": "person"}
                body = {
                    "snapshot": self.text["uuid"],
                    "kind": "actor",
                    "extent": [list(words[number].span())],
                    "quotes": [words[number][0]],
                    "actor": {"new_actor": name},
                }
                told = self.api.put_until_answered(f"annotations/{uuid}/", body)
                assert told["annotation"]["version"] == 1, told
                self.acknowledged.append(uuid)
        except BaseException as trouble:
            self.trouble = trouble


def children_of(pid: int) -> list[int]:
    with suppress(OSError):
        return [
            int(child)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    return []


def command_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def postmaster(data: Path) -> int:
    home = Path(json.loads((data / "database.json").read_text())["home"])
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def victims(running: Serving, data: Path, what: str) -> list[int]:
    """Processes of that kind which run now."""
    ours = [pid for pid in children_of(running.process.pid) if "manage.py" in command_of(pid)]
    with_children = [pid for pid in ours if children_of(pid)]
    match what:
        case "a web worker":
            return [worker for web in with_children for worker in children_of(web)][:1]
        case "web and job process":
            return ours
        case "a backend":
            found = children_of(postmaster(data))
            return [pid for pid in found if "sourceline_app" in command_of(pid)][:1]
        case _:
            return [postmaster(data)]


def kill(running: Serving, data: Path, what: str) -> None:
    """kill -9, as soon as there is one of them."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError, ValueError, IndexError):
            if found := victims(running, data, what):
                for pid in found:
                    os.kill(pid, signal.SIGKILL)
                return
        time.sleep(0.05)
    raise AssertionError(f"there was no {what} to kill")


def test_no_acknowledged_write_is_lost_and_none_is_doubled(running, data, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(" ".join(f"Word{number} stands here." for number in range(2000)))
    imported = manage("import_articles", str(article), "--project", "fault", "--create", "--data", str(data))
    assert imported.returncode == 0, imported.stderr
    made = manage("shell", "-v", "0", "-c", TOKEN, "--data", str(data))
    api = Api(running, made.stdout.strip())
    (listed,) = api.all_of("articles/")
    (text,) = api.all_of(f"articles/{listed['uuid']}/texts/")
    status, text = api.ask("GET", f"texts/{text['uuid']}/")
    assert status == 200

    done = threading.Event()
    writers = [Writer(api, text, first, done) for first in range(WRITERS)]
    for writer in writers:
        writer.start()
    for _ in range(ROUNDS):
        for what in ("a web worker", "a backend", "web and job process", "the database server"):
            written = sum(len(writer.acknowledged) for writer in writers)
            kill(running, data, what)
            end = time.monotonic() + PATIENCE
            while sum(len(writer.acknowledged) for writer in writers) < written + WRITERS:
                assert time.monotonic() < end, f"nothing was written after {what} was killed"
                assert not any(writer.trouble for writer in writers), [one.trouble for one in writers]
                time.sleep(0.05)
    done.set()
    for writer in writers:
        writer.join(PATIENCE)
        assert writer.trouble is None
    acknowledged = [uuid for writer in writers for uuid in writer.acknowledged]
    assert len(acknowledged) >= WRITERS * WRITES
    stored = [one["uuid"] for one in api.all_of("annotations/")]
    assert sorted(stored) == sorted(acknowledged)
    status, found = api.ask("GET", "actors/?limit=1")
    assert status == 200
    assert found
    assert running.process.poll() is None
