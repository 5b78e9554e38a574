"""All that speaks against storing an annotation is told at once, and nothing of it is stored."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import Actor, Annotation, Event
from tests.factories import Side, new_actor, span

from .conftest import address, claim_body, put

AT = "claim.chains.0.0"
NOBODY = "0f0e0d0c-0b0a-0908-0706-050403020100"


@pytest.fixture
def good(here: Side) -> dict[str, Any]:
    said = {
        "role": "said",
        "sources": [{"actor": str(here.actor.uuid)}, new_actor("Ole Sand")],
        "cues": [span(here.snapshot, "told the agency")],
        "addressees": [{"actor": str(here.office.uuid)}],
    }
    more = {"topics": [here.topic.key, here.spare_topic.key], "said_on": "2025-03-14"}
    number = {"what": "lorries", "words": "Eighteen", "low": 18, "event": str(here.event.uuid)}
    stands = [{"concept": here.concept.key, "stand": "for"}]
    more |= {"positions": stands, "quantities": [number]}
    return claim_body(here, "a crack", voice="attributed", chains=[[said]], **more)


def faults() -> Iterator[tuple[str, str, Any]]:
    """Where the fault is told, by which rule, and what makes it: a path and what stands there."""
    yield "quotes", "match_text", (["quotes"], ["a ditch"])
    yield "claim.type", "code", (["claim", "type"], "gossip")
    yield "claim.topics.0", "code", (["claim", "topics", 0], "moon")
    yield "claim.topics.1", "code", (["claim", "topics", 1], "sun")
    yield "claim.said_on", "edtf", (["claim", "said_on"], "some day")
    yield "claim.positions.0.concept", "code", (["claim", "positions", 0, "concept"], "tides")
    yield "claim.quantities.0.event", "exists", (["claim", "quantities", 0, "event"], NOBODY)
    link = ["claim", "chains", 0, 0]
    yield f"{AT}.sources.0.actor", "exists", ([*link, "sources", 0, "actor"], NOBODY)
    yield f"{AT}.sources.1.new_actor.kind", "code", ([*link, "sources", 1, "new_actor", "kind"], "ghost")
    yield f"{AT}.cues.0.quotes", "match_text", ([*link, "cues", 0, "quotes"], ["sang"])
    yield f"{AT}.cues.0.cue_type", "code", ([*link, "cues", 0, "cue_type"], "odd")
    yield f"{AT}.addressees.0.actor", "exists", ([*link, "addressees", 0, "actor"], NOBODY)


def with_fault(body: dict[str, Any], path: list[Any], value: Any) -> dict[str, Any]:
    place: Any = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return body


def told(answer: Any) -> set[tuple[str, str]]:
    assert answer.status_code == 422, answer.content
    return {(one["field"], one["rule"]) for one in answer.json()["errors"]}


@pytest.mark.lengthy
def test_every_fault_is_told_at_once_and_alone_it_is_told_once(
    manager: Client, here: Side, good: dict[str, Any]
) -> None:
    before = (Annotation.objects.count(), Actor.objects.count(), Event.objects.count())
    every = deepcopy(good)
    for field, rule, (path, value) in faults():
        answer = put(manager, address(here), with_fault(deepcopy(good), path, value))
        assert told(answer) == {(field, rule)}
        assert len(answer.json()["errors"]) == 1
        with_fault(every, path, value)
    wanted = {(field, rule) for field, rule, _ in faults()}
    assert told(put(manager, address(here), every)) == wanted
    assert (Annotation.objects.count(), Actor.objects.count(), Event.objects.count()) == before
    assert put(manager, address(here), good).status_code == 201


def test_in_bulk_each_items_faults_are_told(manager: Client, here: Side, good: dict[str, Any]) -> None:
    sent = [{**deepcopy(good), "uuid": str(uuid4())} for _ in range(2)]
    with_fault(sent[0], ["claim", "topics"], ["moon", "sun"])
    with_fault(sent[1], ["claim", "type"], "gossip")
    url = f"/api/v1/projects/{here.project.slug}/annotations/bulk/"
    answer = manager.post(url, {"annotations": sent}, content_type="application/json")
    assert told(answer) == {
        ("annotations.0.claim.topics.0", "code"),
        ("annotations.0.claim.topics.1", "code"),
        ("annotations.1.claim.type", "code"),
    }
    assert answer.json()["detail"].startswith("2 of them cannot be done")
    assert not Annotation.objects.filter(uuid__in=[one["uuid"] for one in sent]).exists()
