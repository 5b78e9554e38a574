"""The reading room's payload: what it holds, that it is the text, and what it costs."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.actions import claims
from annotator.models import ClaimRelation
from annotator.queries.reading import marked_in, room_of
from sources.actions import edit_project
from sources.models import User
from tests.factories import Side, World, annotate, claim, stored

from .conftest import address, delete, put


def payload(client: Client, side: Side) -> dict:
    answer = client.get(f"/api/v1/projects/{side.project.slug}/articles/{side.article.uuid}/room/")
    assert answer.status_code == 200
    return answer.json()


def test_it_holds_everything_the_page_needs(manager: Client, here: Side) -> None:
    room = payload(manager, here)
    assert room["snapshot"]["length"] == len(here.snapshot.text)
    assert room["can_annotate"] is True
    by_uuid = {one["uuid"]: one for one in room["annotations"]}
    cited = by_uuid[str(here.claim.uuid)]
    said, relayed = cited["claim"]["chains"][0]
    assert [said["role"], relayed["role"]] == ["said", "relayed"]
    assert by_uuid[said["cues"][0]]["quotes"] == ["told the agency"]
    assert by_uuid[said["sources"][0]["mention"]]["actor"]["name"] == "Ilse Brandt"
    assert {"Ilse Brandt", "Nordpost", "Harbour office", "an engineer #1"} == {
        a["name"] for a in room["actors"]
    }
    assert [event["label"] for event in room["events"]] == ["Crack found"]
    assert {"claim_type", "actor_kind", "event_type", "topic", "concept", "cue_type"} == set(room["codebook"])
    assert "boats" not in {code["key"] for code in room["codebook"]["topic"]}, "merged, and no code any more"
    for one in room["annotations"]:
        assert one["quotes"] == [here.snapshot.text[start:end] for start, end in one["extent"]]
        assert one["sentence"] == one["sentences"][0]


@pytest.mark.lengthy
def test_a_withdrawn_claim_goes_with_its_cues(manager: Client, here: Side) -> None:
    version = manager.get(address(here, here.claim.uuid)).json()["annotation"]["version"]
    delete(manager, address(here, here.claim.uuid), version)
    left = {one["uuid"] for one in payload(manager, here)["annotations"]}
    assert str(here.claim.uuid) not in left
    assert str(here.cue.annotation.uuid) not in left
    assert str(here.mention.annotation.uuid) in left


@pytest.mark.lengthy
def test_what_nothing_mentions_any_more_is_not_offered(manager: Client, here: Side) -> None:
    event = {"uuid": str(uuid4()), "label": "Ferry strike", "type": "other"}
    hidden = {"uuid": str(uuid4()), "name": "a driver #1", "kind": "person", "naming": "anonymous"}
    happened = annotate(here.article.added_by, here.snapshot, "event", "turned back", new_event=event)
    spoke = annotate(here.article.added_by, here.snapshot, "actor", "lorries", new_actor=hidden)
    project = f"/api/v1/projects/{here.project.slug}"

    def offered() -> list[bool]:
        found = manager.get(f"{project}/events/?q=ferry").json()["results"]
        called = manager.get(f"{project}/actors/?q=driver&article={here.article.uuid}").json()["results"]
        actors = payload(manager, here)["actors"]
        return [bool(found), bool(called), hidden["uuid"] in {actor["uuid"] for actor in actors}]

    assert offered() == [True, True, True]
    for mark in (happened, spoke):
        assert delete(manager, address(here, mark.uuid), 1).status_code == 204
    assert offered() == [False, False, False]
    annotate(here.article.added_by, here.snapshot, "event", "turned back", new_event=event)
    annotate(here.article.added_by, here.snapshot, "actor", "lorries", new_actor=hidden)
    assert offered() == [True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "One. Two 🌉 three. \tFour.\n\n\n  Five e\u0301.\rSix, after a return. \n\nقال المدير. إن الجسر.\n\n",
        "Only one line",
        "Title\n\nA line\nbroken in the middle. And more.\n",
    ],
)
def test_sentences_blanks_and_overlay_rebuild_the_text(world: World, text: str) -> None:
    """As the page does it: blanks between sentences, then what the overlay lists over them."""
    snapshot = stored(world.manager, world.here.project, text)
    room = room_of(world.here.project, snapshot.article.uuid)
    assert room is not None
    rebuilt = [" "] * len(snapshot.text)
    for sentence in (s for block in room.blocks for s in block.sentences):
        shown = sentence.text.replace("\r", "\n")  # what a browser makes of it
        rebuilt[sentence.start : sentence.start + len(shown)] = shown
    for start, piece in room.overlay:
        rebuilt[start : start + len(piece)] = piece
    assert "".join(rebuilt) == snapshot.text


@pytest.mark.parametrize("extra", [1, 3])
def test_the_number_of_queries_does_not_depend_on_what_is_marked(
    manager: Client, world: World, here: Side, extra: int
) -> None:
    for _ in range(extra):
        claim(world.manager, here.snapshot, "a crack")
        annotate(world.manager, here.snapshot, "actor", "lorries", actor=str(here.office.uuid))
    with CaptureQueriesContext(connection) as asked:
        payload(manager, here)
    assert len(asked) == 35, [str(q["sql"])[:80] for q in asked]


def test_marked_in_is_of_one_text_only(here: Side) -> None:
    assert set(marked_in(here.second_snapshot).values_list("uuid", flat=True)) == {here.second_claim.uuid}


@pytest.mark.lengthy
def test_a_viewer_may_read(world: World, client_of: Callable[[User], Client], here: Side) -> None:
    here.project.is_public = True
    here.project.save(update_fields=["is_public"])
    for client in (client_of(world.stranger), Client()):
        room = payload(client, here)
        assert room["can_annotate"] is False and room["annotations"]


def test_names_are_found_by_alias_and_beginning(manager: Client) -> None:
    def found(what: str, query: str) -> list[str]:
        results = manager.get(f"/api/v1/projects/here/{what}/", {"q": query}).json()["results"]
        return [one.get("name") or one["label"] for one in results]

    assert found("actors", "NP") == ["Nordpost"]
    assert found("actors", "o") == ["Harbour office", "Nordpost"]
    assert found("actors", "no") == ["Nordpost"]
    assert found("actors", "ilse br") == ["Ilse Brandt"]
    assert found("events", "crack") == ["Crack found"]
    assert found("events", "nothing of the kind") == []


@pytest.mark.lengthy
def test_claims_say_how_many_others_they_stand_in_relation_to(
    manager: Client, world: World, here: Side
) -> None:
    def told(by: Client, claim_: object) -> list[dict] | None:
        return {one["uuid"]: one for one in payload(by, here)["annotations"]}[str(claim_)].get("relations")

    ClaimRelation.objects.all().delete()
    assert told(manager, here.claim.uuid) is None
    others = [claim(world.manager, here.snapshot, "a crack", status=s) for s in ("draft", "submitted")]
    for other in (*others, here.lone):
        denial = {
            "claim": str(other.uuid),
            "other": str(here.claim.uuid),
            "kind": "denies",
            "basis": "textual",
        }
        assert put(manager, f"/api/v1/projects/here/relations/{uuid4()}/", denial).status_code == 201
    reads = {"kind": "denies", "way": "in", "words": "denied by"}
    assert told(manager, here.claim.uuid) == [{**reads, "count": 3}]
    assert told(manager, here.lone.uuid) == [{**reads, "way": "out", "words": "denies", "count": 1}]
    one = manager.get(address(here, here.claim.uuid)).json()["annotation"]
    assert one["relations"] == [{**reads, "count": 3}]
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    assert told(Client(), here.claim.uuid) == [{**reads, "count": 2}], "a reader hears of no draft"
    claims.withdraw(by=world.manager, claim=others[1])
    assert told(manager, here.claim.uuid) == [{**reads, "count": 2}]
