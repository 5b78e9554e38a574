"""The page of a person's tokens, and the reference of the API."""

import re
from typing import Any

import pytest
from django.test import Client

from annotator.api.description import described
from sources.models import ApiToken, Project
from tests.annotator.api.test_tokens import program, secret_of
from tests.factories import World

PAGE = "/account/tokens/"
LARGEST_PAGE = 150_000  # bytes, before they are compressed


@pytest.fixture
def world(small_world_here: World, db: None) -> World:
    return small_world_here


@pytest.fixture
def manager(world: World) -> Client:
    client = Client()
    client.force_login(world.manager)
    return client


def make(client: Client, **said: Any) -> Any:
    return client.post(PAGE, {"name": "nightly", "scope": "write", "project": "", "ends": "30", **said})


def test_a_secret_is_shown_once_and_opens_the_api(manager: Client, world: World) -> None:
    answer = make(manager)
    (secret,) = re.findall(r"sl_[A-Za-z0-9_-]{43}", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert program(secret).get("/api/v1/projects/here/").json()["role"] == "annotator"
    listed = manager.get(PAGE).content.decode()
    assert secret not in listed
    assert secret[:11] in listed
    token = ApiToken.objects.get()
    assert (token.name, token.scope) == ("nightly", "write")
    assert (token.expires_at - token.created_at).days in (29, 30)


def test_a_page_that_is_sent_twice_makes_one_token_and_says_so(manager: Client, world: World) -> None:
    (once,) = re.findall(r'name="once" value="([0-9a-f-]{36})"', manager.get(PAGE).content.decode())
    make(manager, once=once)
    again = make(manager, once=once)
    token = ApiToken.objects.get()
    assert again.status_code == 409
    assert "No second token was made." in again.content.decode()
    assert token.prefix in again.content.decode()
    (other,) = re.findall(r'name="once" value="([0-9a-f-]{36})"', again.content.decode())
    assert other != once
    for who, sent in ((world.reviewer, once), (world.manager, other)):
        manager.force_login(who)
        assert make(manager, once=sent).status_code == 200, "another's page, and the next one"
    assert ApiToken.objects.count() == 3


def test_whoever_makes_one_shows_once_more_who_they_are_and_then_has_it(
    manager: Client, world: World
) -> None:
    password = "a quiet crack in the bridge"
    world.manager.set_password(password)
    world.manager.save()
    manager.force_login(world.manager)
    answer = make(manager)
    assert answer["Location"].startswith("/account/again/")
    assert not ApiToken.objects.exists()
    again = manager.post(answer["Location"], {"password": password})
    assert len(re.findall(r"sl_[A-Za-z0-9_-]{43}", again.content.decode())) == 1
    assert "no-store" in again["Cache-Control"]
    assert ApiToken.objects.get().user == world.manager


@pytest.mark.parametrize("revoke", [True, False])
def test_a_new_password_leaves_tokens_unless_one_says_otherwise(
    manager: Client, world: World, revoke: bool
) -> None:
    secret, old = secret_of(world.manager), "a quiet crack in the bridge"
    world.manager.set_password(old)
    world.manager.save()
    manager.force_login(world.manager)
    assert "1 token for programs goes on otherwise" in manager.get("/account/password/").content.decode()
    new = old[::-1]
    said = {"oldpassword": old, "password1": new, "password2": new} | ({"revoke": "on"} if revoke else {})
    assert manager.post("/account/password/", said)["Location"] == "/account/"
    assert program(secret).get("/api/v1/projects/here/").status_code == (401 if revoke else 200)


def test_one_is_made_for_one_project_alone(manager: Client, world: World) -> None:
    here = Project.objects.get(slug="here")
    answer = make(manager, project=str(here.uuid))
    assert f"in <bdi>{here.name}</bdi>" in answer.content.decode()
    assert ApiToken.objects.get().one_project == here.uuid


@pytest.mark.parametrize(
    "said",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"scope": "all"},
        {"ends": "366"},
        {"project": "0" * 32},
        {"ends": ""},
    ],
)
def test_what_is_no_token_is_refused(manager: Client, world: World, said: dict[str, str]) -> None:
    assert make(manager, **said).status_code == 422
    assert not ApiToken.objects.exists()


def test_one_is_revoked_by_its_user_alone(manager: Client, world: World) -> None:
    secret = secret_of(world.manager)
    token = ApiToken.objects.get()
    stranger = Client()
    stranger.force_login(world.stranger)
    assert stranger.post(f"{PAGE}{token.uuid}/revoke/").status_code == 404
    assert program(secret).get("/api/v1/projects/here/").status_code == 200
    assert manager.post(f"{PAGE}{token.uuid}/revoke/").status_code == 302
    assert program(secret).get("/api/v1/projects/here/").status_code == 401
    assert "revoked" in manager.get(PAGE).content.decode()


def test_the_page_is_for_who_is_signed_in(world: World) -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(PAGE, {"name": "x"}).status_code == 302


def test_the_api_lists_and_revokes_for_sessions_only(manager: Client, world: World) -> None:
    secret = secret_of(world.manager)
    (told,) = manager.get("/api/v1/tokens/").json()["results"]
    assert told["prefix"] == secret[:11]
    assert "digest" not in told
    place = f"/api/v1/tokens/{told['uuid']}/"
    assert program(secret).get("/api/v1/tokens/").status_code == 403
    assert program(secret).delete(place).status_code == 403
    assert Client().get("/api/v1/tokens/").status_code == 401
    assert manager.delete(place).json()["revoked_at"]
    assert program(secret).get("/api/v1/projects/").status_code == 401


@pytest.mark.lengthy
def test_the_reference_tells_every_operation_and_shape(world: World) -> None:
    told, index = described(), Client().get("/api/").content.decode()
    operations, shapes = set(), set()
    for address in sorted(set(re.findall(r'href="(/api/of/[^"#]+)"', index))):
        answer = Client().get(address)
        page = answer.content.decode()
        assert len(answer.content) < LARGEST_PAGE, address
        operations |= set(re.findall(r'id="operation-(\w+)"', page))
        here = re.findall(r'id="shape-(\w+)"', page)
        assert len(here) == len(set(here))
        assert set(re.findall(r'href="#shape-(\w+)"', page)) == set(here)
        assert "<script>" not in page
        assert " style=" not in page
        shapes |= set(here)
    known = [one for methods in told["paths"].values() for one in methods.values()]
    assert operations == {one["operationId"] for one in known}
    assert all(path in index for path in told["paths"])
    assert shapes == set(told["components"]["schemas"])
    assert len(index.encode()) < LARGEST_PAGE
    assert Client().get("/api/of/nothing/").status_code == 404


def test_the_page_leads_to_the_tutorial_whose_file_anybody_may_read(manager: Client) -> None:
    assert 'href="/api/tutorial/"' in manager.get(PAGE).content.decode()
    answer = Client().get("/api/tutorial/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().startswith("# The API")
