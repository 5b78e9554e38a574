"""Kept searches over the API: one's own and the shared ones."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import saved_searches
from annotator.intents.saved_search import SaveSearch
from annotator.models import SavedSearch
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, person

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/searches/"
ASKED = {"name": "Waiting", "search": "status=submitted&q=crack", "shared": True}


def post(client: Client, value: Any) -> Any:
    return client.post(URL, value, content_type="application/json")


def put(client: Client, uuid: Any, value: Any, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.put(f"{URL}{uuid}/", value, content_type="application/json", headers=headers)


def test_kept_read_changed_and_removed(manager: Client, here: Side) -> None:
    made = post(manager, ASKED)
    assert made.status_code == 201, made.content
    told = made.json()["search"]
    assert told["search"] == "q=crack&status=submitted", "in one order"
    assert (told["mine"], told["owner"], told["version"]) == (True, "Manager", 1)
    assert [one["name"] for one in walked(manager, URL, limit=1)] == ["Cracks", "Waiting"]
    answer = manager.get(f"{URL}{told['uuid']}/")
    assert answer.json() == {"search": told}
    assert manager.get(f"{URL}{told['uuid']}/", headers={"If-None-Match": answer["ETag"]}).status_code == 304

    change = {"name": "All that waits", "shared": False}
    assert put(manager, told["uuid"], change).status_code == 428
    assert put(manager, told["uuid"], change, 2).status_code == 412
    for _ in range(2):
        changed = put(manager, told["uuid"], change, 1)
        assert changed.json()["search"] == told | change | {"version": 2}
    for _ in range(2):
        gone = manager.delete(f"{URL}{told['uuid']}/").status_code
    assert gone == 404


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"name": ""}, 400, "name"),
        ({"name": [1]}, 400, "name"),
        ({"search": {}}, 400, "search"),
        ({"search": "nonsense=1"}, 400, "search"),
        ({"search": "q=" + "x" * 4000}, 400, "search"),
        ({"shared": "yes"}, 400, "shared"),
        ({"more": 1}, 400, "more"),
        ({"name": "Cracks"}, 422, "name"),
    ],
)
def test_what_is_none_is_not_kept(manager: Client, here: Side, sent: Any, code: int, field: str) -> None:
    before = SavedSearch.objects.count()
    answer = post(manager, ASKED | sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field)
    assert SavedSearch.objects.count() == before


def test_who_sees_and_changes_which(
    client_of: Callable[[User], Client], manager: Client, world: World, here: Side
) -> None:
    people = {role: person(role) for role in (Role.VIEWER, Role.ANNOTATOR)}
    for role, user in people.items():
        set_member(by=world.manager, project=here.project, user=user, role=role)
    viewer, annotator = (client_of(user) for user in people.values())
    own = post(annotator, ASKED | {"name": "Mine", "shared": False}).json()["search"]["uuid"]
    shared = here.saved_search.uuid
    assert [one["name"] for one in viewer.get(URL).json()["results"]] == ["Cracks"]
    missing = manager.get(f"{URL}{uuid4()}/").content
    for uuid in (own, world.there.saved_search.uuid):
        answer = manager.get(f"{URL}{uuid}/")
        assert (answer.status_code, answer.content) == (404, missing)
    assert put(annotator, shared, {"name": "Ours"}, 1).status_code == 403
    assert annotator.delete(f"{URL}{shared}/").status_code == 403
    assert post(viewer, ASKED).status_code == 403
    assert (Client().get(URL).status_code, client_of(world.stranger).get(URL).status_code) == (401, 404)


@pytest.mark.lengthy
def test_the_list(manager: Client, world: World, here: Side) -> None:
    def more() -> None:
        for number in range(20):
            intent = SaveSearch(f"Search {number}", "q=x")
            saved_searches.save(by=world.manager, project=here.project, intent=intent)

    refuses_strange_parameters(manager, URL)
    costs_the_same(manager, URL, more)
