"""Claims ticked, coded and given back by the keyboard alone; ticks last over pages, searches and views."""

import pytest
from playwright.sync_api import expect

from annotator.models import Claim
from tests.factories import Side

from .conftest import Visitor

pytestmark = pytest.mark.browser


def test_many_claims_are_coded_and_given_back_by_keys(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    keys = page.keyboard
    page.goto(f"{visitor.address}/p/here/claims/")
    expect(page.locator("#ticked")).to_be_hidden()
    for key in ("j", "x", "j", "j", "Shift+X"):
        keys.press(key)
    expect(page.locator("[data-ticked-count]")).to_have_text("3 claims ticked")
    keys.press("x")
    expect(page.locator("[data-ticked-count]")).to_have_text("2 claims ticked")
    keys.press("x")

    page.goto(f"{visitor.address}/p/here/claims/?show=lines&q=crack")
    expect(page.locator("[data-ticked-count]")).to_have_text("3 claims ticked, 1 on other pages")
    keys.press("j")
    expect(page.locator("#line-1")).to_have_attribute("aria-current", "true")
    keys.press("b")

    expect(page.get_by_role("heading", level=1)).to_have_text("3 claims at once")
    page.get_by_label("Claim type").select_option("figure")
    page.get_by_label("Claim type").press("Tab")
    page.get_by_label("Speaker").press("Enter")
    expect(page.get_by_role("status").last).to_contain_text("3 would change")
    page.wait_for_load_state()  # the script counts what is left out
    page.locator("[data-included]").first.press("Space")
    expect(page.locator("[data-do]")).to_contain_text("Change 2 of 3")
    page.locator("[data-do]").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("2 claims changed at once")
    page.wait_for_load_state()
    assert Claim.objects.filter(project=here.project, type__key="figure").count() == 2
    page.locator("body").press("u")
    expect(page.locator("#flash")).to_contain_text("2 claims stand as before again")
    assert not Claim.objects.filter(project=here.project, type__key="figure").exists()
    page.goto(f"{visitor.address}/p/here/claims/")
    expect(page.locator("#ticked")).to_be_hidden()
