"""Deciding on claims: from a form, through htmx, and who may not."""

import re

import pytest

from annotator.actions import claims
from annotator.models import Claim, Review
from tests.factories import World, claim

from .conftest import Cast, seen


def decide(client: object, one: Claim, htmx: bool = False, **fields: str) -> object:
    """Posts what a page that shows the claim as it is now would, with `fields` over it."""
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/c/{one.uuid}/review/", seen(one) | fields, headers=headers)


def test_a_plain_form_decides_and_goes_back_to_the_card(world: World, cast: Cast) -> None:
    lone = world.here.lone
    answer = decide(cast.reviewer, lone, decision="accepted", next="/p/here/claims/?status=submitted")
    assert answer["Location"] == f"/p/here/claims/?status=submitted#claim-{lone.uuid}"
    assert Review.objects.get(claim=lone).reviewer == world.reviewer
    lone.refresh_from_db()
    assert lone.status == "accepted"


@pytest.mark.lengthy
def test_htmx_gets_the_card_that_the_page_holds_and_the_new_count(world: World, cast: Cast) -> None:
    lone = world.here.lone
    answer = decide(cast.reviewer, lone, htmx=True, decision="rejected", reason="Nobody says so")
    html = answer.content.decode()
    assert html.count(f'id="claim-{lone.uuid}"') == 1
    assert 'id="waiting" hx-swap-oob="true"' in html
    assert "Nobody says so" in html
    assert "<html" not in html
    page = cast.reviewer.get("/p/here/claims/").content.decode()
    assert "Nobody says so" in page


@pytest.mark.lengthy
@pytest.mark.parametrize("decision", ["rejected", "disputed"])
def test_a_decision_against_needs_a_reason(world: World, cast: Cast, decision: str) -> None:
    answer = decide(cast.reviewer, world.here.lone, htmx=True, decision=decision, reason="  ")
    assert answer.status_code == 422
    assert "say why" in answer.content.decode()
    plain = decide(cast.reviewer, world.here.lone, decision=decision)
    assert plain.status_code == 422
    assert "say why" in plain.content.decode()
    assert "<html" in plain.content.decode()
    assert not Review.objects.filter(claim=world.here.lone).exists()


@pytest.mark.lengthy
def test_a_decision_is_taken_back(world: World, cast: Cast) -> None:
    decide(cast.reviewer, world.here.lone, decision="accepted")
    html = decide(cast.reviewer, world.here.lone, htmx=True, decision="reopened").content.decode()
    assert 'value="accepted"' in html
    world.here.lone.refresh_from_db()
    assert world.here.lone.status == "submitted"
    assert Review.objects.filter(claim=world.here.lone).count() == 2


@pytest.mark.lengthy
def test_a_claim_that_changed_meanwhile_is_shown_anew(world: World, cast: Cast) -> None:
    answer = decide(cast.reviewer, world.here.lone, htmx=True, decision="accepted", version="7")
    assert answer.status_code == 422
    assert "Somebody edited this claim" in answer.content.decode()
    assert not Review.objects.filter(claim=world.here.lone).exists()


@pytest.mark.lengthy
@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("decision", ["rejected", "disputed"])
def test_what_another_decided_meanwhile_is_not_overwritten(
    world: World, cast: Cast, htmx: bool, decision: str
) -> None:
    lone = world.here.lone
    page = seen(lone)  # both reviewers look at the undecided claim
    assert decide(cast.manager, lone, decision="accepted", **page).status_code == 302
    late = {**page, "decision": decision, "reason": 'Nobody "says" <so>', "next": "/p/here/claims/?page=1"}
    answer = decide(cast.reviewer, lone, htmx, **late)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Manager accepted this claim while you were reading it" in html
    assert "pill-accepted" in html
    lone.refresh_from_db()
    assert lone.status == "accepted"
    # what was typed stands in the form, which now names the decision that it would overrule
    forms = re.findall(r"<form .*?</form>", html, re.S)
    (form,) = [form for form in forms if "Nobody &quot;says&quot; &lt;so&gt;</textarea>" in form]
    assert f'value="{decision}"' in form
    hidden = dict(re.findall(r'name="(version|review|next)" value="([^"]*)"', form))
    assert hidden == {**seen(lone), "next": "/p/here/claims/?page=1"}
    assert decide(cast.reviewer, lone, **{**late, **hidden}).status_code == 302
    lone.refresh_from_db()
    assert lone.status == decision


