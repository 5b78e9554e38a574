"""Why an anonymous actor is not named: given with one of their mentions, and on their page."""

from typing import Any

import pytest
from django.test import Client

from annotator.models import Actor, Annotation, SupportingSpan
from tests.factories import Side, World, annotate, span, words

from .conftest import address, claim_body, put

WHY = "asked not to be named"


def mention_of(world: World, here: Side, actor: Actor, stretch: str = "lorries") -> Annotation:
    return annotate(world.manager, here.snapshot, "actor", stretch, actor=str(actor.uuid))


def sent(here: Side, actor: Actor, stretch: str = "lorries", **more: Any) -> dict[str, Any]:
    body = {"snapshot": str(here.snapshot.uuid), "kind": "actor", **words(here.snapshot, stretch)}
    return {**body, "actor": {"actor": str(actor.uuid), **more}}


def held(actor: Actor) -> list[list[str]]:
    return [s.annotation.quotes for s in SupportingSpan.objects.filter(actor=actor)]


@pytest.mark.lengthy
def test_it_replaces_what_was_there_and_counts_once(manager: Client, world: World, here: Side) -> None:
    at = address(here, mention_of(world, here, here.anonymous).uuid)
    before = Actor.objects.get(pk=here.anonymous.pk).version + 1
    own = {"stated_reason": "because the inquiry is open", "version": before}
    Actor.objects.filter(pk=here.anonymous.pk).update(**own)
    body = sent(here, here.anonymous, reason_span=span(here.snapshot, WHY))
    answer = put(manager, at, body, 1)
    assert answer.status_code == 200, answer.content
    (told,) = answer.json()["also"]
    assert (told["kind"], told["quotes"]) == ("reason", [WHY])
    assert told["support"] == {"slot": "reason", "of": str(here.anonymous.uuid)}
    assert held(here.anonymous) == [[WHY]]
    now = Actor.objects.get(pk=here.anonymous.pk)
    assert (now.version, now.stated_reason) == (before + 1, WHY), "the words were the record's own"
    assert put(manager, at, body).json()["annotation"]["version"] == 2, "the same again is no change"
    assert put(manager, at, sent(here, here.anonymous), 2).status_code == 200
    assert held(here.anonymous) == [[WHY]], "what is not said stays"
    assert put(manager, at, sent(here, here.anonymous, reason_span=None), 2).status_code == 200
    assert held(here.anonymous) == []
    assert Actor.objects.get(pk=here.anonymous.pk).stated_reason == ""


def test_reasons_in_words_of_ones_own_stay(manager: Client, world: World, here: Side) -> None:
    Actor.objects.filter(pk=here.anonymous.pk).update(
        stated_reason="fears for the post", version=here.anonymous.version + 1
    )
    at = address(here, mention_of(world, here, here.anonymous).uuid)
    put(manager, at, sent(here, here.anonymous, reason_span=span(here.snapshot, WHY)), 1)
    assert Actor.objects.get(pk=here.anonymous.pk).stated_reason == "fears for the post"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"reason_span": {"extent": [[0, 3]], "quotes": ["no"]}}, 400),
        ({"reason_span": []}, 400),
        ({"reason_span": "x"}, 400),
        ({"why": 1}, 400),
    ],
)
def test_odd_reasons_are_refused(
    manager: Client, world: World, here: Side, change: dict[str, Any], status: int
) -> None:
    at = address(here, mention_of(world, here, here.anonymous).uuid)
    before = held(here.anonymous)
    assert put(manager, at, sent(here, here.anonymous, **change), 1).status_code == status
    assert held(here.anonymous) == before


@pytest.mark.lengthy
def test_only_who_is_anonymous_here_has_one(manager: Client, world: World, here: Side) -> None:
    why = span(here.snapshot, WHY)
    at = address(here, mention_of(world, here, here.actor).uuid)
    answer = put(manager, at, sent(here, here.actor, reason_span=why), 1)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "reason_of_anonymous")
    wrong = {**why, "quotes": ["something else"]}
    at = address(here, mention_of(world, here, here.anonymous, "a crack").uuid)
    answer = put(manager, at, sent(here, here.anonymous, "a crack", reason_span=wrong), 1)
    assert answer.json()["errors"][0]["field"] == "actor.reason_span.quotes"
    taken = {**why, "uuid": str(here.claim.uuid)}
    answer = put(manager, at, sent(here, here.anonymous, "a crack", reason_span=taken), 1)
    assert answer.json()["errors"][0]["rule"] == "taken"


