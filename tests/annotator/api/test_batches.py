"""Acts on many claims over the API: looked at, done or not at all, told, taken back."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import Batch, Claim
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, claim, person

from .lists import costs_the_same, refuses_strange_parameters, walked

URL = "/api/v1/projects/here/batches/"


def post(client: Client, url: str, value: Any = None) -> Any:
    return client.post(url, value or {}, content_type="application/json")


def put(client: Client, uuid: Any, value: Any) -> Any:
    return client.put(f"{URL}{uuid}/", value, content_type="application/json")


def seen(*claims: Claim) -> list[dict[str, Any]]:
    found = []
    for one in claims:
        one.annotation.refresh_from_db()
        latest = one.reviews.order_by("-pk").first()
        review = str(latest.uuid) if latest else ""
        found.append({"claim": str(one.uuid), "version": one.annotation.version, "review": review})
    return found


def coding(*claims: Claim, **more: Any) -> dict[str, Any]:
    return {"act": "code", "add": ["ferry"], "claims": seen(*claims)} | more


@pytest.mark.lengthy
def test_looked_at_done_told_and_taken_back(manager: Client, here: Side) -> None:
    sent = coding(here.lone, here.second_claim)
    looked = post(manager, f"{URL}look/", sent).json()["outcomes"]
    assert [one["became"]["Topics"] for one in looked] == ["Ferry", "Ferry"]
    assert not here.lone.topic_links.exists(), "looking changes nothing"
    uuid = uuid4()
    done = put(manager, uuid, sent)
    assert done.status_code == 201, done.content
    told = done.json()["batch"]
    assert (told["act"], told["claims"], told["undone"]) == ("code", 2, 0)
    assert told["said"] == [{"what": "Topics more", "words": "Ferry"}]
    assert all(one["stands"] for one in told["rows"])
    again = put(manager, uuid, sent)
    assert (again.status_code, again.json()) == (200, done.json())
    assert manager.get(f"{URL}{uuid}/").json() == done.json()
    assert walked(manager, URL, limit=1)[0] == {k: v for k, v in told.items() if k != "rows"}

    undone = post(manager, f"{URL}{uuid}/undo/").json()
    assert (undone["given_back"], undone["left"], undone["batch"]["undone"]) == (2, [], 2)
    assert not here.lone.topic_links.exists()
    assert post(manager, f"{URL}{uuid}/undo/").json()["given_back"] == 0


def test_one_that_is_otherwise_stops_all(manager: Client, here: Side) -> None:
    sent = coding(here.lone, here.second_claim)
    sent["claims"][1]["version"] += 1
    sent["claims"].append({"claim": str(uuid4()), "version": 1, "review": ""})
    answer = put(manager, uuid4(), sent)
    assert answer.status_code == 412
    assert [(e["item"], e["field"], e["rule"]) for e in answer.json()["errors"]] == [
        (1, "claims.1", "as_shown"),
        (2, "claims.2", "as_shown"),
    ]
    assert not here.lone.topic_links.exists()


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"act": "x"}, 400, "act"),
        ({"add": "ferry"}, 400, "add"),
        ({"add": []}, 400, ""),
        ({"claims": []}, 400, "claims"),
        ({"claims": [{}]}, 400, "claims.0.version"),
        ({"claims": [{"claim": "x", "version": 1}]}, 400, "claims.0.claim"),
        ({"claims": [{"claim": str(uuid4()), "version": "1"}]}, 400, "claims.0.version"),
        ({"claims": [{"claim": str(uuid4()), "version": True}]}, 400, "claims.0.version"),
        ({"act": "decide", "decision": "x", "add": None}, 400, "decision"),
        ({"more": 1}, 400, "more"),
    ],
)
def test_what_is_none(manager: Client, here: Side, more: dict[str, Any], code: int, field: str) -> None:
    before = Batch.objects.count()
    answer = put(manager, uuid4(), coding(here.lone, **more))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (code, field), answer.content
    assert Batch.objects.count() == before


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], world: World, here: Side) -> None:
    annotator = person("annotator")
    set_member(by=world.manager, project=here.project, user=annotator, role=Role.ANNOTATOR)
    mine, reviewer, outside = client_of(annotator), client_of(world.reviewer), client_of(world.stranger)
    deciding = {"act": "decide", "decision": "accepted", "claims": seen(here.lone)}
    uuid = uuid4()
    assert put(mine, uuid, deciding).status_code == 403
    assert put(reviewer, uuid, deciding).status_code == 201
    assert Claim.objects.get(pk=here.lone.pk).status == "accepted"
    assert post(mine, f"{URL}{uuid}/undo/").status_code == 403
    assert put(Client(), uuid4(), deciding).status_code == 401
    missing = outside.get(URL.replace("here", "nowhere")).content
    for answer in (outside.get(URL), put(outside, uuid4(), {"x": 1}), outside.get(f"{URL}{uuid}/")):
        assert (answer.status_code, answer.content) == (404, missing)
    for answer in (mine.get(f"{URL}{world.there.batch.uuid}/"), mine.get(f"{URL}{uuid4()}/")):
        assert (answer.status_code, answer.content) == (404, missing)
    assert post(mine, f"{URL}{world.there.batch.uuid}/undo/").status_code == 404


@pytest.mark.lengthy
def test_the_list(manager: Client, world: World, here: Side) -> None:
    def more() -> None:
        for _ in range(20):
            one = claim(world.manager, here.snapshot, "a crack")
            assert put(manager, uuid4(), coding(one)).status_code == 201

    refuses_strange_parameters(manager, URL)
    costs_the_same(manager, URL, more)
