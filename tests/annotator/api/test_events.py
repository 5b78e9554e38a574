"""One event through the API, and the date that words are proposed to mean."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from sources.actions import edit_project, set_member
from sources.models import Article, User
from tests.factories import Side, World, person, span

BASE = "/api/v1/projects/here"


def address(side: Side) -> str:
    return f"{BASE}/events/{side.event.uuid}/"


def put(client: Client, url: str, body: Any, version: int | None = None) -> Any:
    headers = {"If-Match": f'"{version}"'} if version else {}
    return client.put(url, body, content_type="application/json", headers=headers)


def body(side: Side, **more: Any) -> dict[str, Any]:
    part = {"actor": str(side.actor.uuid), "role": "witness", "mention": str(side.mention.annotation.uuid)}
    return {"label": "Crack found", "type": "other", "date": "2024-05", "participants": [part], **more}


@pytest.mark.lengthy
def test_an_event_is_read_and_changed(manager: Client, here: Side) -> None:
    told = manager.get(address(here))
    assert told.json()["event"]["participants"][0]["name"] == "Ilse Brandt"
    assert told["ETag"].startswith('"1-')
    known = {"If-None-Match": told["ETag"]}
    assert manager.get(address(here), headers=known).status_code == 304
    words = {"snapshot": str(here.snapshot.uuid), "slots": {"date": span(here.snapshot, "in spring")}}
    changed = put(manager, address(here), body(here, latitude=48.1, longitude=11, **words), 1)
    assert changed.status_code == 200
    assert manager.get(address(here), headers=known).status_code == 200
    event, also = changed.json()["event"], changed.json()["also"]
    assert (event["version"], event["latitude"], event["longitude"]) == (2, "48.1", "11")
    assert event["date_words"] == "in spring"
    assert [(one["kind"], one["support"]["of"]) for one in also] == [("time", str(here.event.uuid))]
    again = manager.get(f"{address(here)}?text={here.snapshot.uuid}").json()
    assert again == changed.json()
    room = manager.get(f"{BASE}/articles/{here.article.uuid}/room/").json()
    assert event in room["events"]
    assert any(one["kind"] == "time" and one["support"]["of"] == event["uuid"] for one in room["annotations"])


def test_conflicts_say_what_stands_now(manager: Client, here: Side) -> None:
    assert put(manager, address(here), body(here, place="Velm")).status_code == 428
    assert put(manager, address(here), body(here, place="Velm"), 1).status_code == 200
    stale = put(manager, address(here), body(here, place="Kai"), 1)
    assert stale.status_code == 412
    assert (stale.json()["current"]["place"], stale.json()["current"]["version"]) == ("Velm", 2)
    assert put(manager, address(here), body(here, place="Velm"), 1).status_code == 200, "the same again"


@pytest.mark.parametrize(
    ("sent", "status", "rule"),
    [
        ({"label": "X", "latitude": 91, "longitude": 0}, 400, "bounds"),
        ({"label": "X", "date": "soon"}, 422, "edtf"),
        ({"label": "X", "type": "miracle"}, 422, "code"),
        ({"label": "X", "participants": [{"actor": str(uuid4())}]}, 422, "exists"),
        ({"label": "X", "snapshot": str(uuid4()), "slots": {}}, 422, "exists"),
        ([], 400, "object"),
    ],
)
def test_what_cannot_be_is_refused(manager: Client, here: Side, sent: Any, status: int, rule: str) -> None:
    answer = put(manager, address(here), sent, 1)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (status, rule)


@pytest.mark.lengthy
def test_who_may(world: World, client_of: Callable[[User], Client], here: Side) -> None:
    people = {role: person(role) for role in ("viewer", "annotator")}
    for role, user in people.items():
        set_member(by=world.manager, project=here.project, user=user, role=role)
    viewer, annotator = client_of(people["viewer"]), client_of(people["annotator"])
    stranger, nobody = client_of(world.stranger), Client()
    words = f"{BASE}/date-words/?words=yesterday&article={here.article.uuid}"
    for url in (address(here), words):
        assert [c.get(url).status_code for c in (viewer, annotator, stranger, nobody)] == [200, 200, 404, 401]
    answers = [
        put(c, address(here), body(here), 1).status_code for c in (viewer, annotator, stranger, nobody)
    ]
    assert answers == [403, 200, 404, 401]
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    assert (nobody.get(address(here)).status_code, stranger.get(address(here)).status_code) == (200, 200)
    assert put(stranger, address(here), body(here), 2).status_code == 403
    assert put(nobody, address(here), body(here), 2).status_code == 401


def test_another_projects_event_is_not_there(manager: Client, world: World) -> None:
    foreign = f"{BASE}/events/{world.there.event.uuid}/"
    assert manager.get(foreign).status_code == 404
    assert put(manager, foreign, {"label": "X"}, 1).status_code == 409, "the identifier is in use"
    assert (
        manager.get(f"{BASE}/date-words/?words=today&article={world.there.article.uuid}").status_code == 404
    )
    assert manager.get(f"{BASE}/date-words/?words=today&article=x").status_code == 404


def test_a_date_is_proposed_from_words_and_the_day_of_publication(manager: Client, here: Side) -> None:
    def ask(words: str) -> Any:
        answer = manager.get(f"{BASE}/date-words/", {"words": words, "article": str(here.article.uuid)})
        assert answer.status_code == 200
        return answer.json()["date"]

    assert ask("yesterday") is None, "the article has no day of publication"
    assert ask("2 May 2015") == "2015-05-02"
    Article.objects.filter(pk=here.article.pk).update(
        published="2021-08-11", published_min="2021-08-11", published_max="2021-08-11", version=2
    )
    assert ask("yesterday") == "2021-08-10"
    assert ask("soon") is None
    hostile = manager.get(f"{BASE}/date-words/", {"words": "\x00", "article": str(here.article.uuid)})
    assert hostile.status_code == 400
