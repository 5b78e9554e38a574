"""Whom it was said to: one field for a plain chain, one for each link of a longer one."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from tests.factories import Side, World, annotate, new_actor

from .conftest import Visitor
from .reading import click, drag, place, saved

pytestmark = pytest.mark.browser


def opened(page: Page, side: Side, words: str) -> None:
    drag(page, side, words)
    page.keyboard.press("c")
    expect(page.locator("form.sheet-form")).to_be_visible()


def select(page: Page, side: Side, words: str) -> None:
    """Words that the form asked for: no toolbar opens over them."""
    at = place(page, side, words)
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move(at["x2"], at["y2"], steps=4)
    page.mouse.up()
    page.keyboard.press("Enter")


def said_by(page: Page, name: str) -> None:
    page.keyboard.type(name)
    page.get_by_role("option", name=f"New: “{name}”").click()
    expect(page.locator(".chain-edit")).to_contain_text(name)


def unfold(page: Page) -> None:
    page.locator("summary", has_text="More").click()
    page.locator("summary", has_text="Setting").click()


def heard(claim: Claim) -> list[tuple[int, list[tuple[Any, ...]]]]:
    return [
        (
            link.position,
            [
                (
                    one.actor and one.actor.name,
                    one.words,
                    one.mention_id,
                    [s.annotation.quotes for s in one.spans.all()],
                )
                for one in link.addressees.order_by("position")
            ],
        )
        for link in claim.attributions.order_by("position")
    ]


def test_a_plain_chain_has_one_field_for_any_number(visitor: Visitor, world: World, here: Side) -> None:
    mention = annotate(world.manager, here.snapshot, "actor", "lorries", **new_actor("Drivers", "group"))
    page = visitor.open(here)
    opened(page, here, "a crack")
    unfold(page)
    expect(page.get_by_role("combobox", name="Said to")).to_have_count(1)
    page.get_by_role("combobox", name="Said to").fill("nobody here")
    expect(page.get_by_role("option", name="Only described")).to_have_count(0)
    parties = page.locator(".parties").first
    asked = page.locator("form.sheet-form .notice", has_text="speaks to its readers")
    for voice in ("own", "unknown"):
        page.get_by_role("combobox", name="Said to").fill("the inquiry")
        page.get_by_role("option", name="Only described: “the inquiry”").click()
        expect(parties).to_contain_text("“the inquiry”")
        page.get_by_label("Voice", exact=True).select_option(voice)
        expect(asked).to_have_count(1 if voice == "own" else 0)
        if voice == "own":
            asked.get_by_role("button", name="Take out to whom").click()
            expect(asked).to_have_count(0)
            expect(parties).not_to_contain_text("“the inquiry”")
    page.locator(".chain-edit input").first.click()
    said_by(page, "Tamar Oduya")
    expect(parties).to_contain_text("“the inquiry”")
    parties.get_by_role("button", name="Pick in the text").click()
    click(page, here, "lorries")
    expect(parties).to_contain_text("Drivers")
    parties.get_by_role("button", name="Pick in the text").click()
    select(page, here, "anyone")
    expect(parties).to_contain_text("“anyone”")
    page.get_by_role("button", name="Said to: remove “the inquiry”").click()
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Claim.objects.latest("pk")
    assert heard(made) == [(0, [("Drivers", "", mention.pk, []), (None, "anyone", None, [["anyone"]])])]
    page.keyboard.press("z")
    saved(page)
    assert Claim.objects.get(pk=made.pk).withdrawn_at is not None


def test_each_link_of_a_longer_chain_has_its_own(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "a crack")
    said_by(page, "Tamar Oduya")
    page.get_by_role("button", name="+ by its own relay").click()
    expect(page.locator(".chain-edit .chip", has_text="Tamar Oduya")).to_have_count(2)
    page.get_by_role("button", name="Remove Tamar Oduya").last.click()
    said_by(page, "A sister")
    page.locator("summary", has_text="Quotation, act, basis, when").click()
    page.locator(".link-more").get_by_label("Told repeatedly").check()
    told = page.get_by_role("group", name="Told on")
    told.get_by_role("button", name="Told on: words from the text").click()
    select(page, here, "nine days")
    expect(told).to_contain_text("Which date these words mean cannot be told")
    told.get_by_role("textbox", name="Told on").fill("since April 2031")
    told.get_by_label("Date rests on").select_option("inferential")
    page.get_by_role("combobox", name="This link said to").fill("Harbour")
    page.locator("form.sheet-form [type=submit]").click()
    expect(page.locator("form.sheet-form")).to_contain_text("“Harbour” is not chosen yet")
    page.get_by_role("combobox", name="This link said to").click()
    page.get_by_role("option", name="Harbour office").first.click()
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Claim.objects.latest("pk")
    mention = made.attributions.get(position=1).addressees.get().mention_id
    assert heard(made) == [(0, []), (1, [("Harbour office", "", mention, [])])]
    relayed = made.attributions.get(position=1)
    assert (relayed.said_on, relayed.said_on_basis, relayed.repeated) == ("2031-04/..", "inferential", True)
    assert [one.annotation.quotes for one in relayed.cues.all()] == [["nine days"]]
    page.reload()
    visitor.ready()
    page.locator(".mini", has_text="Tamar Oduya").first.locator(".mini-main").click()
    expect(page.locator(".mini[data-current] .chain")).to_contain_text("to Harbour office")
    expect(page.locator(".mini[data-current] .chain")).to_contain_text("since Apr 2031 · repeatedly")
    page.get_by_role("button", name="Edit").click()
    expect(page.locator(".chain-edit .parties")).to_contain_text("Harbour office")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    assert Claim.objects.get(pk=made.pk).annotation.version == 1, "saved unchanged, it stays as it is"


def test_a_claim_says_whom_it_blames_and_its_link_on_what_occasion(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    opened(page, here, "a crack")
    said_by(page, "Tamar Oduya")
    unfold(page)
    page.get_by_role("combobox", name="Directed at").fill("its director")
    page.get_by_role("option", name="Only described: “its director”").click()
    page.get_by_role("combobox", name="Directed at").fill("Harbour")
    page.get_by_role("option", name="Harbour office").first.click()
    page.get_by_role("button", name="+ words of the occasion from the text").click()
    select(page, here, "nine days")
    expect(page.get_by_label("Occasion", exact=True)).to_have_value("nine days")
    page.get_by_label("Occasion", exact=True).fill("interview")
    asked = page.locator("form.sheet-form .notice", has_text="All these words stand in quotation marks")
    page.get_by_label("Quotation", exact=True).select_option("reported")
    asked.get_by_role("button", name="Call them direct").click()
    expect(page.get_by_label("Quotation", exact=True)).to_have_value("direct")
    expect(asked).to_have_count(0)
    page.get_by_role("textbox", name="Speaks of").fill("until 2019")
    page.locator("form.sheet-form [type=submit]").click()
    saved(page)
    made = Claim.objects.latest("pk")
    told = made.attributions.get()
    assert (told.occasion, told.cues.get().annotation.quotes) == ("interview", ["nine days"])
    assert (made.period, made.period_min) == ("../2019", None)
    meant = [(one.actor and one.actor.name, one.words) for one in made.targets.order_by("position")]
    assert meant == [(None, "its director"), ("Harbour office", "")]
    page.reload()
    visitor.ready()
    page.locator(".mini", has_text="Tamar Oduya").first.locator(".mini-main").click()
    expect(page.locator(".mini[data-current]")).to_contain_text("directed at “its director”, Harbour office")
    expect(page.locator(".mini[data-current] .chain")).to_contain_text("occasion: interview")
    expect(page.locator(".mini[data-current]")).to_contain_text("speaks of until 2019")
