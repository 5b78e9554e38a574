"""The depth of a claim in its form: out of the way of a plain claim, there where it is called for."""

import re
from dataclasses import replace

import psycopg
import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim, Quantity
from tests.factories import Side, World
from tests.factories import stored as import_text

from .conftest import Visitor
from .reading import drag, held_back, place, saved

pytestmark = pytest.mark.browser
TEXT = """Weir is sound, mayor says

The weir is sound, Lena Voss said on Monday. Ilse Brandt was in town.

Allegedly the “clean-up” cost between 40 and 50 crowns, the clerk said.
"""


@pytest.fixture
def weir(world: World, here: Side) -> Side:
    snapshot = import_text(world.manager, here.project, TEXT)
    return replace(here, snapshot=snapshot, article=snapshot.article)


def opened(page: Page, side: Side, words: str) -> None:
    drag(page, side, words)
    page.keyboard.press("c")
    expect(page.locator("form.sheet-form")).to_be_visible()


def shown_fields(page: Page) -> int:
    """Fields of the form that can be seen."""
    fields = page.locator("form.sheet-form :is(input, select, textarea)")
    return sum(fields.nth(i).is_visible() for i in range(fields.count()))


def test_a_plain_claim_shows_three_fields_and_takes_a_new_name_by_one_digit(
    visitor: Visitor, weir: Side
) -> None:
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound")
    assert shown_fields(page) == 3
    first = page.locator("[role=option]").first
    expect(first).to_contain_text("“Lena Voss”")
    expect(first).to_contain_text("a nearer name is not yet an actor")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    saved(page)
    made = Claim.objects.latest("pk")
    source = made.attributions.get().sources.get()
    assert (source.actor.name, source.mention.annotation.quotes) == ("Lena Voss", ["Lena Voss"])
    assert made.spans.count() == 0


def test_a_known_actor_that_stands_nearest_is_offered_as_before(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "stays shut for nine days")
    expect(page.locator("[role=option]").first).to_contain_text("Harbour office")


