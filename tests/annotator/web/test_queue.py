"""The queue: which claims by which rule, in which order, from which place; all of it in the address."""

import re
from typing import Any

import pytest
from django.test import Client

from annotator.actions import claims, recoding, reviews
from annotator.actions.projects import open_project
from annotator.intents.recode import RecodeClaim
from annotator.intents.review import DecideClaim
from annotator.models import Claim
from tests.factories import World, claim

from .conftest import Cast

QUEUE = "/p/here/review/"


def html(client: Client, **asked: Any) -> str:
    answer = client.get(QUEUE, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(page: str) -> list[str]:
    """The claims of the page in their order; only the first is in sight."""
    sections = re.findall(
        r'<section class="queued" [^>]*?(hidden)?><article[^>]* id="claim-([0-9a-f-]+)"', page
    )
    assert [hidden for hidden, _ in sections] == ["", *["hidden"] * (len(sections) - 1)]
    return [uuid for _, uuid in sections]


def names(*wanted: Claim) -> list[str]:
    return [str(one.uuid) for one in wanted]


def decide(world: World, one: Claim, decision: str, why: str = "") -> None:
    reviews.decide(by=world.reviewer, claim=one, intent=DecideClaim(decision, why))


@pytest.mark.lengthy
def test_the_longest_waiting_comes_first_and_a_place_is_kept(world: World, cast: Cast) -> None:
    here = world.here
    page = html(cast.reviewer)
    assert shown(page) == names(here.lone, here.second_claim)
    assert "2 claims wait" in page
    later = html(cast.reviewer, at=here.second_claim.uuid)
    assert shown(later) == names(here.second_claim)
    assert f'data-step="-1" href="{QUEUE}?at={here.lone.uuid}"' in later
    for one in (here.lone, here.second_claim):
        decide(world, one, "accepted")
    assert "Nothing waits for a review" in html(cast.reviewer)
    judged = html(cast.reviewer, at=here.lone.uuid)
    assert shown(judged) == names(here.lone), "a reload after a decision shows what was decided"


@pytest.mark.lengthy
def test_rules_orders_and_filters_narrow_it(world: World, cast: Cast) -> None:
    here = world.here
    more = claim(world.manager, here.snapshot, "nine days", type="figure")
    for one, decision in ((here.lone, "rejected"), (more, "accepted")):
        decide(world, one, decision, "so it is")
    for asked, wanted in (
        ({}, [here.second_claim]),
        ({"status": "disputed"}, [here.claim]),
        ({"status": "rejected"}, [here.lone]),
        ({"status": "accepted"}, [more]),
        ({"status": "any"}, [here.claim, here.lone, here.second_claim, more]),
        ({"status": "any", "order": "newest"}, [more, here.second_claim, here.lone, here.claim]),
        ({"status": "any", "speaker": here.actor.uuid}, [here.claim]),
        ({"status": "any", "article": here.second_article.uuid}, [here.second_claim]),
        ({"status": "any", "type": "figure"}, [more]),
        ({"status": "any", "q": '"eighteen lorries"'}, [here.lone]),
        ({"status": "withdrawn"}, [here.second_claim]),
        ({"status": "\x00", "order": "x", "at": "nonsense", "speaker": "x"}, [here.second_claim]),
        ({"at": world.there.lone.uuid}, [here.second_claim]),
    ):
        page = html(cast.reviewer, **asked)
        assert shown(page) == names(*wanted), asked
    none = html(cast.reviewer, status="returned")
    assert "No claim fits this rule" in none
    assert "1 other claim waits" in none


EACH, AT_THE_ENDS = tuple(range(1, 13)), (1, 6, 7, 12)
"""The steps back that are tried: all of them, or those on both sides of where a page ends."""


@pytest.mark.lengthy
def test_one_goes_through_all_of_it_forth_and_back_in_each_order(world: World, cast: Cast) -> None:
    for words in ("nine days", "stays shut", "its director", "Eighteen lorries", "lorries turned back") * 2:
        claim(world.manager, world.here.snapshot, words)
    orders = [went_through(cast, order) for order in ("", "newest", "first", "published")]
    assert all(sorted(one) == sorted(orders[0]) for one in orders)


def went_through(cast: Cast, order: str) -> list[str]:
    asked = {"order": order, "status": "any"}
    page = html(cast.reviewer, **asked)
    found = shown(page)
    assert len(found) == 7
    more = re.search(r'id="queue-more" hx-get="([^"]+)"', page)
    assert more
    rest = cast.reviewer.get(more[1].replace("&amp;", "&")).content.decode()
    assert "<html" not in rest
    further = re.findall(r'id="claim-([0-9a-f-]+)"', rest)
    assert rest.count("hidden><article") == len(further), "what is fetched ahead is not in sight"
    assert 'id="queue-end"' in rest
    everything = found + further
    assert len(everything) == len(set(everything)) == 13
    for i in AT_THE_ENDS if order else EACH:
        previous = re.search(
            r'data-step="-1" href="[^"]*at=([0-9a-f-]+)"', html(cast.reviewer, **asked, at=everything[i])
        )
        assert previous and previous[1] == everything[i - 1], (order, i)
    assert shown(html(cast.reviewer, **asked, at=everything[5]))[:3] == everything[5:8]
    return everything


@pytest.mark.lengthy
def test_an_edited_claim_returns_and_says_so(world: World, cast: Cast) -> None:
    lone = world.here.lone
    decide(world, lone, "accepted")
    recoding.recode(by=world.manager, claim=lone, intent=RecodeClaim("figure"), version=1)
    assert shown(html(cast.reviewer))[0] == str(lone.uuid)
    page = html(cast.reviewer, status="returned")
    assert shown(page) == names(lone)
    assert re.search(r"Edited since Reviewer accepted it</b>.*It waits to be judged again", page)
    decide(world, lone, "accepted")
    again = html(cast.reviewer, at=lone.uuid)
    assert "Edited since Reviewer" not in again
    assert "2 decisions so far" in again, "the history of decisions"


def test_what_is_in_dispute_is_settled_either_way(world: World, cast: Cast) -> None:
    page = html(cast.manager, status="disputed")
    for decision in ("accepted", "rejected", "reopened"):
        assert f'name="decision" value="{decision}"' in page
    assert 'name="decision" value="disputed"' not in page


@pytest.mark.lengthy
def test_what_was_withdrawn_or_is_a_draft_is_not_in_it(world: World, cast: Cast) -> None:
    here = world.here
    draft = claim(world.manager, here.snapshot, "nine days", status="draft")
    claims.withdraw(by=world.manager, claim=here.lone)
    for asked in ({}, {"status": "any"}, {"status": "any", "at": draft.uuid}, {"at": here.lone.uuid}):
        assert not {str(draft.uuid), str(here.lone.uuid)} & set(shown(html(cast.reviewer, **asked)))


@pytest.mark.lengthy
def test_its_speakers_are_those_whose_claims_wait(world: World, cast: Cast) -> None:
    assert "Ilse Brandt (" not in html(cast.reviewer)
    assert "Ilse Brandt (1)" in html(cast.reviewer, status="disputed")
    chosen = html(cast.reviewer, speaker=world.here.actor.uuid)
    assert f'<option value="{world.here.actor.uuid}" selected>Ilse Brandt (0)' in chosen
    there = html(cast.reviewer, speaker=world.there.actor.uuid)
    assert str(world.there.actor.uuid) not in re.findall(r'<option value="([^"]*)"', there)


@pytest.mark.lengthy
def test_a_card_comes_alone_and_only_to_whom_may_see_it(world: World, cast: Cast) -> None:
    lone = world.here.lone
    card = cast.viewer.get(f"/c/{lone.uuid}/card/").content.decode()
    assert card.count(f'id="claim-{lone.uuid}"') == 1
    assert "<html" not in card
    assert cast.stranger.get(f"/c/{lone.uuid}/card/").status_code == 404
    assert cast.nobody.get(f"/c/{lone.uuid}/card/").status_code == 302
    world.here.project.is_public = True
    world.here.project.save()
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/c/{world.here.claim.uuid}/"}
    for visitor, deeds in ((cast.viewer, True), (cast.nobody, False)):
        told = visitor.get(f"/c/{world.here.claim.uuid}/card/", headers=asked).content.decode()
        assert "What became of it" in told
        assert ("<small><time" in told) == deeds, "its history is the members'"
    elsewhere = {"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/p/"}
    assert "elsewhere" not in cast.reviewer.get(f"/c/{lone.uuid}/card/", headers=elsewhere).content.decode()


@pytest.mark.lengthy
def test_what_was_sought_is_marked_in_the_queue_and_on_a_card_that_comes_anew(
    world: World, cast: Cast
) -> None:
    hit = '<mark class="hit">Eighteen</mark>'
    assert hit in html(cast.reviewer, q="eighteen")
    assert "hit" not in re.findall(r'mark class="([^"]*)"', html(cast.reviewer))
    card = f"/c/{world.here.lone.uuid}/card/"
    for page, marked in (("/p/here/claims/?q=eighteen&order=oldest#x", True), ("/p/here/claims/?q", False)):
        asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}
        assert (hit in cast.reviewer.get(card, headers=asked).content.decode()) is marked


def test_a_project_without_a_claim_is_not_told_that_all_were_judged(world: World, cast: Cast) -> None:
    open_project(by=world.manager, name="Bare", slug="bare")
    page = cast.manager.get("/p/bare/review/").content.decode()
    assert "No claim was submitted yet." in page and "has been judged" not in page
    assert "0 claims wait." in page


def test_how_many_fit_the_rule_is_told_alone_for_a_page_that_goes_on(world: World, cast: Cast) -> None:
    assert html(cast.reviewer, part="count").strip() == "2 claims wait, the longest waiting first."
    asked = {"speaker": world.here.actor.uuid, "status": "disputed"}
    page = html(cast.reviewer, at=world.here.lone.uuid, **asked)
    (url,) = re.findall(r'id="queue-count" data-url="([^"]+)"', page)
    told = [cast.reviewer.get(url.replace("&amp;", "&")).content.decode().strip()]
    decide(world, world.here.claim, "accepted")
    told.append(cast.reviewer.get(url.replace("&amp;", "&")).content.decode().strip())
    assert told == ["1 claim to look through.", "0 claims to look through."]
    assert cast.stranger.get("/p/there/review/?part=count").status_code == 404
