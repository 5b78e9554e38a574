"""One article about a closed bridge, an annotator and a reviewer, and bodies as the page sends them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from annotator.actions import annotations, projects
from annotator.embedded_postgres import Server
from annotator.intents.annotation import parse_annotation
from annotator.models import Actor, Annotation, Claim
from sources.models import Project, Snapshot, User
from tests.databases import Filled, Visits, filled
from tests.factories import BRIDGE, FERRY, new_actor, person, stored, words

PLAIN: dict[str, Any] = {"type": "fact", "quotation_type": "indirect", "voice": "unknown"}


@dataclass
class Desk:
    """What a test needs at hand. `put` is what the page does when something is saved."""

    by: User
    reviewer: User
    project: Project
    snapshot: Snapshot
    second: Snapshot
    made: list[UUID] = field(default_factory=list)

    def body(
        self, kind: str, *stretches: str, snapshot: Snapshot | None = None, **owner: Any
    ) -> dict[str, Any]:
        there = snapshot or self.snapshot
        return {"snapshot": str(there.uuid), "kind": kind, **words(there, *stretches), kind: owner}

    def claim_body(self, *stretches: str, snapshot: Snapshot | None = None, **more: Any) -> dict[str, Any]:
        return self.body("claim", *stretches, snapshot=snapshot, **{**PLAIN, **more})

    def put(
        self,
        body: dict[str, Any],
        uuid: UUID | None = None,
        version: int | None = None,
        by: User | None = None,
    ) -> annotations.Saved:
        intent = parse_annotation(uuid or uuid4(), body)
        return annotations.save(by=by or self.by, project=self.project, intent=intent, version=version)

    def claim(self, *stretches: str, **more: Any) -> Claim:
        return self.put(self.claim_body(*stretches, **more)).annotation.claim

    def mention(self, words: str, name: str, **more: Any) -> Annotation:
        return self.put(self.body("actor", words, **new_actor(name, **more))).annotation

    def actor(self, words: str, name: str, **more: Any) -> Actor:
        return self.mention(words, name, **more).mention.actor


def set_up() -> Desk:
    by, reviewer = person("ana"), person("rolf")
    project = projects.open_project(by=by, name="Velm", slug="velm")
    return Desk(by, reviewer, project, stored(by, project, BRIDGE), stored(by, project, FERRY, "Kai Radio"))


@pytest.fixture(scope="session")
def desk_database(django_db_setup: None, django_db_blocker: Any, embedded_server: Server) -> Filled:
    with django_db_blocker.unblock():
        return filled(embedded_server, "desk", set_up)


@pytest.fixture
def desk_here(desk_database: Filled, django_db_blocker: Any, visits: Visits) -> Iterator[Desk]:
    """A desk in the database that Django points to; for tests that roll back what they write."""
    with django_db_blocker.unblock(), visits.to(desk_database.shared):
        yield desk_database.content()


@pytest.fixture
def desk(desk_here: Desk, db: None) -> Desk:
    return desk_here
