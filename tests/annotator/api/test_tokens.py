"""Programs that come in with a token: as their user, and as less."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache, caches
from django.test import Client, override_settings
from django.utils import timezone

from annotator.models import Claim
from sources.actions.tokens import make_token, revoke_token
from sources.models import ApiToken, Membership, Scope, User
from tests.factories import Side, World, person

from .conftest import address, claim_body

HERE, THERE = "/api/v1/projects/here", "/api/v1/projects/there"


def secret_of(user: User, scope: Scope = Scope.MANAGE, **more: Any) -> str:
    end = timezone.now() + timedelta(days=1)
    return make_token(by=user, name="script", scope=scope, expires_at=end, **more)[1]


def program(secret: str) -> Client:
    """As a program comes: no cookie, and whoever lacks a form's token is refused."""
    return Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {secret}"})


def put_claim(client: Client, side: Side) -> Any:
    return client.put(
        address(side), claim_body(side, "Eighteen lorries turned back"), content_type="application/json"
    )


@pytest.mark.lengthy
def test_a_token_comes_in_as_its_user_without_a_forms_token(world: World, here: Side) -> None:
    answer = put_claim(program(secret_of(world.manager)), here)
    assert answer.status_code == 201
    claim = Claim.objects.get(annotation__uuid=answer.json()["annotation"]["uuid"])
    assert claim.annotation.author == world.manager


def test_a_session_needs_the_forms_token_all_the_same(world: World, here: Side) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.manager)
    assert put_claim(client, here).status_code == 403


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("scope", "reads", "annotates", "reviews"),
    [("read", 200, 403, 403), ("write", 200, 201, 403), ("review", 200, 201, 400), ("manage", 200, 201, 400)],
)
def test_a_token_may_what_its_user_and_its_scope_allow(
    world: World, here: Side, scope: Scope, reads: int, annotates: int, reviews: int
) -> None:
    client = program(secret_of(world.manager, scope))
    assert client.get(f"{HERE}/actors/").status_code == reads
    assert put_claim(client, here).status_code == annotates
    review = f"{HERE}/claims/{here.claim.uuid}/reviews/{here.review.uuid}/"
    answer = client.put(review, {}, content_type="application/json")
    assert answer.status_code == reviews
    if reviews == 403:
        assert f"this one has “{scope}”" in answer.json()["detail"]


def test_a_scope_gives_nobody_more_than_their_role(world: World, here: Side) -> None:
    viewer = person("vera")
    Membership.objects.create(project=here.project, user=viewer, role="viewer")
    client = program(secret_of(viewer))
    assert client.get(f"{HERE}/actors/").status_code == 200
    assert put_claim(client, here).status_code == 403
    assert client.get(f"{THERE}/actors/").status_code == 404


def test_a_read_only_token_says_nothing_in_a_discussion(world: World, here: Side) -> None:
    """What needs no more than a viewer still changes something."""
    comment = here.comment
    url = f"{HERE}/discussions/{comment.discussion.uuid}/comments/{comment.uuid}/"
    assert program(secret_of(world.manager, Scope.READ)).delete(url).status_code == 403
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


def test_a_token_for_one_project_finds_no_other(world: World, here: Side) -> None:
    Membership.objects.get_or_create(project=world.there.project, user=world.manager, role="manager")
    client = program(secret_of(world.manager, one_project=here.project.uuid))
    assert client.get(f"{HERE}/actors/").status_code == 200
    foreign, missing = client.get(f"{THERE}/actors/"), client.get("/api/v1/projects/nowhere/actors/")
    assert (foreign.status_code, foreign.content) == (404, missing.content)


def test_a_removed_members_token_opens_nothing_more(world: World, here: Side) -> None:
    viewer = person("vera")
    member = Membership.objects.create(project=here.project, user=viewer, role="viewer")
    client = program(secret_of(viewer))
    assert client.get(f"{HERE}/actors/").status_code == 200
    member.delete()
    assert client.get(f"{HERE}/actors/").status_code == 404


