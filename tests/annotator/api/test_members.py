"""Members and invitations over the API."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from annotator.guesses import MOST
from annotator.intents import invitation as intent
from sources.actions import invitation_of, invite, set_member
from sources.models import Membership, Project, Role, User
from sources.models import invitation as bounds
from tests.factories import World, person

from .lists import costs_the_same, refuses_strange_parameters, walked
from .test_tokens import program, secret_of

URL = "/api/v1/projects/here/"


def put(client: Client, username: str, seen: str | None = "", **said: Any) -> Any:
    """With the version that stands now, unless another is `seen`, or none."""
    url = f"{URL}members/{username}/"
    tag = client.get(url).headers.get("ETag") if seen == "" else seen
    headers = {"If-Match": tag} if tag else {}
    return client.put(url, said, content_type="application/json", headers=headers)


def delete(client: Client, username: str, seen: str = "") -> Any:
    url = f"{URL}members/{username}/"
    return client.delete(url, headers={"If-Match": seen or client.get(url).headers.get("ETag", '"none"')})


def roles(project: Project) -> dict[str, str]:
    return dict(Membership.objects.filter(project=project).values_list("user__username", "role"))


def error_of(answer: Any) -> tuple[int, str, str]:
    (error,) = answer.json()["errors"]
    return answer.status_code, error["field"], error["rule"]


def test_somebody_is_added_by_name_given_another_role_and_removed(manager: Client, world: World) -> None:
    person("vera.h+1@x")
    made = put(manager, "vera.h+1@x", role="viewer")
    assert (made.status_code, made.json()["role"], made.json()["username"]) == (201, "viewer", "vera.h+1@x")
    changed = put(manager, "vera.h+1@x", role="reviewer")
    assert (changed.status_code, changed.json()["role"]) == (200, "reviewer")
    read = manager.get(f"{URL}members/vera.h+1@x/")
    assert (read.json(), read["ETag"]) == (changed.json(), changed["ETag"])
    again = manager.get(f"{URL}members/vera.h+1@x/", headers={"If-None-Match": read["ETag"]})
    assert again.status_code == 304
    assert roles(world.here.project)["vera.h+1@x"] == "reviewer"
    for code in (204, 404):
        assert delete(manager, "vera.h+1@x").status_code == code
    assert "vera.h+1@x" not in roles(world.here.project)


def test_a_role_that_somebody_else_gave_meanwhile_is_not_overwritten(manager: Client, world: World) -> None:
    person("vera")
    assert put(manager, "vera", seen='"never"', role="viewer").status_code == 412  # whom nobody made a member
    first = put(manager, "vera", role="viewer")["ETag"]
    second = put(manager, "vera", seen=first, role="annotator")
    assert second.status_code == 200
    assert put(manager, "vera", seen=None, role="annotator").status_code == 200  # as it is already
    assert put(manager, "vera", seen=None, role="reviewer").status_code == 428
    late = put(manager, "vera", seen=first, role="reviewer")
    assert (late.status_code, late.json()["current"]) == (412, second.json())
    assert manager.delete(f"{URL}members/vera/").status_code == 428
    gone = delete(manager, "vera", seen=first)
    assert (gone.status_code, gone.json()["current"]["role"]) == (412, "annotator")
    assert roles(world.here.project)["vera"] == "annotator"
    assert delete(manager, "vera", seen=f'W/"{second.json()["version"]}"').status_code == 204


def test_the_last_manager_stays_and_what_is_no_role_is_refused(manager: Client, world: World) -> None:
    before, mine = roles(world.here.project), world.manager.username
    assert error_of(put(manager, mine, role="viewer")) == (422, "role", "last_manager")
    assert error_of(delete(manager, mine)) == (422, "", "last_manager")
    assert error_of(put(manager, mine, role="owner")) == (400, "role", "choice")
    assert error_of(put(manager, mine)) == (400, "role", "choice")
    assert error_of(put(manager, mine, role="viewer", since="now")) == (400, "since", "known_field")
    assert roles(world.here.project) == before


def test_names_that_nobody_has_are_not_tried_for_long(manager: Client, world: World) -> None:
    cache.clear()
    person("vera")
    for _ in range(MOST):
        assert error_of(put(manager, "nobody", role="viewer")) == (422, "username", "known")
    assert error_of(put(manager, "vera", role="viewer")) == (422, "username", "too_often")
    assert put(manager, world.reviewer.username, role="viewer").status_code == 200
    cache.clear()


def test_everybody_leaves_themselves_and_managers_alone_remove_others(
    world: World, client_of: Callable[[User], Client]
) -> None:
    vera = person("vera")
    set_member(by=world.manager, project=world.here.project, user=vera, role="viewer")
    client, address = client_of(vera), f"{URL}members/vera/"
    assert delete(client, world.reviewer.username).status_code == 403
    assert program(secret_of(vera, "write")).delete(address).status_code == 403
    assert delete(client, "vera").status_code == 204
    assert client.get(address).status_code == 404


@pytest.fixture
def invited(manager: Client) -> dict[str, Any]:
    sent = {"role": "annotator", "uses_most": 3, "days": 2}
    answer = manager.post(f"{URL}invitations/", sent, content_type="application/json")
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    return answer.json()


def test_an_invitation_tells_its_link_once_and_is_withdrawn(
    manager: Client, world: World, invited: dict[str, Any]
) -> None:
    told, link = invited["invitation"], invited["link"]
    token = link.removeprefix("http://testserver/invitations/").rstrip("/")
    assert invitation_of(token) is not None
    assert (told["role"], told["uses_most"], told["standing"], told["used"]) == ("annotator", 3, "open", 0)
    assert token.startswith(told["link_begins"]) and token not in str(told)
    listed = walked(manager, f"{URL}invitations/", limit=1)
    assert listed[0] == told
    assert listed[-1]["came"] == [str(world.reviewer)]
    for _ in range(2):
        withdrawn = manager.delete(f"{URL}invitations/{told['uuid']}/")
        assert (withdrawn.status_code, withdrawn.json()["invitation"]["standing"]) == (200, "revoked")
    assert invitation_of(token) is None


@pytest.mark.parametrize(
    ("said", "field", "rule"),
    [
        ({}, "role", "choice"),
        ({"role": "viewer", "email": "nobody"}, "email", "email"),
        ({"role": "viewer", "email": "a b@c.de"}, "email", "email"),
        ({"role": "viewer", "email": "a@.de"}, "email", "email"),
        ({"role": "viewer", "email": "a@c.de", "uses_most": 2}, "uses_most", "one_person"),
        ({"role": "viewer", "uses_most": 101}, "uses_most", "whole"),
        ({"role": "viewer", "days": True}, "days", "whole"),
        ({"role": "viewer", "token": "x"}, "token", "known_field"),
    ],
)
def test_what_is_no_invitation_is_refused(manager: Client, said: Any, field: str, rule: str) -> None:
    answer = manager.post(f"{URL}invitations/", said, content_type="application/json")
    assert error_of(answer) == (400, field, rule)


def test_one_for_an_address_says_so(manager: Client) -> None:
    said = {"role": "viewer", "email": "ilse@velm.example"}
    told = manager.post(f"{URL}invitations/", said, content_type="application/json").json()["invitation"]
    assert (told["email"], told["uses_most"], told["mailed_at"]) == ("ilse@velm.example", 1, None)


def test_what_may_be_asked_is_what_may_be_stored() -> None:
    assert list(intent.ROLES) == Role.values
    assert (intent.MOST_USES, intent.LONGEST) == (bounds.MOST_USES, bounds.LONGEST)


@pytest.mark.lengthy
def test_the_list_of_invitations_keeps_to_its_manners(manager: Client, world: World) -> None:
    refuses_strange_parameters(manager, f"{URL}invitations/")

    def more() -> None:
        for _ in range(20):
            invite(by=world.manager, project=world.here.project, role="viewer")

    costs_the_same(manager, f"{URL}invitations/", more)
