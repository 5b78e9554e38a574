"""Finding one's way among many annotations: what lies at the cursor, and the list by speaker and author."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import cards, click, cursor_at, drag, saved

pytestmark = pytest.mark.browser
SPAN = "An engineer who asked not to be named because the inquiry is open"


def current(page: Page) -> str | None:
    return page.locator("[data-current=true]").get_attribute("id")


def test_a_key_lists_what_is_at_the_cursor_and_a_digit_chooses(
    visitor: Visitor, world: World, here: Side
) -> None:
    outer = claim(world.manager, here.snapshot, SPAN)
    inner = claim(world.manager, here.snapshot, "the inquiry is open")
    page = visitor.open(here)
    cursor_at(page, here, "inquiry is")
    page.keyboard.press("l")
    listed = page.get_by_role("dialog", name="Marked here").get_by_role("button")
    expect(listed).to_have_count(3)  # and the reason of the anonymous speaker
    order = listed.evaluate_all("(all) => all.map((e) => e.dataset.uuid)")
    assert (order[0], order[-1]) == (str(inner.uuid), str(outer.uuid)), "the shortest first"
    page.keyboard.press("3")
    assert current(page) == f"card-{outer.uuid}"
    expect(page.locator("#room-text")).to_be_focused()
    page.keyboard.press("l")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert current(page) == f"card-{inner.uuid}"
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert current(page) == f"card-{inner.uuid}"


def test_where_nothing_is_marked_it_says_so(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "denies")
    page.keyboard.press("l")
    expect(page.locator("#room-live")).to_have_text("Nothing is marked at the cursor.")


def test_further_clicks_go_round(visitor: Visitor, world: World, here: Side) -> None:
    claim(world.manager, here.snapshot, SPAN)
    claim(world.manager, here.snapshot, "the inquiry is open")
    page = visitor.open(here)
    chosen = []
    for _ in range(6):
        click(page, here, "inquiry")
        chosen.append(current(page))
    assert len(set(chosen[:3])) == 3
    assert chosen[3:] == chosen[:3]


def test_the_list_by_speaker_and_by_author(visitor: Visitor, world: World, here: Side) -> None:
    said = {"role": "said", "sources": [{"actor": str(here.office.uuid)}]}
    claim(world.reviewer, here.snapshot, "stays shut for nine days", voice="attributed", chains=[[said]])
    page = visitor.open(here)
    assert len(cards(page)) == 3
    page.get_by_label("Speaker").select_option(label="Harbour office")
    assert cards(page) == ["stays shut for nine days"]
    expect(page.locator("#room-filter [data-kind=claim] em")).to_have_text("1")
    page.get_by_label("Author").select_option(label="Manager")
    expect(page.locator(".mini-empty")).to_contain_text("No claims of this speaker or author.")
    page.get_by_role("button", name="Show everyone’s").click()
    assert len(cards(page)) == 3
    page.get_by_label("Author").select_option(label="Reviewer")
    assert cards(page) == ["stays shut for nine days"]
    click(page, here, "Eighteen")  # what is chosen in the text is always listed
    expect(page.locator(f"#card-{here.lone.uuid}")).to_be_visible()
    expect(page.get_by_label("Author")).to_have_value("")
    page.get_by_label("Speaker").select_option(label="Ilse Brandt")
    page.locator("#room-filter [data-kind=actor]").click()
    assert cards(page) == ["Ilse Brandt"]


def test_a_new_claim_leaves_the_list_narrowed_and_says_so(visitor: Visitor, world: World, here: Side) -> None:
    said = {"role": "said", "sources": [{"actor": str(here.office.uuid)}]}
    claim(world.reviewer, here.snapshot, "stays shut for nine days", voice="attributed", chains=[[said]])
    page = visitor.open(here)
    page.get_by_label("Speaker").select_option(label="Harbour office")
    drag(page, here, "known in spring")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.get_by_label("Speaker")).to_have_value(str(here.office.uuid))
    assert cards(page) == ["stays shut for nine days"]
    expect(page.locator(".said")).to_contain_text("it shows only what is of Harbour office")
    page.locator(".said").get_by_role("button", name="Show everyone’s").click()
    expect(page.get_by_label("Speaker")).to_have_value("")
    expect(page.locator(".mini[data-current=true] .mini-words")).to_have_text("known in spring")
    expect(page.locator(".said")).to_be_hidden()


def test_a_new_annotation_of_another_kind_leaves_the_list_with_its_kind(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    listed = cards(page)
    drag(page, here, "spring")
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("#room-filter [data-kind=claim]")).to_have_attribute("aria-pressed", "true")
    assert cards(page) == listed
    expect(page.locator("#room-live")).to_have_text("Actor saved: spring. The list shows claims.")
    page.get_by_role("button", name="Show actors").click()
    expect(page.locator(".mini[data-current=true] .mini-words")).to_have_text("spring")
    expect(page.locator(".said")).to_be_hidden()
    page.keyboard.press("Enter")  # changed from the list that shows it, it stays there
    page.get_by_role("button", name="Not spring: choose another").click()
    page.get_by_role("option", name="Ilse Brandt").first.click()
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("#room-live")).to_have_text("Actor changed: Ilse Brandt")
    expect(page.locator("#room-filter [data-kind=actor]")).to_have_attribute("aria-pressed", "true")


def test_enter_opens_the_card_that_was_clicked(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    head = page.locator(f"#card-{here.lone.uuid} .mini-main")
    head.click()
    expect(head).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-form .words")).to_have_text("Eighteen lorries turned back")
    page.keyboard.press("Escape")
    head.focus()
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-expanded", "false")


def test_supporting_words_say_what_they_are_and_whose(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.locator("#room-filter [data-kind='']").click()
    card = page.locator(f"#card-{here.cue.annotation.uuid}")
    expect(card.locator(".mini-who")).to_have_text("Cue · Ilse Brandt")
    expect(card.locator(".mini-words")).to_have_text("told the agency")
