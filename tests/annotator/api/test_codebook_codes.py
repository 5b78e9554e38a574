"""The codebook over the API: its codes one by one, and as a file."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import codes
from annotator.intents.codebook import parse_new_code
from annotator.models import Code
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, person

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/codebook/codes/"
FILE = "/api/v1/projects/here/codebook/file/"
NEW = {"facet": "topic", "name": "Weather", "definition": "Rain and wind", "parent": "bridge"}


def send(client: Client, method: str, url: str, value: Any, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return getattr(client, method)(url, value, content_type="application/json", headers=headers)


@pytest.mark.lengthy
def test_the_list(manager: Client, world: World, here: Side) -> None:
    told = walked(manager, URL, limit=20)
    assert len(told) == Code.objects.filter(project=here.project).count()
    topics = walked(manager, URL, limit=50, facet="topic")
    assert {"Bridge", "Ferry", "Cracks", "Boats"} == {one["name"] for one in topics}
    by_name = {one["name"]: one for one in topics}
    assert (by_name["Bridge"]["times"], by_name["Cracks"]["parent"]) == (1, "bridge")
    assert by_name["Boats"]["merged_into"] == "ferry"
    assert {one["name"] for one in walked(manager, URL, limit=50, facet="topic", retired="true")} == {"Boats"}
    refuses_strange_parameters(manager, URL)
    assert manager.get(f"{URL}?facet=x").status_code == 400

    def more() -> None:
        for number in range(20):
            body = {"facet": "concept", "name": f"It rains {number}"}
            codes.make(by=world.manager, project=here.project, new=parse_new_code(body))

    costs_the_same(manager, URL, more, facet="concept")


@pytest.mark.lengthy
def test_made_changed_retired_and_moved(manager: Client, here: Side) -> None:
    made = send(manager, "post", URL, NEW)
    assert made.status_code == 201, made.content
    told = made.json()["code"]
    url = f"{URL}{told['uuid']}/"
    assert (told["key"], told["parent"], told["version"]) == ("weather", "bridge", 1)
    answer = manager.get(url)
    assert answer.json() == {"code": told}
    assert manager.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    change = {"name": "Weather", "examples": "It rained\nIt snowed"}
    assert send(manager, "put", url, change).status_code == 428
    assert send(manager, "put", url, change, 9).status_code == 412
    changed = send(manager, "put", url, change, 1).json()["code"]
    assert (changed["examples"], changed["parent"]) == (["It rained", "It snowed"], "")
    content = ("name", "definition", "examples", "colour", "shortcut", "parent")
    as_told = {name: changed[name] for name in content}
    assert send(manager, "put", url, as_told, 2).json()["code"] == changed
    wrong = send(manager, "put", url, as_told | {"examples": ["It rained", 5]}, 2).json()["errors"]
    assert [(one["field"], one["rule"]) for one in wrong] == [("examples.1", "string")]
    for _ in range(2):
        gone = send(manager, "put", f"{url}state/", {"retired": True}, 2).json()["code"]
        assert (gone["retired"], gone["version"]) == (True, 3)
    back = send(manager, "put", f"{url}state/", {"retired": False}, 3).json()["code"]
    before = Code.objects.get(uuid=told["uuid"]).position
    moved = send(manager, "post", f"{url}move/", {"way": "up"}, back["version"]).json()["code"]
    assert moved["position"] < before


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"facet": "x"}, 400, "facet"),
        ({"name": ""}, 400, "name"),
        ({"name": {}}, 400, "name"),
        ({"key": "no blanks"}, 400, "key"),
        ({"colour": "red-ish"}, 400, "colour"),
        ({"facet": "concept"}, 400, "parent"),
        ({"more": 1}, 400, "more"),
        ({"parent": "nonsense"}, 422, "parent"),
        ({"name": "Bridge", "parent": ""}, 422, "name"),
    ],
)
def test_what_is_none_makes_nothing(manager: Client, here: Side, sent: Any, code: int, field: str) -> None:
    before = Code.objects.count()
    answer = send(manager, "post", URL, NEW | sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field), answer.content
    assert Code.objects.count() == before
    for url, value in (("state/", {"retired": "yes"}), ("move/", {"way": "left"}), ("", [])):
        method = "post" if url == "move/" else "put"
        assert send(manager, method, f"{URL}{here.topic.uuid}/{url}", value, 1).status_code == 400


def test_the_file_is_looked_at_and_carried_out(manager: Client, here: Side) -> None:
    answer = manager.get(FILE)
    file = answer.json()
    assert file["format"] == "sourceline-codebook"
    assert send(manager, "post", f"{FILE}plan/", file).json()["steps"] == []
    file["codes"] = {"topic": [{"key": "weather", "name": "Weather", "definition": "Rain"}]}
    looked = send(manager, "post", f"{FILE}plan/", file).json()
    assert [(one["act"], one["key"]) for one in looked["steps"]] == [("add", "weather")]
    assert not Code.objects.filter(project=here.project, key="weather").exists()
    assert send(manager, "put", FILE, file, looked["version"] + 1).status_code == 412
    done = send(manager, "put", FILE, file, looked["version"])
    assert done.json() == looked and done["ETag"] == f'"{looked["version"] + 1}"'
    assert Code.objects.filter(project=here.project, key="weather").exists()
    retiring = send(manager, "post", f"{FILE}plan/?retire_missing=true", file).json()["steps"]
    assert {one["act"] for one in retiring} == {"retire"}
    assert send(manager, "post", f"{FILE}plan/?retire_missing=1", file).status_code == 400
    keyless = file | {"codes": {"topic": [{"key": 1}]}}
    for sent, field in (({}, "format"), ([], ""), (keyless, "codes.topic.0.key")):
        refused = send(manager, "put", FILE, sent)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], manager: Client, world: World, here: Side) -> None:
    annotator = person("annotator")
    set_member(by=world.manager, project=here.project, user=annotator, role=Role.ANNOTATOR)
    mine, outside = client_of(annotator), client_of(world.stranger)
    one = f"{URL}{here.topic.uuid}/"
    asked = [("post", URL), ("put", one), ("put", f"{one}state/"), ("post", f"{one}move/"), ("put", FILE)]
    for method, url in [*asked, ("post", f"{FILE}plan/")]:
        assert send(mine, method, url, {}, 1).status_code == 403, url
        assert send(Client(), method, url, {}, 1).status_code == 401, url
        assert send(outside, method, url, {}, 1).status_code == 404, url
    assert mine.get(one).status_code == 200 and outside.get(one).status_code == 404
    missing = manager.get(f"{URL}{uuid4()}/").content
    foreign = manager.get(f"{URL}{world.there.topic.uuid}/")
    assert (foreign.status_code, foreign.content) == (404, missing)
    assert (
        send(manager, "put", f"{URL}{world.there.topic.uuid}/state/", {"retired": True}, 1).status_code == 404
    )
