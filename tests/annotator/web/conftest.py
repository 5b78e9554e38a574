"""The cast of every page test: one visitor of each standing, and the small world of tests/factories.py."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from annotator.embedded_postgres import Server
from annotator.models import Annotation, Claim
from annotator.queries.claim_cards import latest_review
from annotator.queries.project_json import state_of_member
from sources.actions import set_member
from sources.models import Membership, Project, User
from tests.behind_every_address import complete
from tests.databases import Filled, Visits, filled
from tests.factories import World, person


@dataclass(frozen=True)
class Cast:
    """Visitors as browsers. `nobody` is not signed in, `stranger` is, and is a member of nothing."""

    manager: Client
    reviewer: Client
    annotator: Client
    viewer: Client
    stranger: Client
    nobody: Client


@dataclass(frozen=True)
class SignedIn:
    """The small world with a member of each role, and the key of everybody's session."""

    world: World
    sessions: dict[str, str]


def browser_of(user: User) -> Client:
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def _sign_in(world: World) -> SignedIn:
    people = {"manager": world.manager, "reviewer": world.reviewer, "stranger": world.stranger}
    for role in ("annotator", "viewer"):
        people[role] = person(role)
        set_member(by=world.manager, project=world.here.project, user=people[role], role=role)
    return SignedIn(world, {name: browser_of(user).session.session_key for name, user in people.items()})


def _browser_in(session: str) -> Client:
    client = Client(raise_request_exception=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


@pytest.fixture(scope="session")
def signed_in_database(world_database: Filled, django_db_blocker: Any, embedded_server: Server) -> Filled:
    def fill() -> SignedIn:
        return _sign_in(world_database.content())

    with django_db_blocker.unblock():
        return filled(embedded_server, "signed_in", fill, of=world_database.template)


@pytest.fixture
def signed_in_here(signed_in_database: Filled, django_db_blocker: Any, visits: Visits) -> Iterator[SignedIn]:
    with django_db_blocker.unblock(), visits.to(signed_in_database.shared):
        yield signed_in_database.content()


@pytest.fixture
def world(signed_in_here: SignedIn, db: None) -> World:
    return signed_in_here.world


@pytest.fixture
def complete_world(world: World, settings, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    complete(world)
    return world


@pytest.fixture
def cast(signed_in_here: SignedIn, world: World) -> Cast:
    browsers = {name: _browser_in(session) for name, session in signed_in_here.sessions.items()}
    return Cast(**browsers, nobody=Client())


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


def role_of(world: World, username: str) -> str | None:
    found = Membership.objects.filter(project=world.here.project, user__username=username)
    return found.values_list("role", flat=True).first()


def as_shown(username: str, slug: str = "here") -> dict[str, str]:
    """What the row of a member says of the state that it shows; nothing of whoever is none."""
    found = Membership.objects.filter(project__slug=slug, user__username=username).first()
    return {"version": state_of_member(found)} if found else {}