def test_what_the_text_calls_for_unfolds_and_is_saved(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    opened(page, weir, "the “clean-up” cost between 40 and 50 crowns")
    parts = page.locator(".further-more").first
    expect(parts).to_have_attribute("open", "")
    parts.get_by_label("What the marks round “clean-up” do").select_option("scare")
    parts.get_by_role("button", name="+ hedge “Allegedly”").click()
    expect(parts.get_by_label("Whose hedge is “Allegedly”")).to_have_value("reporter")
    page.locator("summary", has_text="More").click()
    page.locator("summary", has_text="Numbers").click()
    page.get_by_role("button", name="+ “between 40 and 50”").click()
    page.get_by_label("What is counted").fill("cost")
    expect(page.get_by_label("The words mean")).to_have_value("range")
    page.locator("summary", has_text="Judgement").click()
    page.get_by_label("Negated").check()
    page.get_by_label("Your own assessment").select_option("doubtful")
    page.get_by_label("and what it rests on").fill("no bill was seen")
    page.locator("summary", has_text="Setting").click()
    page.get_by_role("textbox", name="Said on").fill("3 March 2031")
    page.get_by_label("Quotation", exact=True).select_option("indirect")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Claim.objects.latest("pk")
    parts_made = {s.annotation.kind: (s.annotation.quotes, s.whose or s.use) for s in made.spans.all()}
    assert parts_made == {"hedge": (["Allegedly"], "reporter"), "quoted": (["“clean-up”"], "scare")}
    number = made.quantities.get()
    assert (number.what, number.qualifier, int(number.low), int(number.high)) == ("cost", "range", 40, 50)
    assert number.words == "between 40 and 50"
    assert (made.negated, made.assessment, made.said_on) == (True, "doubtful", "2031-03-03")
    page.reload()
    visitor.ready()
    page.locator(".mini", has_text="clean-up").first.locator(".mini-main").click()
    page.get_by_role("button", name="Edit").click()
    expect(page.get_by_label("Whose hedge is “Allegedly”")).to_have_value("reporter")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert Claim.objects.get(pk=made.pk).annotation.version == 1, "saved unchanged, it stays as it is"


def test_a_number_is_proposed_from_its_words_and_never_over_what_was_typed(
    visitor: Visitor, weir: Side, owner_cursor: psycopg.Cursor
) -> None:
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound")
    page.locator("summary", has_text="More").click()
    page.locator("summary", has_text="Numbers").click()
    row = page.get_by_role("group", name="Number 1")
    page.get_by_role("button", name="+ number").click()
    row.get_by_label("What is counted").fill("people hurt")
    told = row.get_by_role("status")
    meaning, number = row.get_by_label("The words mean"), row.get_by_label("Number", exact=True)
    for words, qualifier, first in (("more than 80", "more_than", "80"), ("dozens", "about", "")):
        row.get_by_label("In the text’s words").fill(words)
        page.keyboard.press("Tab")
        expect(told).to_contain_text("Proposed")
        expect(meaning).to_have_value(qualifier)
        expect(number).to_have_value(first)
    row.get_by_label("In the text’s words").fill("not 80")
    page.keyboard.press("Tab")
    expect(told).to_contain_text("cannot be told")
    meaning.select_option("at_most")
    number.fill("70")
    row.get_by_label("In the text’s words").fill("up to 90")
    page.keyboard.press("Tab")
    page.locator("form.sheet-form [type=submit]").click()
    expect(page.locator(".sheet-form .field-error").first).to_contain_text(
        "“up to 90” does not stand in this text"
    )
    row.get_by_label("In the text’s words").fill("is sound")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Claim.objects.latest("pk").quantities.get()
    assert (made.qualifier, made.low, int(made.high), made.words) == ("at_most", None, 70, "is sound")
    owner_cursor.execute("ALTER TABLE annotator_quantity DISABLE TRIGGER quantity_words_stand_update")
    owner_cursor.execute("UPDATE annotator_quantity SET words = 'up to 90' WHERE id = %s", [made.pk])
    owner_cursor.execute("ALTER TABLE annotator_quantity ENABLE ALWAYS TRIGGER quantity_words_stand_update")
    page.reload()
    visitor.ready()
    page.locator(".mini-main").first.click()
    page.get_by_role("button", name="Edit").click()
    expect(row.get_by_role("status")).to_contain_text("stored before that was looked at")
    page.get_by_role("button", name="+ number").click()
    second = page.get_by_role("group", name="Number 2")
    second.get_by_label("What is counted").fill("crowns")
    second.get_by_label("Number", exact=True).fill("2")
    second.get_by_label("In the text’s words").fill("sound")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert [(n.words, n.high) for n in Quantity.objects.filter(claim=made.claim_id).order_by("pk")] == [
        ("up to 90", 70),
        ("sound", 2),
    ]


def test_a_figure_is_proposed_where_the_words_give_a_number_and_a_chosen_type_stays(
    visitor: Visitor, weir: Side
) -> None:
    page = visitor.open(weir)
    kind = page.locator("#claim-type")
    told = page.locator(".field", has=kind).get_by_role("status")

    def saved_as() -> str:
        page.locator("form.sheet-form [type=submit]").click()
        saved(page)
        return Claim.objects.latest("pk").type.key

    opened(page, weir, "cost between 40 and 50 crowns")
    expect(told).to_have_text("Figure is proposed: the words give a number, “between 40 and 50”.")
    expect(kind).to_have_value("figure")
    assert saved_as() == "figure"
    asked = held_back(page, re.compile("/numbers/"))
    opened(page, weir, "The weir is sound")
    expect(kind).to_have_value("fact")  # what was proposed for another is not what was chosen last
    page.keyboard.press("Escape")
    opened(page, weir, "between 40 and 50 crowns")
    kind.select_option("forecast")
    for route in asked:
        route.continue_()
    page.unroute_all(behavior="wait")
    assert saved_as() == "forecast"
    opened(page, weir, "40 and 50")
    expect(told).to_contain_text("Figure is proposed")
    kind.select_option("assessment")
    expect(told).to_be_empty()
    assert saved_as() == "assessment"
    opened(page, weir, "Ilse Brandt was in town")
    expect(kind).to_have_value("assessment")


def test_the_reason_for_anonymity_is_picked_far_from_the_claim(visitor: Visitor, weir: Side) -> None:
    page = visitor.open(weir)
    opened(page, weir, "The weir is sound")
    page.keyboard.type("an insider")
    page.get_by_role("option", name="New: “an insider”").click()
    page.get_by_label("How an insider is named").select_option("anonymous")
    page.get_by_role("button", name="+ why not named, from the text").click()
    at = place(page, weir, "Ilse Brandt was in town")
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move(at["x2"], at["y2"], steps=4)
    page.mouse.up()
    page.keyboard.press("Enter")
    expect(page.locator(".chain-edit")).to_contain_text("not named: Ilse Brandt was in town")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    actor = Claim.objects.latest("pk").attributions.get().sources.get().actor
    assert (actor.naming, actor.stated_reason) == ("anonymous", "Ilse Brandt was in town")
    assert actor.reason_spans.get().annotation.quotes == ["Ilse Brandt was in town"]
