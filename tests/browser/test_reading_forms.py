"""The room's forms: further stretches, dates in words, refusals at their field, no typed words lost."""

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import reviews
from annotator.intents.review import DecideClaim
from annotator.models import Act, Event, LinkBasis, LinkRole, Naming, Polarity, QuotationType, Voice
from tests.factories import Side, World

from .conftest import Visitor
from .reading import click, cursor_at, drag, painted, place, saved, stored

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_further_stretch_is_selected_by_keyboard(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "We found")
    press(page, "Shift+ArrowRight", "Shift+ArrowRight", "+")
    assert painted(page, "claim-pending") == ["We found"]
    press(page, "ArrowRight", "ArrowRight")
    assert painted(page, "claim-pending") == ["We found"], "a bare move adds nothing and drops nothing"
    press(page, "Shift+ArrowRight", "c", "Enter")
    saved(page)
    made = stored(here, "We found", "crack")
    assert made.kind == "claim"
    assert painted(page, "claim-pending") == []
    cursor_at(page, here, "Eighteen")
    press(page, "c")
    assert painted(page, "claim-draft") == ["Eighteen"], "what was taken is not taken twice"


def test_a_further_stretch_is_selected_by_mouse(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "We found a crack")
    press(page, "+")
    drag(page, here, "told the agency")
    assert painted(page, "claim-pending") == ["We found a crack"]
    press(page, "c", "Enter")
    saved(page)
    assert stored(here, "We found a crack", "told the agency").kind == "claim"


def test_kept_stretches_are_let_go(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "We found a crack")
    press(page, "+", "Escape")
    assert painted(page, "claim-pending") == []
    drag(page, here, "told the agency")
    press(page, "c")
    assert painted(page, "claim-draft") == ["told the agency"]


