"""Projects over the API: what is open to whom, making one, changing one, and who is in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from annotator.actions.projects import open_project
from sources.actions import set_member
from sources.models import Membership, Project, User
from tests.factories import World, person

from .lists import costs_the_same, refuses_strange_parameters, walked
from .test_tokens import program, secret_of

URL = "/api/v1/projects/"


def post(client: Client, **said: Any) -> Any:
    return client.post(URL, said, content_type="application/json")


def patch(client: Client, slug: str, version: str, **said: Any) -> Any:
    headers = {"If-Match": f'"{version}"'} if version else {}
    return client.patch(f"{URL}{slug}/", said, content_type="application/json", headers=headers)


def patch_as(client: Client, tag: str, **said: Any) -> Any:
    url = f"{URL}here/"
    return client.patch(url, said, content_type="application/json", headers={"If-Match": tag})


def test_those_open_to_the_caller_are_told(manager: Client, world: World) -> None:
    told = {one["slug"]: one for one in walked(manager, URL, limit=1)}
    assert told["here"]["role"] == "manager"
    assert told["here"]["claims"] == world.here.project.claims.filter(withdrawn_at=None).count()
    assert Client().get(URL).json()["results"] == []
    Project.objects.filter(slug="there").update(is_public=True)
    (public,) = Client().get(URL).json()["results"]
    assert (public["slug"], public["role"]) == ("there", None)


def test_a_token_is_told_what_it_may(world: World) -> None:
    secret = secret_of(world.manager, "write", one_project=world.here.project.uuid)
    (told,) = program(secret).get(URL).json()["results"]
    assert (told["slug"], told["role"]) == ("here", "annotator")
    assert program(secret).get(f"{URL}here/").json()["role"] == "annotator"


def test_parameters(manager: Client) -> None:
    refuses_strange_parameters(manager, URL)
    refuses_strange_parameters(manager, f"{URL}here/members/")


@pytest.mark.lengthy
def test_the_list_costs_the_same(manager: Client, world: World) -> None:
    def more() -> None:
        for n in range(20):
            open_project(by=world.manager, name=f"P{n}", slug=f"p{n}")

    costs_the_same(manager, URL, more)


def test_one_is_made_with_its_codebook(manager: Client, world: World) -> None:
    answer = post(manager, name="Wasserwerk Süd", description="Who knew?")
    assert answer.status_code == 201
    told = answer.json()
    assert (told["slug"], told["role"], told["is_public"]) == ("wasserwerk-sud", "manager", False)
    assert answer["ETag"].startswith(f'"{told["version"]}-')
    codes = manager.get(f"{URL}wasserwerk-sud/codebook/").json()["codes"]
    assert codes["claim_type"]


@pytest.mark.parametrize(
    ("said", "code", "field", "rule"),
    [
        ({}, 400, "name", "required"),
        ({"name": "x", "colour": "red"}, 400, "colour", "known_field"),
        ({"name": "x" * 201}, 400, "name", "max_length"),
        ({"name": "X", "slug": "a/b"}, 400, "slug", "slug"),
        ({"name": "جسر"}, 400, "slug", "slug"),
        ({"name": "X", "slug": "here"}, 422, "slug", "unique"),
        ({"name": "X", "slug": "new"}, 422, "slug", "reserved"),
        ({"name": "X", "is_public": "yes"}, 400, "is_public", "boolean"),
    ],
)
def test_what_is_no_project_is_refused(
    manager: Client, said: dict[str, Any], code: int, field: str, rule: str
) -> None:
    answer = post(manager, **said)
    assert answer.status_code == code
    (error,) = answer.json()["errors"]
    assert (error["field"], error["rule"]) == (field, rule)


def test_who_may_make_one(world: World) -> None:
    assert post(Client(), name="X").status_code == 401
    assert post(program(secret_of(world.manager, "review")), name="X").status_code == 403
    bound = secret_of(world.manager, one_project=world.here.project.uuid)
    assert post(program(bound), name="X").status_code == 403
    assert post(program(secret_of(world.stranger)), name="X").status_code == 201


def test_one_is_changed_as_it_was_read(manager: Client, world: World) -> None:
    version = manager.get(f"{URL}here/").json()["version"]
    assert patch(manager, "here", "", name="X").status_code == 428
    changed = patch(manager, "here", version, name="Here now", is_public=True)
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["is_public"]) == ("Here now", True)
    stale = patch(manager, "here", version, name="Mine")
    assert (stale.status_code, stale.json()["current"]) == (412, {"version": changed.json()["version"]})
    assert Project.objects.get(slug="here").name == "Here now"
    assert patch(manager, "here", changed.json()["version"]).status_code == 400


def test_the_tag_of_an_answer_is_what_a_change_is_based_on(manager: Client) -> None:
    read = manager.get(f"{URL}here/")["ETag"]
    changed = patch_as(manager, read, name="One")
    assert (changed.status_code, changed["ETag"] != read) == (200, True)
    assert patch_as(manager, read, name="Mine").status_code == 412
    assert patch_as(manager, changed["ETag"], name="Two").status_code == 200


def test_a_compressed_answers_tag_is_what_a_change_is_based_on(manager: Client) -> None:
    told = manager.get(f"{URL}here/")
    assert patch_as(manager, told["ETag"], description="Worth compressing. " * 20).status_code == 200
    read = manager.get(f"{URL}here/", headers={"Accept-Encoding": "gzip"})
    assert (read["Content-Encoding"], read["ETag"][:2]) == ("gzip", "W/")
    for known in (read["ETag"], f'"other", {read["ETag"]}', "*"):
        assert manager.get(f"{URL}here/", headers={"If-None-Match": known}).status_code == 304
    assert patch_as(manager, read["ETag"], name="Here now").status_code == 200


def test_who_may_change_one(world: World, client_of: Callable[[User], Client]) -> None:
    version = client_of(world.manager).get(f"{URL}here/").json()["version"]
    told = [
        patch(client_of(user), "here", version, name="X").status_code
        for user in (world.reviewer, world.stranger)
    ]
    assert told == [403, 404]
    assert patch(Client(), "here", version, name="X").status_code == 401


def test_the_same_is_not_told_twice(manager: Client) -> None:
    first = manager.get(f"{URL}here/")
    again = manager.get(f"{URL}here/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.lengthy
def test_members_are_told_to_members(
    manager: Client, world: World, client_of: Callable[[User], Client]
) -> None:
    told = walked(manager, f"{URL}here/members/", limit=1)
    known = Membership.objects.filter(project=world.here.project)
    assert {(one["username"], one["role"]) for one in told} == set(
        known.values_list("user__username", "role")
    )
    (named,) = manager.get(f"{URL}here/members/", {"q": "rev"}).json()["results"]
    assert named["username"] == "reviewer"
    assert client_of(world.stranger).get(f"{URL}here/members/").status_code == 404

    def more() -> None:
        for n in range(20):
            set_member(by=world.manager, project=world.here.project, user=person(f"m{n}"), role="viewer")

    costs_the_same(manager, f"{URL}here/members/", more)


def test_an_address_that_is_none_is_told_as_what_is_not_there(manager: Client) -> None:
    none, missing = manager.get("/api/v1/nothing/"), manager.get(f"{URL}nowhere/")
    assert (none.status_code, none["Content-Type"]) == (404, "application/problem+json")
    assert none.json() == missing.json()
