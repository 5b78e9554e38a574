"""What a part is can be said from the outline too, by mouse, by key and by touch; no offset moves."""

import pytest
from playwright.sync_api import expect

from sources.models import Block
from tests.factories import Side

from .conftest import Visitor
from .reading import painted, saved
from .test_reading_blocks import holding, shown

pytestmark = pytest.mark.browser


def test_by_mouse_and_by_key(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    spans, block = painted(page, "claim"), holding(here, "The bridge at Velm")
    entry = page.locator(".outline-list li", has_text="The bridge at Velm")
    entry.hover()
    entry.get_by_role("button", name="What is this part?").click()
    page.locator(".block-menu [data-role=dek]").click()
    expect(shown(page, block)).to_have_attribute("class", "block block-dek")
    saved(page)
    block.refresh_from_db()
    assert (block.role, block.masked) == ("dek", False)
    assert painted(page, "claim") == spans
    last = page.locator(".outline-list li", has_text="The Cafe")
    last.get_by_role("link").focus()
    page.keyboard.press("b")
    page.keyboard.press("m")
    expect(page.locator(".outline-masked").last.get_by_role("link")).to_be_focused()
    saved(page)
    assert holding(here, "The Cafe").masked
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    expect(page.locator(".outline-masked").last.get_by_role("link")).to_be_focused()
    page.keyboard.press("z")
    saved(page)
    assert not holding(here, "The Cafe").masked


def test_by_touch(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    page.locator("#room-outline-button").tap()
    page.locator(".outline-list li", has_text="An engineer").get_by_role("button").tap()
    page.locator(".block-menu [data-role=caption]").tap()
    saved(page)
    assert holding(here, "An engineer").role == "caption"
    assert Block.objects.filter(snapshot=here.snapshot, role="caption").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
