"""A part of the text becomes something else, by mouse and by keyboard, and no offset moves."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from sources.actions import judge_block
from sources.models import Block
from sources.text.offsets import Extent
from tests.factories import Side, World

from .conftest import Visitor
from .reading import cursor_at, drag, painted, place, saved, stored, where

pytestmark = pytest.mark.browser
LAST = "The Cafe"


def holding(side: Side, words: str) -> Block:
    start, _ = where(side, words)
    return Block.objects.get(snapshot=side.snapshot, start__lte=start, end__gt=start)


def shown(page: Page, block: Block) -> object:
    return page.locator(f"[data-block='{block.position}']")


def test_by_key_a_paragraph_becomes_a_heading_and_claims_stay(visitor: Visitor, here: Side) -> None:
    block = holding(here, LAST)
    page = visitor.open(here)
    before = page.locator("#room-text").text_content()
    spans = painted(page, "claim")
    cursor_at(page, here, "denies that")
    page.keyboard.press("b")
    expect(page.get_by_role("dialog", name="This part is a")).to_be_visible()
    page.keyboard.press("7")
    expect(page.locator("#room-live")).to_have_text("This part: Heading")
    expect(shown(page, block)).to_have_attribute("class", "block block-heading")
    assert shown(page, block).evaluate("(e) => e.tagName") == "H2"
    expect(page.locator("#room-text")).to_be_focused()
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked, block.version) == ("heading", False, 2)
    assert painted(page, "claim") == spans
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(here, "anyone was warned").extent == Extent.of(where(here, "anyone was warned"))
    page.reload()
    visitor.ready()
    assert page.locator("#room-text").text_content().split() == before.split()
    assert "anyone was warned" in painted(page, "claim")


def test_by_mouse_a_paragraph_is_masked_and_folded_and_undone(visitor: Visitor, here: Side) -> None:
    block = holding(here, LAST)
    page = visitor.open(here)
    folds = page.locator(".fold").count()
    at = place(page, here, "denies that")
    page.mouse.move(at["x1"], at["y1"])
    page.locator(".block-handle").click()
    page.get_by_role("button", name="Boilerplate").click()
    saved(page)
    expect(shown(page, block)).to_be_hidden()
    expect(page.locator(".fold summary").last).to_have_text("1 line masked: boilerplate")
    expect(page.locator(".outline-masked").last).to_contain_text("boilerplate")
    block.refresh_from_db()
    assert (block.role, block.masked) == ("boilerplate", True)
    page.reload()
    visitor.ready()
    expect(page.locator(".fold summary").last).to_have_text("1 line masked: boilerplate")
    page.locator(".fold summary").last.click()
    cursor_at(page, here, "denies that")
    page.keyboard.press("b")
    page.keyboard.press("m")
    expect(page.locator(".fold")).to_have_count(folds)
    page.keyboard.press("z")
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked, block.version) == ("boilerplate", True, 4)
    expect(page.locator(".fold")).to_have_count(folds + 1)
    page.keyboard.press("Shift+Z")
    saved(page)
    block.refresh_from_db()
    assert (block.masked, block.version) == (False, 5)
    expect(page.locator(".fold")).to_have_count(folds)


def test_one_key_masks_and_takes_back(visitor: Visitor, here: Side) -> None:
    block = holding(here, LAST)
    page = visitor.open(here)
    folds = page.locator(".fold").count()
    for words in ("denies that", "Eighteen lorries"):
        cursor_at(page, here, words)
        page.keyboard.press("Shift+B")
        expect(page.locator("#room-live")).to_have_text("Masked: Boilerplate, masked")
    expect(page.locator(".fold")).to_have_count(folds + 1)
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked) == ("boilerplate", True)
    page.locator("#room-text").focus()
    cursor_at(page, here, "The bridge at Velm")
    for _ in range(12):
        if page.evaluate("document.activeElement.matches('.fold > summary')"):
            break
        page.keyboard.press("j")
    expect(page.locator(".fold summary").last).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#room-text")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Shift+B")
    expect(page.locator("#room-live")).to_have_text("Taken back: 2 lines")
    expect(page.locator(".fold")).to_have_count(folds)
    expect(shown(page, block)).to_be_visible()
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked) == ("paragraph", False)
    page.keyboard.press("z")
    expect(page.locator(".fold")).to_have_count(folds + 1)
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked) == ("boilerplate", True)


def test_masked_lines_join_and_part_again(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    start = page.locator(".fold").count()
    paragraphs = [holding(here, words) for words in ("The bridge at Velm", "Eighteen lorries", LAST)]
    for block in (paragraphs[0], paragraphs[2], paragraphs[1]):
        page.evaluate(
            "(e) => e.closest('details')?.setAttribute('open', '')", shown(page, block).element_handle()
        )
        cursor_at(page, here, here.snapshot.text[block.start : block.start + 12])
        page.keyboard.press("b")
        page.keyboard.press("m")
    last = page.locator(".fold").last
    # a byline masked by the import stands right before the first paragraph
    lines = 3 + start
    expect(last.locator("summary")).to_contain_text(f"{lines} lines masked")
    saved(page)
    last.evaluate("(e) => { e.open = true; }")
    expect(shown(page, paragraphs[1])).to_be_in_viewport()  # drawn: a press lands on what was drawn last
    cursor_at(page, here, "Eighteen")
    page.keyboard.press("b")
    page.keyboard.press("m")
    expect(page.locator(".fold")).to_have_count(2)
    assert shown(page, paragraphs[1]).evaluate("(e) => e.closest('details')") is None
    saved(page)
    order = page.locator("[data-block]").evaluate_all("(all) => all.map((e) => Number(e.dataset.block))")
    assert order == sorted(order)
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    saved(page)
    assert Claim.objects.latest("pk").annotation.quotes == ["Eighteen"]


def test_anothers_judgement_shows_and_leaves_the_selection(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    judge_block(by=world.reviewer, block=holding(here, LAST), role="caption", masked=True)
    expect(shown(page, holding(here, LAST))).to_have_attribute("class", "block block-caption")
    expect(shown(page, holding(here, LAST))).to_be_visible()
    assert page.evaluate("getSelection().toString()") == "anyone was warned"
    judge_block(by=world.reviewer, block=holding(here, "Eighteen"), role="heading", masked=False)
    expect(shown(page, holding(here, "Eighteen"))).to_have_attribute("class", "block block-heading")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    saved(page)
    assert stored(here, "anyone was warned")


def test_two_judgements_at_once_are_shown_side_by_side(visitor: Visitor, world: World, here: Side) -> None:
    visitor.page.route("**/changes/", lambda route: route.abort())
    page = visitor.open(here)
    judge_block(by=world.reviewer, block=holding(here, LAST), role="caption", masked=False)
    cursor_at(page, here, "denies that")
    page.keyboard.press("b")
    page.keyboard.press("2")
    dialog = page.locator("dialog.troubles")
    expect(dialog).to_contain_text("Standfirst")
    expect(dialog).to_contain_text("Caption")
    page.get_by_role("button", name="Take the stored one").click()
    expect(shown(page, holding(here, LAST))).to_have_attribute("class", "block block-caption")
    saved(page)
    assert holding(here, LAST).version == 2


def test_a_part_is_changed_by_touch(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('[data-block=\"3\"] .s'))")
    page.locator(".tools [data-kind=block]").tap()
    page.locator(".block-menu [data-role=caption]").tap()
    saved(page)
    assert Block.objects.get(snapshot=here.snapshot, position=3).role == "caption"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
