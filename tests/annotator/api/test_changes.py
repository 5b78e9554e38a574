"""What others did to a text, asked for again and again: cheap while nothing changed, complete when it did."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotator.actions import annotations, claims, relations, reviews
from annotator.intents.review import DecideClaim
from annotator.models import Annotation
from sources.actions import edit_project, judge_block
from sources.models import Block, User
from tests.factories import Side, World, annotate, claim, small_world

from .conftest import address, claim_body, put
from .test_room import payload


def ask(client: Client, side: Side, tag: str | None = None) -> Any:
    url = f"/api/v1/projects/{side.project.slug}/texts/{side.snapshot.uuid}/changes/"
    return client.get(url, headers={} if tag is None else {"If-None-Match": f'"{tag}"'})


@pytest.fixture
def seen(manager: Client, here: Side) -> str:
    """The state that the page was given with its text."""
    return payload(manager, here)["snapshot"]["state"]


def told(answer: Any) -> dict[str, dict]:
    assert answer.status_code == 200
    return {one["uuid"]: one for one in answer.json()["annotations"]}


@pytest.mark.lengthy
@pytest.mark.parametrize("extra", [1, 3])
def test_an_unchanged_text_costs_four_queries_and_no_body(
    manager: Client, world: World, here: Side, extra: int
) -> None:
    for _ in range(extra):
        claim(world.manager, here.snapshot, "a crack")
    tag = payload(manager, here)["snapshot"]["state"]
    with CaptureQueriesContext(connection) as asked:
        answer = ask(manager, here, tag)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == f'"{tag}"'
    assert len(asked) == 4, [q["sql"][:80] for q in asked]


@pytest.mark.lengthy
def test_a_new_claim_is_told_with_who_made_it(manager: Client, world: World, here: Side, seen: str) -> None:
    made = claim(world.reviewer, here.snapshot, "a crack")
    answer = ask(manager, here, seen)
    assert not answer.json()["whole"]
    assert str(made.uuid) in told(answer)
    assert told(answer)[str(made.uuid)]["author"] == "Reviewer"
    assert answer.json()["standing"] == len(payload(manager, here)["annotations"])
    following = answer["ETag"].strip('"')
    assert ask(manager, here, following).status_code == 304


@pytest.mark.lengthy
def test_only_what_was_written_since_is_told(committed_db: str) -> None:
    """Each act in a transaction of its own, as in life."""
    world = small_world()
    here, manager = world.here, Client()
    manager.force_login(world.manager)
    tag = payload(manager, here)["snapshot"]["state"]
    assert ask(manager, here, tag).status_code == 304
    made = claim(world.reviewer, here.snapshot, "a crack")
    answer = ask(manager, here, tag)
    assert set(told(answer)) == {str(made.uuid)} and answer.json()["blocks"] == []
    tag = answer["ETag"].strip('"')
    judged(world, here)
    answer = ask(manager, here, tag)
    assert set(told(answer)) == {str(here.lone.uuid)}


def judged(world: World, here: Side) -> None:
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))


def changed(world: World, here: Side) -> None:
    body = claim_body(here, "Eighteen lorries turned back", paraphrase="Other words.")
    client = Client()
    client.force_login(world.reviewer)
    assert put(client, address(here, here.lone.uuid), body, here.lone.annotation.version).status_code == 200


@pytest.mark.lengthy
@pytest.mark.parametrize("act", [judged, changed])
def test_a_changed_claim_is_told(
    manager: Client, world: World, here: Side, seen: str, act: Callable[[World, Side], None]
) -> None:
    act(world, here)
    (one,) = [one for one in told(ask(manager, here, seen)).values() if one["uuid"] == str(here.lone.uuid)]
    assert one["claim"]["status"] == "accepted" or one["claim"]["paraphrase"] == "Other words."


@pytest.mark.lengthy
def test_a_withdrawn_claim_is_gone_and_comes_back_with_its_cues(
    manager: Client, world: World, here: Side, seen: str
) -> None:
    claims.withdraw(by=world.reviewer, claim=here.claim)
    answer = ask(manager, here, seen)
    assert answer.json()["gone"] == [str(here.claim.uuid)]
    assert str(here.claim.uuid) not in told(answer)
    claims.restore(by=world.reviewer, claim=here.claim)
    back = told(ask(manager, here, answer["ETag"].strip('"')))
    assert {str(here.claim.uuid), str(here.cue.annotation.uuid)} <= set(back)


@pytest.mark.lengthy
def test_a_deletion_shows_in_the_number_that_stands(manager: Client, world: World, here: Side) -> None:
    mention = annotate(world.manager, here.snapshot, "actor", "lorries", actor=str(here.office.uuid))
    room = payload(manager, here)
    annotations.remove(by=world.reviewer, project=here.project, uuid=mention.uuid, version=mention.version)
    answer = ask(manager, here, room["snapshot"]["state"])
    assert answer.json()["standing"] == len(room["annotations"]) - 1
    whole = ask(manager, here).json()
    assert whole["whole"] and len(whole["annotations"]) == whole["standing"]
    assert str(mention.uuid) not in {one["uuid"] for one in whole["annotations"]}


def test_a_judged_block_is_told(manager: Client, world: World, here: Side, seen: str) -> None:
    block = Block.objects.get(snapshot=here.snapshot, position=2)
    judge_block(by=world.reviewer, block=block, role="caption", masked=False, reason="under a picture")
    answer = ask(manager, here, seen)
    expected = {"position": 2, "role": "caption", "masked": False, "reason": "under a picture", "version": 2}
    assert expected in answer.json()["blocks"]


@pytest.mark.lengthy
@pytest.mark.parametrize("tag", ["", "nonsense", "*", "9" * 19 + "-" + "0" * 32, "0-" + "0" * 31, "1; DROP"])
def test_a_tag_that_says_nothing_gets_everything(manager: Client, here: Side, tag: str) -> None:
    answer = ask(manager, here, tag)
    assert answer.json()["whole"]
    assert set(told(answer)) == {one["uuid"] for one in payload(manager, here)["annotations"]}


@pytest.mark.lengthy
def test_relations_are_told_to_both_texts_until_they_are_taken_back(
    manager: Client, world: World, here: Side, seen: str
) -> None:
    far = claim(world.manager, here.second_snapshot, "Two ferries")
    tag = ask(manager, here, seen)["ETag"].strip('"')

    def told_now() -> object:
        nonlocal tag
        answer = ask(manager, here, tag)
        assert answer.status_code == 200, "it is news"
        tag = answer["ETag"].strip('"')
        assert ask(manager, here, tag).status_code == 304
        return answer.json()["relations"].get(str(here.lone.uuid))

    related = relations.relate(by=world.reviewer, claim=far, other=here.lone, kind="denies")
    assert told_now() == [{"kind": "denies", "way": "in", "words": "denied by", "count": 1}]
    claims.withdraw(by=world.reviewer, claim=far)
    assert told_now() is None
    claims.restore(by=world.reviewer, claim=far)
    assert told_now() is not None
    relations.unrelate(by=world.reviewer, relation=related)
    assert told_now() is None


def test_other_texts_do_not_matter(manager: Client, world: World, here: Side, seen: str) -> None:
    claim(world.reviewer, here.second_snapshot, "Two ferries")
    assert ask(manager, here, seen).status_code == 304


def test_readers_are_not_told_that_a_draft_was_withdrawn(
    manager: Client, world: World, here: Side, seen: str
) -> None:
    edit_project(by=world.manager, project=here.project, name="Here", description="", is_public=True)
    draft = claim(world.reviewer, here.snapshot, "a crack", status="draft")
    for one in (draft, here.lone):
        claims.withdraw(by=world.manager, claim=one)
    assert set(ask(manager, here, seen).json()["gone"]) == {str(draft.uuid), str(here.lone.uuid)}
    assert ask(Client(), here, seen).json()["gone"] == [str(here.lone.uuid)]


def test_who_may_not_read_learns_nothing(
    world: World, here: Side, client_of: Callable[[User], Client], seen: str
) -> None:
    assert ask(client_of(world.stranger), here, seen).status_code == 404
    assert ask(Client(), here, seen).status_code == 401
    there = f"/api/v1/projects/{here.project.slug}/texts/{world.there.snapshot.uuid}/changes/"
    assert client_of(world.manager).get(there).status_code == 404
    assert client_of(world.manager).post(there).status_code == 405
    assert Annotation.objects.filter(snapshot=here.snapshot).exists()
