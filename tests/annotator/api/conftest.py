from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sources.models import User
from tests.factories import Side, World, words


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


@pytest.fixture
def here(world: World) -> Side:
    return world.here


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client(enforce_csrf_checks=False)
        client.force_login(user)
        return client

    return make


@pytest.fixture
def manager(world: World, client_of: Callable[[User], Client]) -> Client:
    return client_of(world.manager)


def address(side: Side, uuid: object = None, tail: str = "") -> str:
    return f"/api/v1/projects/{side.project.slug}/annotations/{uuid or uuid4()}/{tail}"


def body(side: Side, kind: str, *stretches: str, **owner: Any) -> dict[str, Any]:
    return {
        "snapshot": str(side.snapshot.uuid),
        "kind": kind,
        **words(side.snapshot, *stretches),
        kind: owner,
    }


def claim_body(side: Side, *stretches: str, **more: Any) -> dict[str, Any]:
    content = {"type": "fact", "quotation_type": "indirect", "voice": "unknown", **more}
    return body(side, "claim", *stretches, **content)


def put(client: Client, url: str, value: Any, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.put(url, value, content_type="application/json", headers=headers)


def delete(client: Client, url: str, version: int | None = None) -> Any:
    return client.delete(url, headers={} if version is None else {"If-Match": f'"{version}"'})
