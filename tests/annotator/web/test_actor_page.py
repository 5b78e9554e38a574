"""An actor's page: claims by it and about it, its events, its company, its time."""

from typing import Any

import pytest

from annotator.models import Actor
from annotator.queries.actor_page import claims_about, company_of
from tests.factories import Side, World, annotate, claim, merged, new_actor

from .conftest import Cast


@pytest.fixture
def side(world: World) -> Side:
    return world.here


@pytest.fixture
def cafe(world: World) -> Actor:
    """Marked inside a claim of somebody else."""
    named = new_actor("Zum Kai", "organisation")
    return annotate(world.manager, world.here.snapshot, "actor", "Zum Kai", **named).mention.actor


def said(answer: Any) -> str:
    return answer.content.decode()


def page(actor: Actor, show: str = "") -> str:
    return f"/p/here/speakers/{actor.uuid}/" + (f"?show={show}" if show else "")


def test_claims_about_hold_a_mention_and_are_not_its_own(world: World, side: Side, cafe: Actor) -> None:
    whole = "The Cafe\u0301 Zum Kai denies that anyone was warned"
    about = claim(world.manager, side.snapshot, whole)
    claim(world.manager, side.snapshot, "anyone was warned")
    own = {"voice": "attributed", "chains": [[{"sources": [{"actor": str(cafe.uuid)}]}]]}
    claim(world.manager, side.snapshot, "The Cafe\u0301 Zum Kai denies", **own)
    assert list(claims_about(cafe, "viewer")) == [about]
    draft = claim(world.manager, side.snapshot, "Zum Kai denies that", status="draft")
    assert set(claims_about(cafe, "viewer")) == {about, draft}
    assert list(claims_about(cafe, None)) == [about], "a reader sees no draft"
    merged(world.manager, side.office, cafe)
    assert about in claims_about(side.office, "viewer")


@pytest.mark.lengthy
def test_the_page_shows_them_in_views_of_its_own(cast: Cast, world: World, side: Side, cafe: Actor) -> None:
    claim(world.manager, side.snapshot, "The Cafe\u0301 Zum Kai denies that anyone was warned")
    assert "denies that anyone" in said(cast.viewer.get(page(cafe, "about")))
    assert "No claim by Zum Kai" in said(cast.viewer.get(page(cafe)))
    told = said(cast.viewer.get(page(side.actor, "context")))
    for words in ("Crack found", "finder", "Harbour office", "Appears with"):
        assert words in told
    company = told[told.index("Appears with") : told.index("What became of the record")]
    assert "an engineer" not in company, "nobody anonymous is anybody's company"
    assert cast.viewer.get(page(side.actor, "nonsense")).status_code == 200
    assert cast.viewer.get(page(side.actor, "about") + "&status=accepted").status_code == 200


def test_company_is_counted_by_links_and_by_articles(world: World, side: Side) -> None:
    both = [{"actor": str(side.actor.uuid)}, {"actor": str(side.office.uuid)}]
    chains = {"voice": "attributed", "chains": [[{"sources": both}]]}
    claim(world.manager, side.snapshot, "a crack", **chains)
    found = {one.name: (one.links, one.articles) for one in company_of(side.actor, "viewer")}
    assert found == {"Harbour office": (1, 1), "Nordpost": (0, 1)}
    agency = Actor.objects.get(project=side.project, name="Nordpost")
    merged(world.manager, side.actor, agency)
    found = {one.name: (one.links, one.articles) for one in company_of(side.actor, "viewer")}
    assert found == {"Harbour office": (1, 1)}


@pytest.mark.lengthy
def test_anonymous_speakers_are_numbered_by_themselves(cast: Cast, world: World, side: Side) -> None:
    """By words and article, in the order in which they were made; outlet and date are the record's."""
    guards = []
    for words in ("the crack", "in spring", "Eighteen lorries"):
        named = new_actor("a guard", naming="anonymous", number="one")
        guards.append(annotate(world.manager, side.snapshot, "actor", words, **named).mention.actor)
    source = [{"actor": str(guards[1].uuid)}]
    claim(world.manager, side.snapshot, "a crack", voice="attributed", chains=[[{"sources": source}]])
    listed = said(cast.viewer.get("/p/here/speakers/"))
    assert "a guard #2" in listed
    assert "The Velm Courier" in listed
    told = said(cast.viewer.get(page(guards[1])))
    assert "a guard #2" in told
    assert "an engineer #1" in said(cast.viewer.get(page(side.anonymous))), (
        "a number written by hand is not said twice"
    )
    room = cast.viewer.get(f"/api/v1/projects/here/articles/{side.article.uuid}/room/").json()
    assert {a["label"] for a in room["actors"] if "label" in a} == {
        "an engineer #1",
        "a guard #1",
        "a guard #2",
        "a guard #3",
    }


@pytest.mark.lengthy
def test_the_page_takes_a_fixed_number_of_queries(
    cast: Cast, world: World, side: Side, cafe: Actor, queries: Any
) -> None:
    claim(world.manager, side.snapshot, "The Cafe\u0301 Zum Kai denies that anyone was warned")
    before = [queries(cast.viewer, page(cafe, show)) for show in ("about", "context")]
    for n in range(3):
        claim(world.manager, side.snapshot, "Zum Kai denies that anyone")
        annotate(world.manager, side.snapshot, "actor", "Zum Kai", **new_actor(f"House {n}"))
    assert [queries(cast.viewer, page(cafe, show)) for show in ("about", "context")] == before
