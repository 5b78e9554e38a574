"""Many annotations in one request: all of them or none, and sent again they are there already."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.actions.annotating_many import MOST_TOLD
from annotator.intents.annotation import MOST_AT_ONCE
from annotator.models import Annotation, Claim
from sources.actions import set_member
from sources.models import Change, Role, User
from tests.factories import Side, World, new_actor, person, span

from .conftest import body, claim_body

URL = "/api/v1/projects/here/annotations/bulk/"


def item(sent: dict[str, Any]) -> dict[str, Any]:
    return sent | {"uuid": str(uuid4())}


def post(client: Client, *items: Any, url: str = URL) -> Any:
    return client.post(url, {"annotations": list(items)}, content_type="application/json")


def a_day(here: Side) -> list[dict[str, Any]]:
    """A mention, a claim that names it as its speaker, with a cue, and an event: each stands on the one
    before."""
    who = item(body(here, "actor", "Zum Kai", **new_actor("Café Zum Kai", "organisation")))
    source = {"actor": who["actor"]["new_actor"]["uuid"], "mention": who["uuid"]}
    link = {"role": "said", "sources": [source], "cues": [span(here.snapshot, "denies")]}
    said = item(claim_body(here, "anyone was warned", voice="attributed", chains=[[link]]))
    return [who, said, item(body(here, "event", "lorries turned back", event=str(here.event.uuid)))]


def test_all_of_them_in_one_act_of_the_history(manager: Client, here: Side) -> None:
    sent = a_day(here)
    answer = post(manager, *sent)
    assert answer.status_code == 201, answer.content
    assert answer.json() == {
        "created": 3,
        "results": [{"uuid": one["uuid"], "version": 1, "created": True} for one in sent],
    }
    made = Claim.objects.get(uuid=sent[1]["uuid"])
    assert str(made.attributions.get().sources.get().mention.annotation.uuid) == sent[0]["uuid"]
    keys = Annotation.objects.filter(uuid__in=[one["uuid"] for one in sent]).values("pk")
    acts = Change.objects.filter(table="annotator_annotation", row_id__in=keys)
    assert acts.values("request").distinct().count() == 1


def test_as_saving_each_by_itself_makes_them(manager: Client, here: Side) -> None:
    """Two sentences of the same shape, one saved alone and one in bulk, differ in nothing but their names."""
    first, second = (item(claim_body(here, "a crack", topics=["bridge"], paraphrase="Cracked")) for _ in "ab")
    alone = f"/api/v1/projects/here/annotations/{first['uuid']}/"
    told = manager.put(alone, first, content_type="application/json").json()
    assert post(manager, second).status_code == 201
    other = manager.get(alone.replace(first["uuid"], second["uuid"])).json()
    assert json.dumps(other).replace(second["uuid"], first["uuid"]) == json.dumps(told)


@pytest.mark.lengthy
def test_sent_again_they_are_there_already(manager: Client, here: Side) -> None:
    sent = a_day(here)
    post(manager, *sent)
    before = Annotation.objects.count()
    again = post(manager, *sent)
    assert (again.status_code, again.json()["created"]) == (200, 0)
    more = item(claim_body(here, "a crack"))
    partly = post(manager, *sent, more)
    assert (partly.status_code, partly.json()["created"]) == (201, 1)
    assert Annotation.objects.count() == before + 1


def test_one_that_is_wrong_leaves_none_and_each_is_named(manager: Client, here: Side) -> None:
    before = Annotation.objects.count()
    sent = a_day(here)
    sent[1] = sent[1] | {"quotes": ["something else"]}
    sent.append(item(claim_body(here, "a crack", type="nonsense")))
    sent.append(item(claim_body(here, "a crack")) | {"snapshot": str(uuid4())})
    answer = post(manager, *sent)
    assert answer.status_code == 422
    assert [(e["item"], e["field"], e["rule"]) for e in answer.json()["errors"]] == [
        (1, "annotations.1.quotes", "match_text"),
        (3, "annotations.3.claim.type", "code"),
        (4, "annotations.4.snapshot", "exists"),
    ]
    assert Annotation.objects.count() == before


def test_what_is_misread_is_told_of_all_at_once(manager: Client, here: Side) -> None:
    good = item(claim_body(here, "a crack"))
    answer = post(manager, good, claim_body(here, "a crack"), good, {"uuid": 7}, None, [])
    assert answer.status_code == 400
    assert [(e["item"], e["field"], e["rule"]) for e in answer.json()["errors"]] == [
        (1, "annotations.1.uuid", "uuid"),
        (2, "annotations.2.uuid", "once"),
        (3, "annotations.3.kind", "choice"),
        (3, "annotations.3.snapshot", "uuid"),
        (3, "annotations.3.uuid", "uuid"),
        (3, "annotations.3.extent", "extent"),
        (4, "annotations.4", "object"),
        (5, "annotations.5", "object"),
    ]
    assert not Annotation.objects.filter(uuid=good["uuid"]).exists()


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"[]", "annotations"),
        (b"3", "annotations"),
        (b"{}", "annotations"),
        (b'{"annotations": []}', "annotations"),
        (b'{"annotations": {"0": 1}}', "annotations"),
        (b'{"annotations": [], "more": 1}', "more"),
        (json.dumps({"annotations": [{}] * (MOST_AT_ONCE + 1)}).encode(), "annotations"),
    ],
)
def test_what_is_no_list(manager: Client, here: Side, raw: bytes, field: str) -> None:
    answer = manager.post(URL, raw, content_type="application/json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


@pytest.mark.parametrize("raw", [b'{"annotations": ["\\u0000"]}', b'{"annotations": [' + b"[" * 999])
def test_hostile(manager: Client, here: Side, raw: bytes) -> None:
    assert manager.post(URL, raw, content_type="application/json").status_code == 400


def test_an_identifier_in_use_is_told_like_any_other(manager: Client, world: World, here: Side) -> None:
    foreign = claim_body(here, "a crack") | {"uuid": str(world.there.lone.uuid)}
    changed = claim_body(here, "a crack") | {"uuid": str(here.lone.uuid)}
    kind = body(here, "actor", "a crack", **new_actor("X")) | {"uuid": str(here.lone.uuid)}
    rules = [post(manager, one).json()["errors"][0]["rule"] for one in (foreign, changed, kind)]
    assert rules == ["taken", "differs", "immutable"]
    assert Annotation.objects.get(pk=here.lone.pk).version == 1


@pytest.mark.lengthy
def test_no_more_is_told_than_anybody_reads(manager: Client, here: Side) -> None:
    sent = [item(claim_body(here, "a crack", type="nonsense")) for _ in range(MOST_TOLD + 5)]
    answer = post(manager, *sent).json()
    assert len(answer["errors"]) == MOST_TOLD
    assert answer["detail"].startswith(f"At least {MOST_TOLD} of them cannot be done, so none of them is.")
    few = post(manager, *sent[:3]).json()["detail"]
    assert few.startswith("3 of them cannot be done, so none of them is.")


def test_who_may(client_of: Callable[[User], Client], world: World, here: Side) -> None:
    viewer = person("viewer")
    set_member(by=world.manager, project=here.project, user=viewer, role=Role.VIEWER)
    sent = item(claim_body(here, "a crack"))
    assert post(client_of(viewer), sent).status_code == 403
    assert post(Client(), sent).status_code == 401
    outside = client_of(world.stranger)
    foreign, missing = (post(outside, sent, url=URL.replace("here", slug)) for slug in ("here", "nowhere"))
    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert not Annotation.objects.filter(uuid=sent["uuid"]).exists()


@pytest.mark.lengthy
def test_few_statements_each(manager: Client, here: Side) -> None:
    """What all of them stand on is asked for once: a claim by itself takes three times as many."""

    def asked(number: int) -> int:
        sent = [item(claim_body(here, "a crack")) for _ in range(number)]
        with CaptureQueriesContext(connection) as seen:
            assert post(manager, *sent).status_code == 201
        return len(seen)

    assert asked(21) - asked(1) <= 20 * 8