def test_the_keys_name_the_mouses_way(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    press(page, "?")
    expect(page.locator("dialog.keys")).to_contain_text("Ctrl + drag")


def test_a_date_is_taken_in_words(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    expect(page.locator(".sheet-form")).to_contain_text("2 May 2015, April 2015, 2015-04, spring 2015")
    page.get_by_label("Date", exact=True).fill("April 2015")
    page.locator("#event-place").fill("Velm")
    press(page, "Enter")
    saved(page)
    event = stored(here, "turned", kind="event").event_mention.event
    assert (event.date, event.place) == ("2015-04", "Velm")
    page.locator("#room-filter [data-kind=event]").click()
    expect(page.locator("#room-list .mini", has_text="turned")).to_contain_text("Other · Apr 2015 · Velm")


def test_a_refused_date_is_told_at_its_field(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    cursor_at(page, here, "turned back")
    press(page, "e")
    page.keyboard.type("Lorries turned back")
    page.locator("#event-date").fill("some day in Aprill")
    page.locator("#event-place").fill("Velm")
    press(page, "Enter")
    told = page.locator(".field-error", has_text="“some day in Aprill” cannot be read as a date.")
    expect(told).to_be_visible()
    expect(page.locator("dialog.troubles")).to_have_count(0)
    expect(page.locator("#event-label")).to_have_value("Lorries turned back")
    expect(page.locator("#event-place")).to_have_value("Velm")
    date = page.locator("#event-date")
    expect(date).to_have_value("some day in Aprill")
    expect(date).to_be_focused()
    expect(page.locator(".field", has=date).locator(".field-error")).to_contain_text(
        "cannot be read as a date"
    )
    page.locator("#event-label").focus()
    expect(page.locator("[role=option]", has_text="Lorries turned back")).to_have_count(0)
    date.fill("spring 2015")
    expect(page.locator(".field .field-error")).to_have_count(0)
    press(page, "Enter")
    saved(page)
    event = stored(here, "turned", kind="event").event_mention.event
    assert (event.label, event.date, event.place) == ("Lorries turned back", "2015-21", "Velm")
    assert Event.objects.filter(label="Lorries turned back").count() == 1


def test_who_was_only_typed_is_not_proposed(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    press(page, "c")
    page.keyboard.type("Nobody Yet")
    press(page, "ArrowDown", "Enter", "Escape")
    expect(page.locator(".sheet-form")).to_have_count(0)
    press(page, "c")
    page.keyboard.type("Nobody")
    expect(page.locator("[role=option]", has_text="New: “Nobody”")).to_be_visible()
    expect(page.locator("[role=option]", has_text="Nobody Yet")).to_have_count(0)


def test_typed_words_are_asked_about_once(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    press(page, "c")
    page.locator("#claim-paraphrase").fill("Many lorries had to turn.")
    press(page, "Escape")
    expect(page.locator(".sheet-form")).to_contain_text("Discard what you filled in?")
    expect(page.locator("#claim-paraphrase")).to_have_value("Many lorries had to turn.")
    page.keyboard.type(" Indeed")
    expect(page.get_by_text("Discard what you filled in?")).to_be_hidden()
    press(page, "Escape", "Escape")
    expect(page.locator(".sheet-form")).to_have_count(0)
    press(page, "c")
    assert painted(page, "claim-draft") == ["Eighteen lorries"], "the words were selected again"
    expect(page.locator("#claim-paraphrase")).to_have_value("")


def test_a_second_form_does_not_take_typed_words_away(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    press(page, "c")
    page.locator("#claim-paraphrase").fill("Many lorries had to turn.")
    drag(page, here, "We found a crack")
    press(page, "c")
    expect(page.locator("#claim-paraphrase")).to_have_value("Many lorries had to turn.")
    expect(page.locator(".sheet-form")).to_contain_text("Discard what you filled in?")


def test_the_skip_link_leads_to_the_text_and_its_keys(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    press(page, "Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#room-text")).to_be_focused()
    press(page, "j", "j", "Shift+ArrowRight", "c")
    assert len(painted(page, "claim-draft")) == 1


def test_the_voice_follows_the_speaker(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "stays shut for nine days")
    press(page, "c")
    page.locator("summary", has_text="More").click()
    voice = page.get_by_label("Voice")
    expect(voice).to_have_value("unknown")
    page.locator("#claim-speaker").focus()
    page.locator("[role=option]", has_text="Harbour office").click()
    expect(voice).to_have_value("attributed")
    expect(voice).to_be_disabled()
    page.get_by_role("button", name="Remove Harbour office").click()
    expect(voice).to_have_value("unknown")
    voice.select_option("agentless")
    expect(page.locator(".chip")).to_contain_text("Agentless")
    page.get_by_role("button", name="Save Enter").click()
    saved(page)
    assert stored(here, "stays shut for nine days").claim.voice == "agentless"
    expect(page.locator("[data-current=true] .mini-who")).to_contain_text("Agentless")


def test_nobody_is_offered_beside_typed_words_and_the_record_is_no_choice(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.open(here)
    drag(page, here, "stays shut for nine days")
    press(page, "c")
    page.keyboard.type("agentl")
    expect(page.locator(".proposals [role=option]", has_text="Agentless")).to_be_visible()
    press(page, "ArrowUp", "ArrowUp", "Enter")
    expect(page.locator(".chip b")).to_have_text("Agentless")
    page.locator("summary", has_text="More").click()
    basis = page.get_by_label("Basis of the attribution").locator("option")
    expect(basis).to_have_text(["Stated", "Carried over", "Inferred"])


def test_a_cue_from_an_earlier_sentence_makes_the_link_carried_over(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "Eighteen lorries")
    press(page, "c")
    page.keyboard.type("Harbour")
    press(page, "Enter")
    page.locator("summary", has_text="More").click()
    basis = page.get_by_label("Basis of the attribution")
    expect(basis).to_have_value("stated")

    def pick() -> None:
        page.get_by_role("button", name="+ cue from the text").click()
        at = place(page, here, "said the crack")
        page.mouse.click(at["x1"] + 3, at["y1"])
        press(page, "Enter")

    pick()
    expect(basis).to_have_value("carried_over")
    page.get_by_role("button", name="Remove this cue").click()
    expect(basis).to_have_value("stated")
    pick()
    page.get_by_role("button", name="Save Enter").click()
    saved(page)
    link = stored(here, "Eighteen lorries").claim.attributions.get()
    assert (link.basis, link.cues.get().annotation.quotes) == ("carried_over", ["said"])
    page.get_by_role("button", name="Edit").click()
    basis.select_option("inferred")
    page.get_by_role("button", name="Remove this cue").click()
    expect(basis).to_have_value("inferred")


def test_the_rooms_words_are_the_records(visitor: Visitor, here: Side) -> None:
    told = visitor.open(here).evaluate("async () => ({ ...await import('/static/js/reading/labels.js') })")
    kinds = {
        "VOICES": Voice,
        "QUOTATIONS": QuotationType,
        "POLARITIES": Polarity,
        "ACTS": Act,
        "BASES": LinkBasis,
        "ROLES": LinkRole,
        "NAMINGS": Naming,
    }
    for name, kind in kinds.items():
        assert [tuple(pair) for pair in told[name]] == kind.choices, name


def test_a_decided_claim_says_what_a_change_does(visitor: Visitor, world: World, here: Side) -> None:
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    page = visitor.open(here)
    click(page, here, "Eighteen")
    press(page, "Enter")
    expect(page.locator(".sheet-form")).to_contain_text("Saving a change sends it back to the review queue.")
