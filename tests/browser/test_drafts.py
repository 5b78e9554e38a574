"""Drafts in a browser: saved as drafts, edited as drafts, handed in when their analyst says so."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from tests.factories import Side, claim

from .conftest import Visitor
from .reading import click, drag, saved, stored

pytestmark = pytest.mark.browser


def status_of(page: Page, here: Side, words: str) -> str:
    saved(page)
    return stored(here, words).claim.status


def test_a_draft_stays_one_until_it_is_submitted(visitor: Visitor, here: Side) -> None:
    page, words = visitor.open(here), "known in spring"
    pill = page.locator("#room-list [data-current] .pill")
    drag(page, here, words)
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Known")
    page.keyboard.press("Control+Enter")
    expect(pill).to_have_text("draft")
    assert status_of(page, here, words) == "draft"

    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Known since spring")
    expect(page.get_by_role("button", name="Save draft")).to_be_visible()
    page.keyboard.press("Enter")
    assert status_of(page, here, words) == "draft"
    assert stored(here, words).claim.paraphrase == "Known since spring"

    page.keyboard.press("Shift+S")
    expect(pill).to_have_text("submitted")
    assert status_of(page, here, words) == "submitted"
    page.keyboard.press("z")
    assert status_of(page, here, words) == "draft"

    click(page, here, words)
    page.locator("#room-list [data-current]").get_by_role("button", name="Edit").click()
    page.locator(".sheet-form").get_by_role("button", name="Submit").click()
    assert status_of(page, here, words) == "submitted"


def test_saving_an_accepted_claim_unchanged_keeps_it_accepted(visitor: Visitor, here: Side) -> None:
    Claim.objects.filter(pk=here.lone.pk).update(status="accepted")
    page, words = visitor.open(here), "Eighteen lorries turned back"
    click(page, here, words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save as draft")).to_have_count(0)
    page.keyboard.press("Enter")
    assert status_of(page, here, words) == "accepted"


def test_a_draft_is_submitted_from_the_desk_by_key(visitor: Visitor, here: Side) -> None:
    made = claim(here.article.added_by, here.snapshot, "known in spring", status="draft")
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/claims/?status=draft")
    page.keyboard.press("j")
    page.keyboard.press("s")
    card = page.locator(f"#claim-{made.uuid}")
    expect(card.locator(".pill-submitted")).to_be_visible()
    expect(card.get_by_role("button", name="Accept")).to_be_visible()
    assert Claim.objects.get(pk=made.pk).status == "submitted"
