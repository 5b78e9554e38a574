"""Many claims at once, from the desk: looked at first, some left out, done, and taken back."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse

from annotator.actions import reviews
from annotator.intents.batch import MOST_ROWS
from annotator.intents.review import DecideClaim
from annotator.models import Batch, Claim
from sources.models import Change
from tests.factories import World, claim

from .conftest import Cast

PAGE = "/p/here/claims/many/"
FIELDS = re.compile(r'<input type="hidden" name="(row|looked|batch)" value="([^"]*)"')


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def hidden(answer: HttpResponse) -> dict[str, Any]:
    """What the page brings along: all its rows, what it is a preview of, and its own identifier."""
    found: dict[str, list[str]] = {}
    for name, value in FIELDS.findall(said(answer)):
        found.setdefault(name, []).append(value)
    return {name: values if name == "row" else values[0] for name, values in found.items()}


def ids(*claims: Claim) -> list[str]:
    return [str(one.uuid) for one in claims]


@pytest.fixture
def three(world: World) -> list[Claim]:
    side = world.here
    own = claim(world.manager, side.snapshot, "stays shut", voice="own")
    return [side.lone, side.second_claim, own]


def look(cast: Cast, claims: list[Claim], **asked: Any) -> HttpResponse:
    return cast.annotator.post(PAGE, {"claim": ids(*claims), "do": "look", **asked})


@pytest.mark.lengthy
def test_the_desk_ticks_for_those_who_may_change(cast: Cast, world: World) -> None:
    desk = said(cast.annotator.get("/p/here/claims/"))
    assert f'name="claim" value="{world.here.lone.uuid}" form="ticked"' in desk
    assert "Change them" in desk
    assert "Acts on many" in desk
    viewer = said(cast.viewer.get("/p/here/claims/"))
    assert 'form="ticked"' not in viewer
    assert "Change them" not in viewer


def test_each_row_says_what_it_would_become_and_nothing_is_done(
    cast: Cast, world: World, three: list[Claim]
) -> None:
    opened = cast.annotator.post(PAGE, {"claim": ids(*three)})
    assert "3 claims at once" in said(opened)
    assert "would change" not in said(opened)
    before = Change.objects.count()
    page = said(look(cast, three, type="figure", named="Ilse"))
    assert Change.objects.count() == before
    assert "2 would change; 1 refuses" in page
    assert "own voice" in page
    assert "<del>Fact</del>" in page
    assert "<ins>Ilse Brandt</ins>" in page


@pytest.mark.lengthy
def test_one_that_refuses_holds_nobody_up_and_another_act_is_not_taken_for_this_one(
    cast: Cast, world: World, three: list[Claim]
) -> None:
    shown = look(cast, three, type="figure", named="Ilse")
    sent = re.findall(
        r'name="claim" value="([^"]*)"', said(shown)
    )  # as a browser sends the page: all that it holds
    done = cast.annotator.post(
        PAGE, {**hidden(shown), "claim": sent, "do": "do", "type": "figure", "named": "Ilse"}
    )
    assert done.status_code == 302
    before = Batch.objects.count()
    assert Batch.objects.latest("pk").rows.count() == 2
    other = look(cast, three, type="pledge", batch=hidden(shown)["batch"])
    assert hidden(other)["batch"] != hidden(shown)["batch"]
    stale = {
        **hidden(other),
        "batch": hidden(shown)["batch"],
        "claim": ids(*three),
        "do": "do",
        "type": "pledge",
    }
    assert cast.annotator.post(PAGE, stale).status_code == 409
    assert Batch.objects.count() == before


@pytest.mark.lengthy
def test_all_but_the_exceptions_are_done_in_one_act_and_taken_back(
    cast: Cast, world: World, three: list[Claim]
) -> None:
    asked = {"type": "figure", "add": ["bridge", "ferry"]}
    shown = hidden(look(cast, three, **asked))
    chosen = ids(three[0], three[2])
    done = cast.annotator.post(PAGE, {**shown, **asked, "claim": chosen, "do": "do"})
    batch = Batch.objects.exclude(pk=world.here.batch.pk).exclude(pk=world.there.batch.pk).get()
    assert (done.status_code, done["Location"]) == (302, f"/p/here/claims/acts/{batch.uuid}/")
    assert [Claim.objects.get(pk=c.pk).type.key for c in three] == ["figure", "fact", "figure"]
    again = cast.annotator.post(PAGE, {**shown, **asked, "claim": chosen, "do": "do"})
    assert again["Location"] == done["Location"], "sent twice, done once"
    page = said(cast.annotator.get(done["Location"]))
    assert "2 claims changed at once" in page
    assert "Take it back for 2 claims" in page
    assert "Take it back" not in said(cast.viewer.get(done["Location"]))
    assert str(batch.uuid) in said(cast.viewer.get("/p/here/claims/acts/"))
    reviews.decide(by=world.reviewer, claim=three[2], intent=DecideClaim("accepted"))
    assert "changed since" in said(cast.annotator.get(done["Location"]))
    back = cast.annotator.post(f"{done['Location']}undo/", follow=True)
    assert "1 claim stands as before again." in said(back)
    assert "1 claim stays as it is: changed since." in said(back)
    assert [Claim.objects.get(pk=c.pk).type.key for c in three] == ["fact", "fact", "figure"]


@pytest.mark.lengthy
def test_a_decision_on_what_was_given_back_is_no_decision_on_something_else(
    cast: Cast, world: World, three: list[Claim]
) -> None:
    lone = three[0]
    reviews.decide(by=world.reviewer, claim=lone, intent=DecideClaim("accepted"))
    shown = hidden(look(cast, [lone], type="figure"))
    done = cast.annotator.post(PAGE, {**shown, "type": "figure", "claim": ids(lone), "do": "do"})
    lone.refresh_from_db()
    assert lone.status == "submitted"
    assert "Edited since " in said(cast.viewer.get(f"/c/{lone.uuid}/"))
    cast.annotator.post(f"{done['Location']}undo/")
    lone.refresh_from_db()
    assert lone.status == "accepted"
    assert "Edited since " not in said(cast.viewer.get(f"/c/{lone.uuid}/"))


@pytest.mark.lengthy
def test_what_was_not_looked_at_is_not_done(cast: Cast, world: World, three: list[Claim]) -> None:
    shown = hidden(look(cast, three, type="figure"))
    other = cast.annotator.post(PAGE, {**shown, "type": "blame", "claim": ids(*three), "do": "do"})
    assert (other.status_code, "would change" in said(other)) == (200, True)
    unseen = cast.annotator.post(PAGE, {"type": "figure", "claim": ids(three[0]), "do": "do"})
    assert unseen.status_code == 200
    reviews.decide(by=world.reviewer, claim=three[1], intent=DecideClaim("accepted"))
    late = cast.annotator.post(PAGE, {**shown, "type": "figure", "claim": ids(*three), "do": "do"})
    assert (late.status_code, "Nothing was done" in said(late)) == (409, True)
    assert Claim.objects.filter(type__key="figure").count() == 0
    fresh = cast.annotator.post(PAGE, {**hidden(late), "type": "figure", "claim": ids(three[1]), "do": "do"})
    assert fresh.status_code == 302


def test_a_name_that_several_have_is_asked_back(cast: Cast, world: World, three: list[Claim]) -> None:
    page = said(look(cast, three[:1], named="e"))
    assert "Who is meant by" in page
    assert "would change" not in page
    assert "Nobody in this project is called like" in said(look(cast, three[:1], named="Xyzzy"))
    chosen = said(look(cast, three[:1], named="e", speaker=str(world.here.office.uuid)))
    assert "<ins>Harbour office</ins>" in chosen
    elsewhere = said(look(cast, three[:1], named="e", speaker=str(world.there.office.uuid)))
    assert "would change" not in elsewhere, "nobody of another project"


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "no claim is ticked"),
        ({"claim": ["x"]}, "UUID"),
        ({"row": ["a.b.c"], "do": "do"}, "UUID"),
        ({"claim": [str(uuid4()) for _ in range(MOST_ROWS + 1)]}, f"at most {MOST_ROWS}"),
        ({"claim": [str(uuid4())], "do": "look"}, "say what is to change"),
        ({"claim": [str(uuid4())], "do": "look", "type": "a\x00b"}, "control characters"),
        ({"claim": [str(uuid4())], "do": "look", "add": ["ferry"], "take": ["ferry"]}, "added and taken"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, sent: dict[str, Any], why: str) -> None:
    answer = cast.annotator.post(PAGE, sent)
    assert (answer.status_code, why in said(answer)) == (422, True)


@pytest.mark.lengthy
def test_claims_of_other_projects_are_not_there(cast: Cast, world: World) -> None:
    other = world.there.claim
    page = said(look(cast, [other], type="figure"))
    assert "No such claim here" in page
    assert other.annotation.quotes[0] not in page
    shown = hidden(look(cast, [world.here.lone], type="figure"))
    forged = {**shown, "row": [f"{other.uuid}.1."], "type": "figure", "claim": ids(other), "do": "do"}
    assert cast.annotator.post(PAGE, forged).status_code == 409
    assert cast.annotator.post(f"/p/here/claims/acts/{world.there.batch.uuid}/undo/").status_code == 404


@pytest.mark.lengthy
def test_reviewers_decide_on_many_and_annotators_do_not(world: World, cast: Cast) -> None:
    some = [world.here.lone, world.here.second_claim]
    sent = {"claim": [str(one.uuid) for one in some], "act": "decide", "decision": "rejected"}
    page = cast.reviewer.post("/p/here/claims/many/", {**sent, "do": "look"})
    assert page.status_code == 422
    assert "Nothing was done: say why." in page.content.decode()
    for odd in ("reopened", "\x00", "burnt"):
        assert (
            cast.reviewer.post("/p/here/claims/many/", {**sent, "decision": odd, "do": "look"}).status_code
            == 422
        )
    page = cast.reviewer.post("/p/here/claims/many/", {**sent, "reason": "<b>no</b>", "do": "look"})
    html = page.content.decode()
    assert page.status_code == 200
    assert "&lt;b&gt;no&lt;/b&gt;" in html
    assert html.count("<del>Submitted</del>") == 2
    hidden = {
        name: re.findall(rf'name="{name}" value="([^"]*)"', html) for name in ("row", "looked", "batch")
    }
    done = {
        **sent,
        "reason": "<b>no</b>",
        "do": "do",
        **{k: v if k == "row" else v[0] for k, v in hidden.items()},
    }
    made = cast.reviewer.post("/p/here/claims/many/", done)
    assert made.status_code == 302
    assert set(Claim.objects.filter(pk__in=[one.pk for one in some]).values_list("status", flat=True)) == {
        "rejected"
    }
    assert "Decision" in cast.viewer.get(made["Location"]).content.decode()
    assert cast.annotator.post(f"{made['Location']}undo/").status_code == 403
    assert cast.reviewer.post(f"{made['Location']}undo/").status_code == 302
    assert set(Claim.objects.filter(pk__in=[one.pk for one in some]).values_list("status", flat=True)) == {
        "submitted"
    }
    # who may not decide is offered what they may do instead
    page = cast.annotator.post("/p/here/claims/many/", {**sent, "reason": "no", "do": "do"})
    assert 'value="decide"' not in page.content.decode()