@pytest.mark.lengthy
def test_a_reason_is_shown_again_where_no_form_can_hold_it(world: World, cast: Cast) -> None:
    lone = world.here.lone
    page = seen(lone)
    claims.withdraw(by=world.manager, claim=lone)
    answer = decide(cast.reviewer, lone, htmx=True, **page, decision="rejected", reason="Nobody says so")
    html = answer.content.decode()
    assert "this claim was withdrawn" in html
    assert 'You had written: <q dir="auto">Nobody says so</q>' in html


@pytest.mark.lengthy
def test_a_page_has_to_say_what_it_showed(world: World, cast: Cast) -> None:
    lone, page = world.here.lone, seen(world.here.lone)
    for lacking in ("version", "review"):
        fields = {"decision": "accepted"} | {name: page[name] for name in page if name != lacking}
        answer = cast.reviewer.post(f"/c/{lone.uuid}/review/", fields)
        assert answer.status_code == 422
        assert "did not say which state" in answer.content.decode()
    assert decide(cast.reviewer, lone, decision="accepted", review="\x00").status_code == 422
    assert not Review.objects.filter(claim=lone).exists()


@pytest.mark.lengthy
def test_the_same_decision_sent_twice_is_one(world: World, cast: Cast) -> None:
    lone = world.here.lone
    sent = {**seen(lone), "decision": "rejected", "reason": "Nobody says so"}
    assert [decide(cast.reviewer, lone, **sent).status_code for _ in range(2)] == [302, 302]
    assert Review.objects.filter(claim=lone).count() == 1
    assert decide(cast.reviewer, lone, **{**sent, "reason": "Another"}).status_code == 422


@pytest.mark.lengthy
def test_undoing_in_the_queue_takes_back_only_what_was_seen(world: World, cast: Cast) -> None:
    lone = world.here.lone
    decide(cast.reviewer, lone, decision="accepted")
    html = cast.reviewer.get(f"/p/here/review/?at={lone.uuid}").content.decode()
    form = next(form for form in re.findall(r"<form .*?</form>", html, re.S) if 'value="reopened"' in form)
    fields = dict(re.findall(r'name="(version|review|next)" value="([^"]*)"', form))
    assert fields == {**seen(lone), "next": f"/p/here/review/?at={lone.uuid}"}
    decide(cast.manager, lone, decision="disputed", reason="Another article says ten")
    assert decide(cast.reviewer, lone, **fields, decision="reopened").status_code == 422
    lone.refresh_from_db()
    assert lone.status == "disputed"


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"decision": "burnt"},
        {"decision": "accepted", "version": "x"},
        {"decision": "accepted", "review": "x"},
        {"decision": "accepted\x00"},
    ],
)
def test_nonsense_is_refused(world: World, cast: Cast, fields: dict[str, str]) -> None:
    assert decide(cast.reviewer, world.here.lone, htmx=True, **fields).status_code == 422


def test_posted_names_of_other_things_change_nothing(world: World, cast: Cast) -> None:
    decide(cast.reviewer, world.here.lone, decision="accepted", reviewer="1", project="2", id="3", claim="4")
    made = Review.objects.get(claim=world.here.lone)
    assert (made.reviewer, made.project) == (world.reviewer, world.here.project)


@pytest.mark.parametrize(
    ("who", "status"), [("annotator", 403), ("viewer", 403), ("stranger", 404), ("nobody", 302)]
)
def test_only_reviewers_decide(world: World, cast: Cast, who: str, status: int) -> None:
    assert decide(getattr(cast, who), world.here.lone, decision="accepted").status_code == status
    assert not Review.objects.filter(claim=world.here.lone).exists()


def test_nobody_is_led_elsewhere_after_a_decision(world: World, cast: Cast) -> None:
    answer = decide(cast.reviewer, world.here.lone, decision="accepted", next="//elsewhere.example/")
    assert answer["Location"].startswith(f"/c/{world.here.lone.uuid}/")


def test_members_who_may_not_decide_see_no_buttons(world: World, cast: Cast) -> None:
    assert 'name="decision"' not in cast.viewer.get("/p/here/claims/").content.decode()
    assert 'name="decision"' in cast.reviewer.get("/p/here/claims/").content.decode()


@pytest.mark.lengthy
def test_hostile_words_stay_words(world: World, cast: Cast) -> None:
    evil = '"><img src=x onerror=alert(1)>{{ 7|add:7 }}<script>alert(1)</script>'
    claim(world.manager, world.here.snapshot, "nine days", paraphrase=evil)
    decide(cast.reviewer, world.here.lone, decision="rejected", reason=evil)
    speaker = f"/p/here/speakers/{world.here.actor.uuid}/"
    for url in ("/p/here/claims/", f"/c/{world.here.lone.uuid}/", speaker):
        html = cast.reviewer.get(url).content.decode()
        assert "<img" not in html
        assert "<script>" not in html