def test_what_opens_nothing_is_told_alike(world: World, here: Side) -> None:
    """An ended one is met in tests/sources/test_tokens.py: only the clock ends a token."""
    revoked = secret_of(world.manager)
    revoke_token(by=world.manager, token=ApiToken.objects.get())
    answers = [program(s).get(f"{HERE}/actors/") for s in (revoked, "sl_" + "x" * 43, "", "no token")]
    assert {a.status_code for a in answers} == {401}
    assert len({a.content for a in answers}) == 1
    assert answers[0].json()["detail"] == "This token is not known here, was revoked, or is over."
    assert Client().get(f"{HERE}/actors/").json()["detail"] == ""
    assert {a["WWW-Authenticate"] for a in answers} == {'Bearer realm="Sourceline"'}


def test_a_bad_token_is_refused_beside_a_good_session(manager: Client, here: Side) -> None:
    answer = manager.get(f"{HERE}/actors/", headers={"Authorization": f"Bearer sl_{'x' * 43}"})
    assert answer.status_code == 401


def test_other_schemes_are_passed_over(manager: Client, here: Side) -> None:
    assert manager.get(f"{HERE}/actors/", headers={"Authorization": "Basic YTpi"}).status_code == 200


def test_pages_are_not_opened_by_a_token(world: World, here: Side) -> None:
    assert program(secret_of(world.manager)).get("/p/here/claims/").status_code in (302, 404)


def test_no_log_tells_a_secret(
    world: World, here: Side, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = secret_of(world.manager)
    monkeypatch.setattr("annotator.api.views.actor_records.choices.actors_called", lambda *_: 1 / 0)
    client = program(secret)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        assert client.get(f"{HERE}/actors/?q=x").status_code == 500
        assert client.get(f"{HERE}/actors/?nothing", headers={"Authorization": "Bearer x"}).status_code == 401
    assert "ZeroDivisionError" in caplog.text
    assert secret[11:] not in caplog.text


@pytest.fixture
def rates() -> Any:
    caches["api"].clear()
    with override_settings(API_RATES={"token": 3, "nobody": 2}):
        yield
    caches["api"].clear()


def test_whoever_guesses_is_counted_by_their_network_and_apart_from_sign_ins(
    world: World, here: Side, rates: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.api.throttles.time", lambda: 1_000_000_000.0)
    cache.set("sign-in", 1)

    def told(by: str, **headers: str) -> int:
        client = Client(REMOTE_ADDR=by, headers=headers)
        return client.get(f"{HERE}/actors/").status_code

    guess = {"Authorization": f"Bearer sl_{'x' * 43}"}
    assert [told(f"2001:db8:0:1::{n}", **guess) for n in range(1, 4)] == [401, 401, 429]
    assert told("2001:db8:0:1:ffff::9") == 429
    assert told("2001:db8:0:2::1") == 401
    caches["api"].clear()
    assert cache.get("sign-in") == 1


@pytest.mark.lengthy
def test_programs_are_told_to_wait_and_how_long(
    world: World,
    here: Side,
    rates: None,
    client_of: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("annotator.api.throttles.time", lambda: 1_000_000_000.0)
    clients = program(secret_of(world.manager)), Client(), client_of(world.manager)
    told = [[client.get(f"{HERE}/actors/").status_code for _ in range(5)] for client in clients]
    assert told == [[200, 200, 200, 429, 429], [401, 401, 429, 429, 429], [200] * 5]
    answer = clients[0].get(f"{HERE}/actors/")
    assert answer["Retry-After"] == "20"
    assert answer["Content-Type"] == "application/problem+json"
    other = program(secret_of(world.manager))
    assert other.get(f"{HERE}/actors/").status_code == 200
    monkeypatch.setattr("annotator.api.throttles.time", lambda: 1_000_000_020.0)
    assert clients[0].get(f"{HERE}/actors/").status_code == 200
