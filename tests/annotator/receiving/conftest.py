"""A project to fill, and bundles as readers make them."""

from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from annotator.actions.projects import open_project
from annotator.exchange.importers.bundle import (
    ActorEntry,
    At,
    Bundle,
    Document,
    Placed,
    placed,
    span,
)
from annotator.exchange.receiving import Report, receive
from sources.models import Project, User
from tests.factories import BRIDGE

PLAIN = {"type": "fact", "quotation_type": "reported", "voice": "agentless"}


@dataclass
class Shelf:
    by: User
    project: Project

    def take(self, *documents: Document, **more: Any) -> Report:
        options = {key: more.pop(key) for key in ("create_codes", "wishes") if key in more}
        bundle = Bundle(documents=documents, **more)
        return receive(by=self.by, project=self.project, bundle=bundle, origin="test: a.zip", **options)


@pytest.fixture
def shelf(db: None) -> Shelf:
    user = User.objects.create_user(username="ana", name="Ana")
    return Shelf(user, open_project(by=user, name="Quay", slug="quay"))


def at(line: int = 1) -> At:
    return At("a.ann", line)


def words(*said: str, text: str = BRIDGE, **more: Any) -> dict[str, Any]:
    """A span of words as they first stand in the text."""
    return span([(text.index(one), text.index(one) + len(one)) for one in said], said, **more)


def name_of(*key: str) -> UUID:
    """An identifier of the file's own."""
    return uuid5(NAMESPACE_OID, "/".join(key))


def actor(name: str, **more: Any) -> ActorEntry:
    body = {"name": name, "kind": "person", **more.pop("body", {})}
    return ActorEntry(at(), name_of("actor", name), body, **more)


def mention(of: str, said: dict[str, Any], line: int = 1) -> Placed:
    what = {"actor": str(name_of("actor", of))}
    return placed(at(line), name_of("mention", of, str(said)), "actor", said, what)


def claim(said: dict[str, Any], key: str = "", line: int = 1, by: str = "", **more: Any) -> Placed:
    return placed(at(line), name_of("claim", key or str(said)), "claim", said, {**PLAIN, **more}, by)


def document(*marked: Placed, text: str | None = BRIDGE, key: str = "a", **more: Any) -> Document:
    return Document(at(), key, f"{key}.txt", text, placed=marked, **more)
