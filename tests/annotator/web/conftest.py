"""The cast of every page test: one visitor of each standing, and the small world of tests/factories.py."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from annotator.exchange.release_file import path_of
from annotator.models import Annotation, Claim, Release
from annotator.queries.claim_cards import latest_review
from sources.actions import set_member
from sources.models import Project, User
from tests.factories import World, annotate, person

SECOND = {"here": str(uuid4()), "there": str(uuid4())}  # a second event of each side


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


@pytest.fixture
def complete_world(world: World, settings, tmp_path: Path) -> World:
    """With something behind every address: files of the releases, a second event of each side."""
    settings.DATA_DIR = tmp_path
    for side in (world.here, world.there):
        made = {"state": "ready", "file_name": "a.zip", "size": 4, "sha256": "0" * 64}
        Release.objects.filter(pk=side.release.pk).update(**made)
        file = path_of(Release.objects.get(pk=side.release.pk))
        file.parent.mkdir(parents=True)
        file.write_bytes(b"a.zip")
        second = {"uuid": SECOND[side.project.slug], "label": "Lorries turned back", "type": "other"}
        annotate(world.manager, side.snapshot, "event", "turned back", new_event=second)
    return world


@dataclass(frozen=True)
class Cast:
    """Visitors as browsers. `nobody` is not signed in, `stranger` is, and is a member of nothing."""

    manager: Client
    reviewer: Client
    annotator: Client
    viewer: Client
    stranger: Client
    nobody: Client


def browser_of(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="sesame.backends.ModelBackend")
    return client


@pytest.fixture
def cast(world: World) -> Cast:
    project = world.here.project
    joined = {}
    for role in ("annotator", "viewer"):
        joined[role] = person(role)
        set_member(by=world.manager, project=project, user=joined[role], role=role)
    return Cast(
        manager=browser_of(world.manager),
        reviewer=browser_of(world.reviewer),
        annotator=browser_of(joined["annotator"]),
        viewer=browser_of(joined["viewer"]),
        stranger=browser_of(world.stranger),
        nobody=Client(),
    )


def seen(claim: Claim) -> dict[str, str]:
    """What a page that shows the claim as it is now sends along with a decision."""
    return {
        "version": str(Annotation.objects.get(pk=claim.pk).version),
        "review": latest_review(claim.uuid),
    }


@pytest.fixture
def here(world: World) -> Project:
    return world.here.project


@pytest.fixture
def queries(django_assert_num_queries: Callable) -> Callable[[Client, str], int]:
    """How many queries a page takes once its visitor's session is warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(client: Client, url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        return len(captured)

    return count
