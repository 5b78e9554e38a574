"""What a form does not show to be changed goes back as it was: each speaker's basis, and the claim around."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import claims
from annotator.models import AttributionSource, Claim
from tests.factories import Side, World, claim, new_actor

from .conftest import Visitor
from .reading import cursor_at, saved

pytestmark = pytest.mark.browser


def opened(visitor: Visitor, here: Side, made: Claim) -> Page:
    page = visitor.open(here, f"#c-{made.uuid}")
    page.keyboard.press("Enter")
    expect(page.locator("form.sheet-form")).to_be_visible()
    return page


def paraphrased(page: Page) -> None:
    page.locator("#claim-paraphrase").fill("In other words")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)


def bases(made: Claim) -> list[tuple[str, str, str]]:
    sources = AttributionSource.objects.filter(attribution__claim=made)
    return sorted(sources.values_list("actor__name", "basis", "confidence"))


def linked(world: World, here: Side) -> Claim:
    first: dict[str, Any] = {
        "role": "said",
        "sources": [
            new_actor("Ines Moro"),
            {**new_actor("Petra Vance"), "basis": "interpretive", "confidence": "probable"},
        ],
    }
    second = {"role": "relayed", "sources": [{**new_actor("Nordbote", "outlet"), "basis": "inferential"}]}
    chains = [[first, second]]
    return claim(world.manager, here.snapshot, "anyone was warned", voice="attributed", chains=chains)


def test_each_speaker_keeps_what_naming_this_one_rests_on(visitor: Visitor, world: World, here: Side) -> None:
    made = linked(world, here)
    before = bases(made)
    assert ("Petra Vance", "interpretive", "probable") in before
    page = opened(visitor, here, made)
    paraphrased(page)
    assert bases(made) == before


def test_each_speaker_has_a_row_of_their_own(visitor: Visitor, world: World, here: Side) -> None:
    made = linked(world, here)
    page = opened(visitor, here, made)
    expect(page.get_by_label("Petra Vance rests on")).to_have_value("interpretive")
    page.get_by_label("Ines Moro rests on").select_option("inferential")
    page.get_by_label("Nordbote rests on").select_option("textual")
    page.get_by_role("button", name="Remove Petra Vance").click()
    expect(page.get_by_label("Petra Vance rests on")).to_have_count(0)
    paraphrased(page)
    assert [row[:2] for row in bases(made)] == [("Ines Moro", "inferential"), ("Nordbote", "textual")]


def test_it_stays_within_a_claim_that_was_withdrawn(visitor: Visitor, world: World, here: Side) -> None:
    outer = claim(world.manager, here.snapshot, "anyone was warned")
    inner = claim(world.manager, here.snapshot, "stays shut for nine days", inside=str(outer.uuid))
    claims.withdraw(by=world.manager, claim=outer)
    page = opened(visitor, here, inner)
    page.locator("summary", has_text="More").click()
    chosen = page.get_by_label("Lies within").locator("option:checked")
    expect(chosen).to_have_text("a claim that was withdrawn")
    paraphrased(page)
    inner.refresh_from_db()
    assert (inner.inside_id, inner.paraphrase) == (outer.pk, "In other words")


def test_it_stays_within_a_claim_that_is_far_away(visitor: Visitor, world: World, here: Side) -> None:
    outer = claim(world.manager, here.snapshot, "anyone was warned")
    inner = claim(world.manager, here.snapshot, "stays shut for nine days", inside=str(outer.uuid))
    for _ in range(31):
        claim(world.manager, here.snapshot, "stays shut for nine days")
    page = opened(visitor, here, inner)
    paraphrased(page)
    inner.refresh_from_db()
    assert (inner.inside_id, inner.paraphrase) == (outer.pk, "In other words")


def test_who_passed_on_what_nobody_is_named_for(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "Eighteen")
    page.keyboard.press("c")
    page.get_by_role("option", name="Agentless “").click()
    page.get_by_role("button", name="+ relayed by").click()
    expect(page.locator("#room-live")).to_contain_text("First name who said it")
