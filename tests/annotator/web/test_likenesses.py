"""Likely duplicates: proposed with a reason, silenced by what somebody says, never merged by themselves."""

from typing import Any

import pytest

from annotator.models import Actor, ActorComparison
from tests.factories import World, annotate, merged, new_actor

from .conftest import Cast

PAGE = "/p/here/speakers/alike/"


@pytest.fixture
def surname(world: World) -> Actor:
    """The director, called by surname alone."""
    ActorComparison.objects.all().delete()
    side = world.here
    named = new_actor("Ms. Brandt", naming="named")
    return annotate(world.manager, side.snapshot, "actor", "its director", **named).mention.actor


def said(answer: Any) -> str:
    return answer.content.decode()


def pair(one: Actor, other: Actor, sameness: str) -> dict[str, str]:
    return {"first": str(one.uuid), "second": str(other.uuid), "sameness": sameness}


def test_a_surname_is_proposed_with_the_reason_and_nothing_is_merged(
    cast: Cast, world: World, surname: Actor
) -> None:
    page = said(cast.viewer.get(PAGE))
    assert "1 proposal<" in page
    assert "the same surname" in page
    assert "Ms. Brandt" in page
    assert "Not the same" not in page, "a viewer says nothing"
    assert not Actor.objects.exclude(merged_into=None).exists()
    annotate(world.manager, world.here.snapshot, "actor", "a crack", **new_actor("Otto Brandt"))
    assert "No two are alike" in said(cast.viewer.get(PAGE)), "a surname with two candidates proposes nobody"


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("sameness", "heading"), [("perhaps", "Said to be perhaps"), ("different", "Said not to be")]
)
def test_what_is_said_silences_the_proposal_until_it_is_taken_back(
    cast: Cast, world: World, surname: Actor, sameness: str, heading: str
) -> None:
    actor = world.here.actor
    assert cast.annotator.post(PAGE, pair(surname, actor, sameness)).status_code == 302
    page = said(cast.annotator.get(PAGE))
    assert "No two are alike" in page
    assert heading in page
    told = said(cast.viewer.get(f"/p/here/speakers/{actor.uuid}/"))
    assert ("Perhaps the same as" in told) == (sameness == "perhaps")
    other = {"perhaps": "different", "different": "perhaps"}[sameness]
    assert cast.annotator.post(PAGE, pair(actor, surname, other)).status_code == 302
    assert ActorComparison.objects.get().sameness == other, "the last word stands, one for the pair"
    assert cast.annotator.post(PAGE, pair(actor, surname, "")).status_code == 302
    assert "the same surname" in said(cast.annotator.get(PAGE))


def test_those_who_were_merged_are_proposed_no_more_and_are_spoken_of_as_their_survivor(
    cast: Cast, world: World, surname: Actor
) -> None:
    cast.annotator.post(PAGE, pair(surname, world.here.office, "different"))
    merged(world.manager, world.here.actor, surname)
    page = said(cast.annotator.get(PAGE))
    assert "No two are alike" in page
    assert "Ms. Brandt" not in page
    assert "Said not to be" in page


def test_nobody_anonymous_is_proposed(cast: Cast, world: World, surname: Actor) -> None:
    side = world.here
    for text, name in ((side.snapshot, "an engineer"), (side.second_snapshot, "an engineer")):
        hidden = new_actor(name, naming="anonymous")
        words = "An engineer" if text == side.snapshot else "Two ferries"
        annotate(world.manager, text, "actor", words, **hidden)
    assert "an engineer" not in said(cast.viewer.get(PAGE))


@pytest.mark.lengthy
def test_two_who_are_compared_can_be_said_not_to_be_one(cast: Cast, world: World, surname: Actor) -> None:
    actor = world.here.actor
    page = said(cast.annotator.get(f"/p/here/speakers/{actor.uuid}/merge/?with={surname.uuid}"))
    assert f'formaction="{PAGE}"' in page and "Not the same" in page
    sent = {"survivor": str(actor.uuid), "reason": "one is a man", **pair(actor, surname, "different")}
    assert cast.annotator.post(PAGE, sent).status_code == 302
    comparison = ActorComparison.objects.get()
    assert (comparison.sameness, comparison.note) == ("different", "one is a man")
    alone = said(cast.annotator.get(f"/p/here/speakers/{actor.uuid}/merge/?with={actor.uuid}"))
    assert "Not the same" not in alone


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "change", [{"first": "x"}, {"second": ""}, {"sameness": "same"}, {"note": "x" * 3000}, {"first": "\x00"}]
)
def test_what_is_not_said_like_that(cast: Cast, world: World, surname: Actor, change: dict[str, str]) -> None:
    answer = cast.annotator.post(PAGE, pair(surname, world.here.actor, "perhaps") | change)
    assert answer.status_code == 422
    assert cast.annotator.post(PAGE, pair(surname, surname, "perhaps")).status_code == 422
    foreign = pair(surname, world.there.actor, "perhaps")
    assert cast.annotator.post(PAGE, foreign).status_code == 422
    assert cast.viewer.post(PAGE, pair(surname, world.here.actor, "perhaps")).status_code == 403
    assert not ActorComparison.objects.exists()


def test_the_page_takes_a_fixed_number_of_queries(
    cast: Cast, world: World, surname: Actor, queries: Any
) -> None:
    before = queries(cast.annotator, PAGE)
    for n in range(3):
        annotate(world.manager, world.here.snapshot, "actor", "lorries", **new_actor(f"Nordpost {n}"))
        annotate(world.manager, world.here.snapshot, "actor", "lorries", **new_actor(f"Mr. Nordpost {n}"))
    assert queries(cast.annotator, PAGE) == before
