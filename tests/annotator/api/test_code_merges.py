"""Codes compared, merged and taken apart through the API."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import ClaimTopic, Code, CodeMerge
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, person

CODES = "/api/v1/projects/here/codes/"
PAIR = {"facet": "topic", "gone": "bridge", "kept": "ferry"}


def post(client: Client, tail: str, body: Any) -> Any:
    return client.post(CODES + tail, body, content_type="application/json")


def compared(client: Client) -> dict[str, Any]:
    answer = client.get(CODES + "compare/", PAIR)
    assert answer.status_code == 200, answer.content
    return answer.json()


def body(client: Client, **more: Any) -> dict[str, Any]:
    told = compared(client)
    versions = {f"{name}_version": told[name]["version"] for name in ("gone", "kept")}
    return {**PAIR, **versions, **more}


@pytest.mark.lengthy
def test_what_is_coded_with_one_is_coded_with_the_other_until_it_is_undone(
    manager: Client, here: Side
) -> None:
    before = compared(manager)
    assert (before["gone"]["key"], before["gone"]["times"], before["moving"], before["under"]) == (
        "bridge", 1, 1, 1,
    )  # fmt: skip
    answer = post(manager, "merges/", body(manager))
    merge = answer.json()["merge"]
    assert (answer.status_code, merge["gone"], merge["kept"], merge["by"]) == (
        201,
        "bridge",
        "ferry",
        "Manager",
    )
    assert ClaimTopic.objects.get(claim=here.claim).topic.key == "ferry"
    back = post(manager, f"merges/{merge['uuid']}/undo/", {}).json()["merge"]
    assert back["undone_by"] == "Manager"
    assert post(manager, f"merges/{merge['uuid']}/undo/", {}).json()["merge"] == back
    assert ClaimTopic.objects.get(claim=here.claim).topic.key == "bridge"
    assert manager.get(CODES + "merges/", {"facet": "topic"}).json()["results"][0] == back


def test_what_was_changed_since_it_was_read_is_not_merged(manager: Client, here: Side) -> None:
    sent = body(manager)
    answer = post(manager, "merges/", {**sent, "kept_version": sent["kept_version"] + 1})
    assert (answer.status_code, answer.json()["current"]["key"]) == (412, "ferry")
    assert ClaimTopic.objects.get(claim=here.claim).topic.key == "bridge"


@pytest.mark.parametrize(
    ("change", "status", "rule"),
    [
        ({"kept": "nowhere"}, 422, "code"),
        ({"kept": "bridge"}, 422, "two_codes"),
        ({"facet": "mood"}, 400, "choice"),
        ({"gone": "\u202e"}, 400, "key"),
        ({"gone": ["bridge"]}, 400, "key"),
        ({"gone_version": None}, 400, "required"),
        ({"gone_version": True}, 400, "integer"),
        ({"more": 1}, 400, "known_field"),
    ],
)
def test_what_is_not_merged(
    manager: Client, here: Side, change: dict[str, Any], status: int, rule: str
) -> None:
    answer = post(manager, "merges/", body(manager, **change))
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (status, rule)
    assert Code.objects.get(pk=here.topic.pk).merged_into is None


def test_odd_questions_are_refused(manager: Client) -> None:
    for tail, asked, status in (
        ("compare/", {**PAIR, "kept": "bridge"}, 400),
        ("compare/", {**PAIR, "kept": "nowhere"}, 404),
        ("compare/", {**PAIR, "kept": "\x00"}, 400),
        ("compare/", {}, 400),
        ("merges/", {"facet": "x"}, 400),
    ):
        assert manager.get(CODES + tail, asked).status_code == status, (tail, asked)


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], manager: Client, world: World, here: Side) -> None:
    annotator = person("annotator")
    set_member(by=world.manager, project=here.project, user=annotator, role=Role.ANNOTATOR)
    done = CodeMerge.objects.get(gone=here.gone_topic)
    member, outside = client_of(annotator), client_of(world.stranger)
    assert member.get(CODES + "compare/", PAIR).status_code == 200
    assert outside.get(CODES + "compare/", PAIR).status_code == 404
    for tail in ("merges/", f"merges/{done.uuid}/undo/"):
        assert post(member, tail, body(manager)).status_code == 403
        assert post(outside, tail, body(manager)).status_code == 404
        assert post(Client(), tail, body(manager)).status_code == 401
    away = CODES.replace("/here/", "/there/") + f"merges/{done.uuid}/undo/"
    assert manager.post(away, {}, content_type="application/json").status_code == 404
    assert post(manager, f"merges/{uuid4()}/undo/", {}).status_code == 404
