"""Drafts in a browser: saved as drafts, edited as drafts, handed in when their analyst says so."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Annotation, Claim
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
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    assert Claim.objects.get(pk=made.pk).status == "submitted"


def test_a_draft_submitted_without_a_network_is_handed_in_later_and_once(
    visitor: Visitor, here: Side
) -> None:
    made = claim(here.article.added_by, here.snapshot, "known in spring", status="draft")
    other = claim(here.article.added_by, here.snapshot, "nine days", status="draft")
    page, state = visitor.page, visitor.page.locator("#save-state")
    page.goto(f"{visitor.address}/c/{made.uuid}/")
    card = page.locator(f"#claim-{made.uuid}")
    visitor.context.set_offline(True)
    card.get_by_role("button", name="Submit for review").click()
    expect(card.locator(".decided-now")).to_contain_text("Submitted for review")
    expect(card.get_by_role("button", name="Submit for review")).to_be_hidden()
    expect(state).to_have_text("Offline, 1 waiting")
    page.route("**/submission/", lambda route: route.abort())
    visitor.context.set_offline(False)
    page.goto(f"{visitor.address}/p/here/claims/?status=draft")
    expect(card.locator(".decided-now")).to_contain_text("Submitted for review")
    expect(state).to_contain_text("1 waiting")
    page.unroute("**/submission/")
    expect(card.get_by_role("button", name="Accept")).to_be_visible()
    expect(state).to_have_text("Saved")

    edited = page.locator(f"#claim-{other.uuid}")
    Annotation.objects.filter(pk=other.pk).update(version=2)
    edited.get_by_role("button", name="Submit for review").click()
    expect(edited.get_by_role("alert")).to_contain_text(
        "Not saved: submitting it for review. Somebody changed"
    )
    expect(edited).to_have_attribute("data-version", "2")
    assert [Claim.objects.get(pk=one.pk).status for one in (made, other)] == ["submitted", "draft"]
    edited.get_by_role("button", name="Submit for review").click()
    expect(edited.locator(".pill-submitted")).to_be_visible()
    expect(state).to_have_text("Saved")
    assert Claim.objects.get(pk=other.pk).status == "submitted"
