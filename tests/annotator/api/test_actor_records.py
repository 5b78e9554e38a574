"""Actors over the API: the list, one with its record, made and corrected."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import Actor
from sources.actions import set_member
from sources.models import Project, Role, User
from tests.factories import Side, World, merged, person

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/actors/"
RECORD = {"name": "Mira Sand", "kind": "person", "naming": "named"}


def put(client: Client, uuid: Any, value: Any, version: int | None = None) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.put(f"{URL}{uuid}/", value, content_type="application/json", headers=headers)


@pytest.mark.lengthy
def test_the_list_and_what_narrows_it(manager: Client, here: Side) -> None:
    told = walked(manager, URL)
    known = Actor.objects.filter(project=here.project, merged_into=None).order_by("pk")
    assert [one["uuid"] for one in told] == [str(uuid) for uuid in known.values_list("uuid", flat=True)]

    def names(**asked: Any) -> list[str]:
        return [one["name"] for one in manager.get(URL, asked).json()["results"]]

    assert names(name="brandt") == ["Ilse Brandt"]
    assert names(name="NP") == ["Nordpost"], "by an alias"
    assert names(kind="government_body") == ["Harbour office"]
    assert names(naming="anonymous") == names(article=here.article.uuid) == ["an engineer #1"]
    assert names(q="har") == ["Harbour office"]
    assert manager.get(URL, {"like": "Brandt", "article": str(here.article.uuid)}).json()["results"][0][
        "first"
    ]
    refuses_strange_parameters(manager, URL)
    for query in ("naming=x", "article=x", "name=" + "x" * 201):
        assert manager.get(f"{URL}?{query}").status_code == 400


@pytest.mark.lengthy
def test_twenty_cost_what_two_cost(manager: Client, here: Side) -> None:
    def more() -> None:
        for number in range(20):
            assert put(manager, uuid4(), RECORD | {"name": f"Somebody {number}"}).status_code == 201

    costs_the_same(manager, URL, more, naming="named", kind="person")


@pytest.mark.lengthy
def test_made_told_and_corrected(manager: Client, here: Side) -> None:
    uuid = uuid4()
    sent = RECORD | {
        "aliases": [{"name": "M. Sand", "language": "en", "script": ""}],
        "identifiers": [{"scheme": "VIAF", "value": "7"}],
        "belongings": [{"tie": "works_for", "organisation_name": "Sand & Sons", "since": "2019"}],
        "wikidata": "Q42",
    }
    made = put(manager, uuid, sent)
    assert made.status_code == 201, made.content
    told = made.json()["actor"]
    assert told["record"]["aliases"] == sent["aliases"]
    (tie,) = told["record"]["belongings"]
    assert (tie["organisation_name"], tie["since"]) == ("Sand & Sons", "2019")
    assert put(manager, uuid, sent).status_code == 200, "asking twice is asking once"
    answer = manager.get(f"{URL}{uuid}/")
    assert answer.json()["actor"] == told
    assert manager.get(f"{URL}{uuid}/", headers={"If-None-Match": answer["ETag"]}).status_code == 304

    changed = told["record"] | {"note": "Moved"}
    assert put(manager, uuid, changed).status_code == 428
    stale = put(manager, uuid, changed, told["version"] + 1)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, told["version"])
    again = put(manager, uuid, changed, told["version"])
    assert again.json()["actor"]["record"] == told["record"] | {"note": "Moved"}
    assert put(manager, uuid4(), sent, 1).status_code == 412, "nothing is there to be changed"


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"name": ""}, 400, "name"),
        ({"name": {"a": 1}}, 400, "name"),
        ({"naming": "x"}, 400, "naming"),
        ({"kind": ["x"]}, 400, "kind"),
        ({"aliases": "x"}, 400, "aliases"),
        ({"aliases": [{"name": "x", "language": "!"}]}, 400, "aliases.0.language"),
        ({"belongings": [{"tie": "x", "organisation_name": "y"}]}, 400, "belongings.0.tie"),
        ({"version": 3}, 400, "version"),
        ({"more": 1}, 400, "more"),
        ({"kind": "nonsense"}, 422, "kind"),
        ({"naming": "anonymous"}, 422, "naming"),
    ],
)
def test_what_is_none_makes_nobody(manager: Client, here: Side, sent: Any, code: int, field: str) -> None:
    before = Actor.objects.count()
    answer = put(manager, uuid4(), RECORD | sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field), answer.content
    assert Actor.objects.count() == before


def test_who_was_merged_names_who_stands_for_them(manager: Client, world: World, here: Side) -> None:
    uuid = uuid4()
    put(manager, uuid, RECORD)
    merged(world.manager, here.actor, Actor.objects.get(uuid=uuid))
    told = manager.get(f"{URL}{uuid}/").json()["actor"]
    assert told["merged_into"] == str(here.actor.uuid)
    answer = put(manager, uuid, RECORD | {"note": "x"}, told["version"])
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "not_merged")


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], manager: Client, world: World, here: Side) -> None:
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    looking, outside = client_of(viewer), client_of(world.stranger)
    assert looking.get(f"{URL}{here.actor.uuid}/").status_code == 200
    assert put(looking, uuid4(), RECORD).status_code == 403
    assert put(Client(), uuid4(), RECORD).status_code == 401
    missing = manager.get(f"{URL}{uuid4()}/").content
    foreign = manager.get(f"{URL}{world.there.actor.uuid}/")
    assert (foreign.status_code, foreign.content) == (404, missing)
    assert put(manager, world.there.actor.uuid, RECORD).status_code == 409
    assert (outside.get(URL).status_code, put(outside, uuid4(), RECORD).status_code) == (404, 404)


def test_what_one_says_along_time_is_told_as_it_is_drawn(manager: Client, here: Side) -> None:
    url, page = f"{URL}{here.actor.uuid}/over-time/", f"/p/here/speakers/{here.actor.uuid}/plot/csv/"

    def drawn(client: Client) -> list[list[str]]:
        return [line.split(",") for line in client.get(page).content.decode().split()[1:]]

    def told(client: Client) -> list[list[str]]:
        found = client.get(url).json()
        every = [("", found["claims"]), *((one["name"], one["claims"]) for one in found["topics"])]
        return [[one["period"], name, str(one["claims"])] for name, counts in every for one in counts]

    article = f"/api/v1/projects/here/articles/{here.article.uuid}/"
    dated, seen = {"published": "2025-03-14"}, {"If-Match": manager.get(article)["ETag"]}
    assert manager.patch(article, dated, content_type="application/json", headers=seen).status_code == 200
    assert told(manager) == drawn(manager) != []
    assert manager.get(url).json()["unit"] == "month"
    Project.objects.filter(pk=here.project.pk).update(is_public=True)
    assert told(Client()) == drawn(Client())
    assert manager.get(f"{url}?more=1").status_code == 400
    assert manager.get(f"{URL}{uuid4()}/over-time/").status_code == 404