def record(actor: Actor, **more: str) -> dict[str, str]:
    lists = {f"{name}-{key}": "0" for name in ("aliases", "identifiers", "belongings")
             for key in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    now = Actor.objects.select_related("kind").get(pk=actor.pk)
    own = {"name": now.name, "kind": now.kind.key, "naming": now.naming, "version": str(now.version)}
    return {**lists, **own, "stated_reason": now.stated_reason, **more}


@pytest.mark.lengthy
def test_on_the_actors_page_they_are_copied_from_the_article(manager: Client, here: Side) -> None:
    page = f"/p/here/speakers/{here.anonymous.uuid}/"
    assert "because the inquiry is open" in manager.get(f"{page}edit/").content.decode()
    answer = manager.post(f"{page}edit/", record(here.anonymous, reason_words=f"who  {WHY}"))
    assert answer.status_code == 302, answer.content.decode()
    assert held(here.anonymous) == [[f"who {WHY}"]]
    shown = manager.get(page).content.decode()
    assert f"who {WHY}" in shown and "#s" in shown
    for wrong, said in (("nowhere in it", "does not stand"), ("the", "times")):
        answer = manager.post(f"{page}edit/", record(here.anonymous, reason_words=wrong))
        assert answer.status_code == 422 and said in answer.content.decode()
    assert held(here.anonymous) == [[f"who {WHY}"]]
    assert manager.post(f"{page}edit/", record(here.anonymous, reason_words="")).status_code == 302
    assert held(here.anonymous) == []
    named = manager.get(f"/p/here/speakers/{here.actor.uuid}/edit/").content.decode()
    assert "reason_words" not in named


@pytest.mark.lengthy
def test_a_cues_type_stays_where_nothing_is_said_and_is_taken_away(manager: Client, here: Side) -> None:
    told = manager.get(address(here, here.claim.uuid)).json()
    claim = {k: v for k, v in told["annotation"]["claim"].items() if k != "withdrawn"} | {
        "status": "submitted"
    }
    cue = next(one for one in told["also"] if one["kind"] == "cue")
    kept = {name: cue[name] for name in ("uuid", "extent", "quotes")}
    version = told["annotation"]["version"]
    for said, stored in (
        ({"cue_type": "doubting"}, "doubting"),
        ({}, "doubting"),
        ({"cue_type": None}, None),
    ):
        claim["chains"][0][0]["cues"] = [{**kept, **said}]
        body = {**sent(here, here.actor, "We found a crack"), "kind": "claim", "claim": claim}
        del body["actor"]
        answer = put(manager, address(here, here.claim.uuid), body, version)
        assert answer.status_code == 200, answer.content
        version = answer.json()["annotation"]["version"]
        span_ = SupportingSpan.objects.select_related("cue_type").get(annotation__uuid=cue["uuid"])
        assert (span_.cue_type and span_.cue_type.key) == stored


@pytest.mark.lengthy
def test_a_claim_gives_its_speaker_a_reason_and_takes_it_back(
    manager: Client, world: World, here: Side
) -> None:
    at = address(here)

    def saying(**reason: Any) -> dict[str, Any]:
        chains = [[{"sources": [{"actor": str(here.anonymous.uuid), **reason}]}]]
        return claim_body(here, "Eighteen lorries", voice="attributed", chains=chains)

    assert put(manager, at, saying(reason_span=None)).status_code == 201
    assert held(here.anonymous) == []
    given = saying(reason_span=span(here.snapshot, WHY))
    assert put(manager, at, given, 1).status_code == 200
    assert put(manager, at, given).json()["annotation"]["version"] == 2, "the same again is no change"
    assert put(manager, at, saying()).json()["annotation"]["version"] == 2, "what is not said stays"
    assert held(here.anonymous) == [[WHY]]
    assert put(manager, at, saying(reason_span=None), 2).status_code == 200
    assert held(here.anonymous) == []
    named = claim_body(here, "Eighteen lorries", voice="attributed", chains=[[{"sources": [
        {"actor": str(here.actor.uuid), "reason_span": span(here.snapshot, WHY)}]}]])  # fmt: skip
    answer = put(manager, address(here), named)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "reason_of_anonymous")
