"""People at work by HTTP: each with an own account, an own session and an own connection that is kept."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sources.models import Project, Role, User

WAITS = 60.0  # seconds until an answer counts as lost
CSRF = "b" * 32


@dataclass(frozen=True)
class Span:
    """Words to be marked as a claim: of a text by its UUID, in code points."""

    text: str
    start: int
    end: int
    quote: str


class Refused(Exception):
    """An answer of 400 or more: what was asked, the status, the beginning of the answer."""


@dataclass
class Person:
    """Signed in at `server` (host:port); `cookie` is the session's."""

    name: str
    server: str
    cookie: str
    slug: str
    kept: dict[str, Span] = field(default_factory=dict)
    """What was saved by what the server answered: UUID -> span."""
    _connection: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, path: str, body: Any = None, kind: str = "application/json"
    ) -> tuple[float, bytes]:
        """Seconds to the last byte, and the body. Raises Refused, or OSError where the connection broke;
        one that the server closed meanwhile is opened anew, once."""
        sent = json.dumps(body).encode() if kind == "application/json" and body is not None else body
        headers = {
            "Cookie": f"sourceline={self.cookie}; csrf={CSRF}",
            "X-CSRFToken": CSRF,
            "Content-Type": kind,
            "Accept-Encoding": "gzip",
        }
        for again in (True, False):
            connection = self._connection or http.client.HTTPConnection(self.server, timeout=WAITS)
            start = time.perf_counter()
            try:
                connection.request(method, path, sent, headers)
                answer = connection.getresponse()
                read = answer.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                connection.close()
                fresh, self._connection = self._connection is None, None
                if fresh or not again:
                    raise
                continue
            took = time.perf_counter() - start
            self._connection = connection
            if answer.status >= 400:
                raise Refused(f"{method} {path}: {answer.status} {read[:300]!r}")
            return took, read
        raise AssertionError("unreachable")

    def save(self, span: Span, uuid: str = "") -> float:
        """Seconds until a new claim of these words was answered for."""
        uuid = uuid or str(uuid4())
        claim = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}
        body = {
            "snapshot": span.text,
            "kind": "claim",
            "extent": [[span.start, span.end]],
            "quotes": [span.quote],
            "claim": claim,
        }
        took, _ = self.ask("PUT", f"/api/v1/projects/{self.slug}/annotations/{uuid}/", body)
        self.kept[uuid] = span
        return took

    def open(self, article: UUID | str) -> float:
        """Seconds until the whole page of an article was here."""
        return self.ask("GET", f"/p/{self.slug}/articles/{article}/")[0]


def people(by: User, project: Project, server: str, roles: list[Role], run: str = "") -> list[Person]:
    """As many members of the project, signed in; they are others for another `run`."""
    from django.test import Client

    from sources.actions import set_member

    made = []
    for number, role in enumerate(roles):
        name = f"bench-{role.label.lower()}-{number}{run and '-'}{run}"
        user, new = User.objects.get_or_create(username=name)
        if new:
            set_member(by=by, project=project, user=user, role=role)
        client = Client(headers={"host": "127.0.0.1"})
        client.force_login(user)
        made.append(Person(name, server, client.cookies["sourceline"].value, project.slug))
    return made
