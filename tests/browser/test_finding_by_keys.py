"""A search by keyboard alone: narrowed, kept, found again, seen in context, and all of it recoded at once."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim, SavedSearch
from tests.factories import World, claim

from .conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def go(page: Page, role: str, name: str | re.Pattern[str], *, back: bool = False) -> None:
    """By Tab alone to a control of that name, as far as it takes."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(150):
        if wanted.evaluate("(control) => control === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"{name} is not reached")


def all_become_figures(page: Page) -> None:
    keys = page.keyboard
    keys.press("B")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 claims at once")
    go(page, "combobox", "Claim type")
    keys.type("Figure")
    go(page, "button", "Preview")
    keys.press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("2 would change")
    page.wait_for_load_state()
    go(page, "button", re.compile("^Change 2 of 2"))
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 claims changed at once")
    page.wait_for_load_state()


def otters_are_looked_for(page: Page) -> None:
    """What is found, or that nothing is, is said aloud."""
    keys = page.keyboard
    keys.press("/")
    expect(page.get_by_role("searchbox", name="Words")).to_be_focused()
    keys.type("otters heron")
    keys.press("Enter")
    expect(page.locator("#judged")).to_have_text("No claim like that")
    expect(page).to_have_title(re.compile("^Nothing found"))
    keys.press("Control+a")
    keys.type("otters")
    keys.press("Enter")
    expect(page.locator("#judged")).to_have_text("2 claims")
    expect(page.locator("[data-found]")).to_have_text("2 claims")


def test_claims_are_found_narrowed_kept_and_recoded_by_keyboard_alone(visitor: Visitor, world: World) -> None:
    page, keys, here = visitor.page, visitor.page.keyboard, world.here
    more = [
        claim(world.manager, here.snapshot, words, paraphrase="Otters")
        for words in ("nine days", "stays shut")
    ]
    page.goto(f"{visitor.address}/p/here/claims/")
    otters_are_looked_for(page)
    expect(page).to_have_url(re.compile("q=otters"))
    expect(page.get_by_role("searchbox", name="Words")).to_be_focused()
    keys.press("Escape")
    keys.press("f")
    go(page, "link", re.compile("^Fact "))
    keys.press("Enter")
    expect(page).to_have_url(re.compile("type=fact"))
    expect(page.locator("#type-fact")).to_have_attribute("aria-current", "true")
    expect(page.locator("#type-fact")).to_be_focused()

    go(page, "link", "Keep this search", back=True)
    keys.press("Enter")
    go(page, "textbox", "Name")
    keys.type("Otters of fact")
    keys.press("Enter")
    expect(page.get_by_role("link", name="Otters of fact", exact=True)).to_be_visible()
    assert SavedSearch.objects.get(name="Otters of fact").search == "q=otters&type=fact"
    go(page, "link", re.compile("^Otters of fact$"))
    keys.press("Enter")
    expect(page.locator("[data-found]")).to_have_text("2 claims")

    keys.press("/")
    keys.press("Control+a")
    keys.type("days")
    go(page, "combobox", "Show")
    keys.press("ArrowDown")
    expect(page.locator(".kwic-row").first).to_be_visible()
    expect(page).to_have_url(re.compile("show=lines"))
    expect(page.get_by_role("combobox", name="Show")).to_be_focused()
    expect(page.locator(".kwic-row mark").first).to_have_text("days")
    keys.press("Escape")
    keys.press("j")
    expect(page.locator("#line-1")).to_have_attribute("aria-current", "true")

    keys.press("/")
    keys.press("Control+a")
    keys.type("otters")
    go(page, "combobox", "Show")
    keys.press("ArrowUp")
    expect(page.locator("[data-found]")).to_have_text("2 claims")
    keys.press("Escape")
    all_become_figures(page)
    assert Claim.objects.filter(pk__in=[one.pk for one in more], type__key="figure").count() == 2
    keys.press("u")
    expect(page.locator("#flash")).to_contain_text("2 claims stand as before again")
