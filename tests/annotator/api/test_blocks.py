"""Saying what a part of a text is: by whom, on what version, and that no offset moves."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.intents.block import ROLES
from sources.actions import set_member
from sources.models import Block, BlockRole, Change, User
from tests.factories import Side, World, person

from .test_room import payload

CAPTION = {"role": "caption", "masked": False, "reason": "stands under a picture"}


def url(side: Side, position: int = 2, text: object = None) -> str:
    return f"/api/v1/projects/{side.project.slug}/texts/{text or side.snapshot.uuid}/blocks/{position}/"


def judge(client: Client, where: str, body: Any, version: int | None = 1) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.put(where, body, content_type="application/json", headers=headers)


def block(side: Side) -> Block:
    return Block.objects.get(snapshot=side.snapshot, position=2)


def test_the_intent_knows_every_role() -> None:
    assert set(ROLES) == set(BlockRole.values)


@pytest.mark.lengthy
def test_a_role_is_changed_and_nothing_moves(manager: Client, world: World, here: Side) -> None:
    before = payload(manager, here)
    answer = judge(manager, url(here), CAPTION)
    assert answer.status_code == 200
    assert answer.json() == {"block": {"position": 2, **CAPTION, "version": 2}}
    assert answer["ETag"] == '"2"'
    assert manager.get(url(here), headers={"If-None-Match": '"2"'}).status_code == 304
    after = payload(manager, here)
    assert after["annotations"] == before["annotations"]
    assert {"position": 2, "reason": CAPTION["reason"], "version": 2} in after["blocks"]
    change = Change.objects.filter(table="sources_block", row_id=block(here).pk).latest("pk")
    assert (change.user_id, change.operation) == (world.manager.pk, "UPDATE")
    assert (change.before["role"], change.after["role"]) == ("paragraph", "caption")
    assert (change.before["start"], change.before["end"]) == (change.after["start"], change.after["end"])


def test_saying_it_twice_is_saying_it_once(manager: Client, here: Side) -> None:
    judge(manager, url(here), CAPTION)
    again = judge(manager, url(here), CAPTION)
    assert (again.status_code, again.json()["block"]["version"]) == (200, 2)


def test_an_older_version_is_refused_with_what_is_now(manager: Client, here: Side) -> None:
    judge(manager, url(here), CAPTION)
    late = judge(manager, url(here), {"role": "heading", "masked": False})
    assert late.status_code == 412
    assert late.json()["current"] == {"position": 2, **CAPTION, "version": 2}
    assert judge(manager, url(here), {"role": "heading", "masked": False}, None).status_code == 428
    assert block(here).role == "caption"


@pytest.mark.parametrize(
    "body,field",
    [
        ({"role": "poem", "masked": False}, "role"),
        ({"role": ["caption"], "masked": False}, "role"),
        ({"role": "caption"}, "masked"),
        ({"role": "caption", "masked": "yes"}, "masked"),
        ({"role": "caption", "masked": True, "reason": "x" * 201}, "reason"),
        ({"role": "caption", "masked": True, "reason": "\u202ereversed"}, "reason"),
        ({"role": "caption", "masked": True, "start": 0}, "start"),
        ([], ""),
    ],
)
def test_what_makes_no_sense_is_refused(manager: Client, here: Side, body: Any, field: str) -> None:
    answer = judge(manager, url(here), body)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert block(here).version == 1


def test_who_may_not_annotate_changes_nothing(
    world: World, here: Side, client_of: Callable[[User], Client]
) -> None:
    viewer, annotator = person("viewer"), person("annotator")
    set_member(by=world.manager, project=here.project, user=viewer, role="viewer")
    set_member(by=world.manager, project=here.project, user=annotator, role="annotator")
    assert judge(client_of(viewer), url(here), CAPTION).status_code == 403
    assert judge(client_of(world.stranger), url(here), CAPTION).status_code == 404
    assert judge(Client(), url(here), CAPTION).status_code == 401
    assert block(here).version == 1
    assert client_of(viewer).get(url(here)).json()["block"]["role"] == "paragraph"
    assert judge(client_of(annotator), url(here), CAPTION).status_code == 200


def test_what_is_not_there_is_not_found(manager: Client, world: World, here: Side) -> None:
    for where in (
        url(here, 99),
        url(here, 2**40),
        url(here, 2, uuid4()),
        url(here, 2, world.there.snapshot.uuid),
    ):
        assert judge(manager, where, CAPTION).status_code == 404, where
    assert manager.delete(url(here)).status_code == 405
