"""Addresses that open a text at a sentence or a claim, with it marked: folded, filtered, right to left."""

import pytest
from playwright.sync_api import Page, expect

from sources.actions import judge_block
from tests.factories import Side, World, claim, stored

from .conftest import Visitor
from .reading import painted
from .site import ARABIC
from .test_reading_blocks import holding

pytestmark = pytest.mark.browser
IN_VIEW = """(uuid) => {
  const name = ['claim-current', 'claim-flash'].find((one) => CSS.highlights.get(one).size);
  const [range] = CSS.highlights.get(name);
  const live = document.createRange();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  const { top, bottom, left, right } = live.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
}"""


def marked(page: Page, uuid: object, words: str) -> None:
    assert painted(page, "claim-current") == [words]
    expect(page.locator("[data-current=true]")).to_have_id(f"card-{uuid}")
    page.wait_for_function(IN_VIEW)


def test_from_a_claims_page_one_key_leads_to_it_in_its_text(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/c/{here.lone.uuid}/")
    page.keyboard.press("o")
    page.wait_for_url("**/articles/*/#c-*")
    visitor.ready()
    marked(page, here.lone.uuid, "Eighteen lorries turned back")
    page.go_back()
    page.get_by_role("link", name="marked in its text").click()
    visitor.ready()
    marked(page, here.lone.uuid, "Eighteen lorries turned back")


def test_a_claim_in_a_fold_and_behind_a_filter(visitor: Visitor, world: World, here: Side) -> None:
    judge_block(by=world.manager, block=holding(here, "Eighteen"), role="boilerplate", masked=True)
    page = visitor.open(here)
    page.locator("#room-filter [data-kind=event]").click()
    page.evaluate("(uuid) => { location.hash = `c-${uuid}`; }", str(here.lone.uuid))
    marked(page, here.lone.uuid, "Eighteen lorries turned back")
    expect(page.locator(f"#card-{here.lone.uuid}")).to_be_in_viewport()
    number = here.lone.annotation.sentence.number
    page = visitor.open(here, f"?again#s{number}")
    assert painted(page, "sentence-mark")[0].startswith("Eighteen lorries")
    expect(page.locator(f"#s{number}")).to_be_in_viewport()


def test_a_link_to_what_is_gone_says_so(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here, "#c-00000000-0000-4000-8000-000000000000")
    expect(page.locator("#room-live")).to_have_text(
        "What the link names is not marked in this text, or not any more."
    )


def test_a_link_to_a_sentence_that_is_not_there_says_so(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here, "#s999")
    last = page.locator(".s").last.get_attribute("data-n")
    expect(page.locator(".said")).to_have_text(f"This text has no sentence 999: its last one is {last}.")
    page.evaluate("location.hash = 's2'")
    expect(page.locator("#s2")).to_be_in_viewport()


def in_arabic(window: Visitor, world: World) -> None:
    snapshot = stored(world.manager, world.here.project, ARABIC, "الجسر")
    made = claim(world.manager, snapshot, "إن الجسر آمن")
    page = window.page
    page.goto(f"{window.address}/c/{made.uuid}/")
    page.get_by_role("link", name="marked in its text").click()
    window.ready()
    marked(page, made.uuid, "إن الجسر آمن")
    assert page.locator("#room-text").evaluate("(e) => getComputedStyle(e).direction") == "rtl"


def test_right_to_left(visitor: Visitor, world: World) -> None:
    in_arabic(visitor, world)


def test_right_to_left_on_a_phone(phone: Visitor, world: World) -> None:
    in_arabic(phone, world)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
