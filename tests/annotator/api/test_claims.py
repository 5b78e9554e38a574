"""Judging and correcting a claim through the API: once, on sight, by whom it is allowed to."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from annotator.actions import claims, recoding, reviews
from annotator.intents.recode import parse_recode
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, Claim, Review
from annotator.queries.claim_cards import latest_review
from sources.actions import set_member
from sources.models import Role, User
from tests.factories import Side, World, annotate, claim, new_actor, person


def at(side: Side, one: Claim, tail: str = "") -> str:
    return f"/api/v1/projects/{side.project.slug}/claims/{one.uuid}/{tail}"


def decide(client: Client, side: Side, one: Claim, uuid: Any, **said: Any) -> Any:
    seen = {"version": 1, "review": latest_review(one.uuid), "decision": "accepted"}
    return client.put(at(side, one, f"reviews/{uuid}/"), {**seen, **said}, content_type="application/json")


def recode(client: Client, side: Side, one: Claim, body: Any, version: int | None = 1) -> Any:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return client.patch(at(side, one), body, content_type="application/json", headers=headers)


def test_a_decision_is_made_once_however_often_it_is_sent(manager: Client, here: Side) -> None:
    uuid = uuid4()
    seen = {"review": "", "decision": "rejected", "reason": "Nobody says so"}
    answers = [decide(manager, here, here.lone, uuid, **seen) for _ in range(2)]
    for answer in answers:
        assert answer.status_code == 200, answer.content
        told = answer.json()
        assert told["review"].pop("at")
        assert told["review"] == {"uuid": str(uuid), "decision": "rejected", "reason": "Nobody says so"}
        assert told["claim"] == {"uuid": str(here.lone.uuid), "version": 1, "status": "rejected"}
        assert told["waiting"] == 1
    assert Review.objects.filter(claim=here.lone).count() == 1


def test_an_answer_that_got_lost_is_given_again_though_others_decided_since(
    manager: Client, world: World, here: Side
) -> None:
    uuid = uuid4()
    decide(manager, here, here.lone, uuid, review="")
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("disputed", "no"))
    answer = decide(manager, here, here.lone, uuid, review="")
    assert (answer.status_code, answer.json()["claim"]["status"]) == (200, "disputed")
    assert Review.objects.filter(claim=here.lone).count() == 2


def test_a_lost_answer_tells_of_the_version_that_was_decided_on_and_of_no_later_one(
    manager: Client, world: World, here: Side
) -> None:
    """What is queued behind the decision is based on that answer: it must not speak for what nobody saw."""
    uuid = uuid4()
    assert decide(manager, here, here.lone, uuid, review="").json()["claim"]["version"] == 1
    figure = parse_recode({"type": "figure"})
    recoding.recode(by=world.reviewer, claim=here.lone, intent=figure, version=1)
    assert decide(manager, here, here.lone, uuid, review="").json()["claim"]["version"] == 1
    assert recode(manager, here, here.lone, {"type": "figure"}).status_code == 412
    assert decide(manager, here, here.lone, uuid4(), review=str(uuid)).status_code == 412


def hand_in(client: Client, side: Side, one: Claim, body: Any) -> Any:
    return client.put(at(side, one, "submission/"), body, content_type="application/json")


def test_a_draft_is_handed_in_once_and_a_lost_answer_speaks_for_no_later_edit(
    manager: Client, world: World, here: Side
) -> None:
    draft = claim(world.manager, here.snapshot, "nine days", status="draft")
    stands = {"uuid": str(draft.uuid), "version": 2, "status": "submitted"}
    for _ in range(2):
        answer = hand_in(manager, here, draft, {"version": 1})
        assert (answer.status_code, answer.json()) == (200, {"claim": stands, "waiting": 3})
    figure = parse_recode({"type": "figure"})
    recoding.recode(by=world.reviewer, claim=draft, intent=figure, version=2)
    assert hand_in(manager, here, draft, {"version": 1}).json()["claim"]["version"] == 2
    assert hand_in(manager, here, draft, {"version": 3}).json()["claim"]["version"] == 3
    assert Annotation.objects.get(pk=draft.pk).version == 3


@pytest.mark.lengthy
def test_a_draft_that_was_edited_or_withdrawn_meanwhile_is_not_handed_in(
    manager: Client, world: World, here: Side
) -> None:
    draft = claim(world.manager, here.snapshot, "nine days", status="draft")
    recode(manager, here, draft, {"type": "figure"})
    stale = hand_in(manager, here, draft, {"version": 1})
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    claims.withdraw(by=world.manager, claim=draft)
    assert hand_in(manager, here, draft, {"version": 3}).status_code == 422
    assert Claim.objects.get(pk=draft.pk).status == "draft"


@pytest.mark.parametrize(
    "body", [{}, {"version": None}, {"version": "x"}, {"version": True}, {"status": "a"}, []]
)
def test_handing_in_without_saying_what_was_seen_is_refused(manager: Client, here: Side, body: Any) -> None:
    assert hand_in(manager, here, here.lone, body).status_code == 400


def test_an_identifier_that_is_taken_gets_a_bare_no(manager: Client, world: World, here: Side) -> None:
    foreign = world.there.review.uuid
    for one, uuid in ((here.lone, foreign), (here.lone, here.review.uuid)):
        answer = decide(manager, here, one, uuid)
        assert (answer.status_code, answer.json()["detail"]) == (409, "This identifier is in use.")
    uuid = uuid4()
    decide(manager, here, here.lone, uuid)
    assert decide(manager, here, here.lone, uuid, decision="disputed", reason="x").status_code == 409


@pytest.mark.lengthy
def test_what_changed_meanwhile_is_not_judged(manager: Client, world: World, here: Side) -> None:
    recode(manager, here, here.lone, {"type": "figure"})
    stale = decide(manager, here, here.lone, uuid4())
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 2)
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    overtaken = decide(manager, here, here.lone, uuid4(), version=2, review="")
    assert overtaken.status_code == 412
    assert Review.objects.filter(claim=here.lone).count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"decision": "burnt"}, "decision"),
        ({"decision": "rejected"}, "reason"),
        ({"decision": "rejected", "reason": " \n"}, "reason"),
        ({"version": None}, "version"),
        ({"version": "x"}, "version"),
        ({"review": None}, "review"),
        ({"review": "x"}, "review"),
        ({"reason": "x" * 2001}, "reason"),
        ({"claim": str(uuid4())}, "claim"),
    ],
)
def test_a_decision_that_is_none_is_refused(
    manager: Client, here: Side, said: dict[str, Any], field: str
) -> None:
    answer = decide(manager, here, here.lone, uuid4(), **said)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    assert not Review.objects.filter(claim=here.lone).exists()


@pytest.mark.lengthy
def test_a_claim_gets_another_type_and_speaker(manager: Client, here: Side) -> None:
    answer = recode(manager, here, here.lone, {"type": "figure"})
    told = answer.json()
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"2"')
    assert (told["annotation"]["claim"]["type"], told["annotation"]["version"]) == ("figure", 2)
    again = recode(manager, here, here.lone, {"type": "figure"})
    assert again.json()["annotation"]["version"] == 2, "asking twice is asking once"
    speaker = {"speaker": str(here.actor.uuid), "mention": str(here.mention.annotation.uuid)}
    told = recode(manager, here, here.lone, speaker, 2).json()
    (source,) = told["annotation"]["claim"]["chains"][0][0]["sources"]
    assert source["name"] == "Ilse Brandt"
    assert [actor["name"] for actor in told["actors"]] == ["Ilse Brandt"]
    assert recode(manager, here, here.lone, {"type": "fact"}, None).status_code == 428
    assert recode(manager, here, here.lone, {"type": "fact"}, 1).status_code == 412
    assert recode(manager, here, here.lone, {"type": "no"}, 3).status_code == 422
    assert recode(manager, here, here.lone, {}, 3).status_code == 400


def test_the_speakers_proposed_are_the_articles_own_the_nearest_first(
    manager: Client, world: World, here: Side
) -> None:
    near = claim(world.manager, here.snapshot, "stays shut")
    told = manager.get(at(here, near, "speakers/")).json()["results"]
    assert [one["name"] for one in told] == ["Harbour office", "Ilse Brandt", "an engineer #1"]
    assert all(one["here"] and one["mention"] and one["sentence"] for one in told)
    annotate(world.manager, here.second_snapshot, "actor", "Nobody", **new_actor("Ilona Brandt"))
    found = manager.get(at(here, near, "speakers/"), {"q": "brandt"}).json()["results"]
    assert [(one["name"], one["here"]) for one in found] == [("Ilse Brandt", True), ("Ilona Brandt", False)]
    assert "mention" not in found[1]
    assert manager.get(at(here, near, "speakers/"), {"q": "\x00"}).status_code == 400


@pytest.mark.lengthy
def test_who_may(client_of: Callable[[User], Client], world: World, here: Side) -> None:
    cast = {}
    for role in (Role.VIEWER, Role.ANNOTATOR, Role.REVIEWER):
        someone = person(f"a-{role.value}")
        set_member(by=world.manager, project=here.project, user=someone, role=role)
        cast[role] = client_of(someone)
    outside, nobody = client_of(world.stranger), Client()
    for client, decided, recoded, asked in (
        (cast[Role.VIEWER], 403, 403, 403),
        (cast[Role.ANNOTATOR], 403, 200, 200),
        (cast[Role.REVIEWER], 200, 200, 200),
        (outside, 404, 404, 404),
        (nobody, 401, 401, 401),
    ):
        version = Annotation.objects.get(pk=here.lone.pk).version
        assert decide(client, here, here.lone, uuid4(), version=version).status_code == decided
        assert recode(client, here, here.lone, {"type": "fact"}).status_code == recoded
        assert hand_in(client, here, here.lone, {"version": 1}).status_code == recoded
        assert client.get(at(here, here.lone, "speakers/")).status_code == asked
    reviewer = cast[Role.REVIEWER]
    for side, one in ((here, world.there.lone), (world.there, world.there.lone)):
        assert decide(reviewer, side, one, uuid4()).status_code == 404
        assert recode(reviewer, side, one, {"type": "figure"}).status_code == 404
        assert hand_in(reviewer, side, one, {"version": 1}).status_code == 404
