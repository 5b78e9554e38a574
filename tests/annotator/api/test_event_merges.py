"""Events compared, merged and taken apart through the API, by the actions that the pages use."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.models import Event, EventComparison, EventMerge
from sources.actions import edit_project, set_member
from sources.models import User
from tests.factories import Side, World, annotate, claim, person

BASE = "/api/v1/projects/here/events"


@pytest.fixture
def seen(world: World, here: Side) -> Event:
    """The crack once more, as another event of the same day and place."""
    new = {"uuid": str(uuid4()), "label": "Crack found by divers", "type": "other", "date": "2024-05"}
    made = annotate(world.manager, here.snapshot, "event", "the crack was known", new_event=new)
    return made.event_mention.event


def post(client: Client, url: str, sent: Any) -> Any:
    return client.post(url, sent, content_type="application/json")


def pair(here: Side, other: Event, **more: Any) -> dict[str, Any]:
    return {"survivor": str(here.event.uuid), "other": str(other.uuid), **more}


def test_what_is_alike_is_told_with_the_reasons(manager: Client, here: Side, seen: Event) -> None:
    (twin,) = manager.get(f"{BASE}/{here.event.uuid}/alike/").json()["results"]
    assert (twin["uuid"], twin["said"]) == (str(seen.uuid), "")
    assert twin["reasons"] and 0 < twin["score"] <= 1
    assert manager.get(f"{BASE}/{uuid4()}/alike/").status_code == 404


def test_two_are_shown_side_by_side(manager: Client, world: World, here: Side, seen: Event) -> None:
    number = {
        "what": "cracks",
        "low": 2,
        "qualifier": "more_than",
        "words": "a crack",
        "event": str(seen.uuid),
    }
    made = claim(world.manager, here.snapshot, "We found a crack", quantities=[number])
    url = f"{BASE}/compare/?event={seen.uuid}&event={here.event.uuid}"
    one, other = manager.get(url).json()["sides"]
    assert (one["event"]["label"], one["mentions"], one["articles"]) == ("Crack found by divers", 1, 1)
    assert one["numbers"] == [
        {
            **{"claim": str(made.uuid), "what": "cracks", "words": "a crack", "qualifier": "more_than"},
            **{"low": "2", "high": None, "unit": ""},
        }
    ]
    assert other["event"]["uuid"] == str(here.event.uuid)
    for asked in ("", f"?event={seen.uuid}", "?event=x&event=y", "?" + f"event={seen.uuid}&" * 6):
        assert manager.get(f"{BASE}/compare/{asked}").status_code == 400
    assert manager.get(f"{BASE}/compare/?event={seen.uuid}&event={uuid4()}").status_code == 404


def test_they_are_merged_and_taken_apart(manager: Client, here: Side, seen: Event) -> None:
    versions = {"survivor_version": here.event.version, "other_version": seen.version}
    made = post(manager, f"{BASE}/merges/", pair(here, seen, reason="one dive", **versions))
    assert made.status_code == 201
    merge = made.json()["merge"]
    assert (merge["survivor"]["label"], merge["other"]["label"]) == ("Crack found", "Crack found by divers")
    assert (merge["reason"], merge["undone_at"]) == ("one dive", None)
    again = post(manager, f"{BASE}/merges/", pair(here, seen))
    assert again.json()["merge"]["uuid"] == merge["uuid"], "asking twice is asking once"
    assert manager.get(f"{BASE}/{seen.uuid}/").json()["event"]["uuid"] == str(here.event.uuid)
    undone = post(manager, f"{BASE}/merges/{merge['uuid']}/undo/", {})
    assert undone.json()["merge"]["undone_at"]
    assert post(manager, f"{BASE}/merges/{merge['uuid']}/undo/", {}).json() == undone.json()
    assert manager.get(f"{BASE}/{seen.uuid}/").json()["event"]["uuid"] == str(seen.uuid)
    for event in (here.event, seen):
        (told,) = manager.get(f"{BASE}/merges/?event={event.uuid}").json()["results"]
        assert told["uuid"] == merge["uuid"]


def test_a_version_that_was_not_looked_at_says_what_stands_now(
    manager: Client, here: Side, seen: Event
) -> None:
    stale = post(manager, f"{BASE}/merges/", pair(here, seen, survivor_version=1, other_version=9))
    assert (stale.status_code, stale["Content-Type"]) == (412, "application/problem+json")
    assert stale.json()["current"]["uuid"] == str(seen.uuid)
    assert not EventMerge.objects.filter(merged=seen).exists()


@pytest.mark.parametrize(
    ("sent", "status", "rule"),
    [
        ({}, 400, "uuid"),
        ([], 400, "object"),
        ({"survivor": str(uuid4())}, 400, "uuid"),
        ({"survivor": str(uuid4()), "other": str(uuid4())}, 422, "exists"),
        ({"survivor": "x", "other": "y"}, 400, "uuid"),
        ({"survivor": str(uuid4()), "other": str(uuid4()), "by": 1}, 400, "known_field"),
        ({"survivor": str(uuid4()), "other": str(uuid4()), "other_version": -1}, 400, "version"),
    ],
)
def test_what_cannot_be_merged_is_refused(manager: Client, sent: Any, status: int, rule: str) -> None:
    answer = post(manager, f"{BASE}/merges/", sent)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (status, rule)
    assert answer["Content-Type"] == "application/problem+json"


def test_what_is_said_of_two_is_kept_and_taken_back(manager: Client, here: Side, seen: Event) -> None:
    body = {"one": str(seen.uuid), "other": str(here.event.uuid), "note": "another bridge"}
    said = post(manager, f"{BASE}/compare/", body | {"sameness": "different"}).json()["comparison"]
    assert (said["sameness"], said["note"]) == ("different", "another bridge")
    assert manager.get(f"{BASE}/{here.event.uuid}/alike/").json()["results"] == []
    assert post(manager, f"{BASE}/compare/", body | {"sameness": ""}).json() == {"comparison": None}
    assert not EventComparison.objects.filter(other=seen).exists()
    assert post(manager, f"{BASE}/compare/", body | {"sameness": "same"}).status_code == 400


@pytest.mark.lengthy
def test_who_may(world: World, client_of: Callable[[User], Client], here: Side, seen: Event) -> None:
    people = {role: person(role) for role in ("viewer", "annotator")}
    for role, user in people.items():
        set_member(by=world.manager, project=here.project, user=user, role=role)
    clients = (*map(client_of, people.values()), client_of(world.stranger), Client())
    reads = (
        f"{BASE}/{seen.uuid}/alike/",
        f"{BASE}/merges/?event={seen.uuid}",
        f"{BASE}/compare/?event={seen.uuid}&event={here.event.uuid}",
    )
    for url in reads:
        assert [client.get(url).status_code for client in clients] == [200, 200, 404, 401]
    said = {"one": str(seen.uuid), "other": str(here.event.uuid), "sameness": "perhaps"}
    assert [post(c, f"{BASE}/compare/", said).status_code for c in clients] == [403, 200, 404, 401]
    made = [post(c, f"{BASE}/merges/", pair(here, seen)) for c in clients]
    assert [one.status_code for one in made] == [403, 201, 404, 401]
    undo = f"{BASE}/merges/{made[1].json()['merge']['uuid']}/undo/"
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    assert [post(c, undo, {}).status_code for c in clients] == [403, 200, 403, 401]


def test_another_projects_events_are_not_there(manager: Client, world: World, here: Side) -> None:
    foreign = world.there.event
    assert manager.get(f"{BASE}/{foreign.uuid}/alike/").status_code == 404
    assert manager.get(f"{BASE}/compare/?event={foreign.uuid}&event={here.event.uuid}").status_code == 404
    assert post(manager, f"{BASE}/merges/", pair(here, foreign)).status_code == 422
    assert manager.get(f"{BASE}/merges/?event={foreign.uuid}").json() == {"results": []}
    theirs = EventMerge.objects.filter(project=world.there.project).first()
    assert theirs is not None
    assert post(manager, f"{BASE}/merges/{theirs.uuid}/undo/", {}).status_code == 404
