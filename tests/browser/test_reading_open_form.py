"""Keys pressed in the text while a form is open: what they do is not undone when the form is saved."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim, ClaimTopic
from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import drag, place, saved

pytestmark = pytest.mark.browser
KNOWN = "the crack was known in spring"


def said_by_the_office(world: World, here: Side) -> Claim:
    link = {"sources": [{"actor": str(here.office.uuid)}]}
    return claim(world.manager, here.snapshot, KNOWN, voice="attributed", chains=[[link]])


def opened(page: Page, made: Claim) -> None:
    page.locator(f"#card-{made.uuid} .mini-main").click()
    page.locator(f"#card-{made.uuid}").get_by_role("button", name="Edit").click()
    expect(page.locator(".sheet-form")).to_be_visible()


def double_click(page: Page, side: Side, before: str) -> None:
    """Selects the word that stands right before `before`."""
    at = place(page, side, before)
    page.mouse.dblclick(at["x1"] - 12, at["y1"])
    expect(page.locator(".tools")).to_be_visible()


def cues(made: Claim) -> list[list[str]]:
    return [cue.annotation.quotes for link in made.attributions.all() for cue in link.cues.all()]


def test_a_cue_goes_into_the_open_form_of_its_claim(visitor: Visitor, world: World, here: Side) -> None:
    made = said_by_the_office(world, here)
    page = visitor.open(here)
    opened(page, made)
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("u")
    expect(page.locator(".sheet-form .cue-open")).to_have_text(["said"])
    expect(page.locator("#room-live")).to_contain_text("The open form takes the cue: said")
    assert cues(made) == [], "saved with the form, and not before"
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert cues(made) == [["said"]]
    page.keyboard.press("z")
    saved(page)
    assert cues(made) == []


def test_a_cue_beside_a_new_claims_form_is_not_put_on_a_neighbour(
    visitor: Visitor, world: World, here: Side
) -> None:
    neighbour = said_by_the_office(world, here)
    page = visitor.open(here)
    drag(page, here, "the inquiry is open")
    page.keyboard.press("c")
    page.keyboard.press("1")
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("u")
    expect(page.locator(".sheet-form .cue-open").last).to_have_text("said")
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    assert cues(neighbour) == []
    assert cues(Claim.objects.latest("pk"))[-1:] == [["said"]]


def test_a_code_is_not_put_on_a_claim_behind_its_open_form(
    visitor: Visitor, world: World, here: Side
) -> None:
    made = said_by_the_office(world, here)
    page = visitor.open(here)
    opened(page, made)
    double_click(page, here, f" {KNOWN}")
    page.keyboard.press("t")
    expect(page.locator("#room-live")).to_contain_text("Its form is open: save or leave that first.")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Save Enter", exact=True).click()
    saved(page)
    drag(page, here, "in spring")
    page.keyboard.press("t")
    page.get_by_label("Name", exact=True).fill("ferries")
    page.get_by_role("button", name="Take Ferry").click()
    saved(page)
    assert set(ClaimTopic.objects.filter(claim=made).values_list("topic__key", flat=True)) == {"ferry"}
