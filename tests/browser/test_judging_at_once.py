"""Claims that were judged meanwhile, by others or on another page; and what is said aloud of a decision."""

import pytest
from playwright.sync_api import expect

from annotator.actions import claims, reviews
from annotator.intents.review import DecideClaim
from annotator.models import Claim
from tests.factories import Side, World

from .conftest import Visitor

pytestmark = pytest.mark.browser
KEPT = "performance.getEntriesByType('navigation')[0].transferSize === 0"
WHY = "Nobody says so in this article"


def test_a_typed_reason_survives_another_reviewers_decision(
    visitor: Visitor, world: World, here: Side
) -> None:
    page, lone = visitor.page, here.lone
    page.goto(f"{visitor.address}/p/here/claims/?status=submitted")
    card = page.locator(f"#claim-{lone.uuid}")
    card.locator("summary[data-key=r]").click()
    card.locator(".against[open] textarea").fill(WHY)
    reviews.decide(by=world.reviewer, claim=lone, intent=DecideClaim("accepted"))
    card.locator(".against[open] button").click()

    expect(card.get_by_role("alert")).to_contain_text(
        "Reviewer accepted this claim while you were reading it"
    )
    expect(card.locator("header .pill-accepted")).to_be_visible()
    expect(card.locator(".against[open] textarea")).to_have_value(WHY)
    expect(card.locator(".against[open] textarea")).to_be_focused()
    assert Claim.objects.get(pk=lone.pk).status == "accepted"

    card.locator(".against[open] button").click()
    expect(card.locator("header .pill-rejected")).to_be_visible()
    expect(card.locator(".claim-verdict")).to_contain_text(WHY)


def test_a_decision_on_what_was_withdrawn_meanwhile_is_told_after_a_reload(
    visitor: Visitor, world: World, here: Side
) -> None:
    page, lone = visitor.page, here.lone
    page.goto(f"{visitor.address}/c/{lone.uuid}/")
    page.context.set_offline(True)
    page.keyboard.press("a")
    expect(page.locator(".decided-now")).to_contain_text("Accepted")
    claims.withdraw(by=world.manager, claim=lone)
    page.context.set_offline(False)
    page.route("**/reviews/**", lambda route: route.abort())
    page.goto(f"{visitor.address}/p/here/")
    page.unroute("**/reviews/**")
    page.goto(f"{visitor.address}/c/{lone.uuid}/")
    expect(page.locator("#main").get_by_role("alert")).to_contain_text("withdrawn")
    lone.refresh_from_db()
    assert lone.status == "submitted"


def test_back_shows_what_became_of_a_claim_since(visitor: Visitor, here: Side) -> None:
    page, lone = visitor.page, here.lone
    desk = f"{visitor.address}/p/here/claims/?status=submitted"
    page.goto(f"{visitor.address}/c/{lone.uuid}/")  # sets a cookie, with which what follows is kept
    page.goto(desk)
    card = page.locator(f"#claim-{lone.uuid}")
    card.focus()
    page.keyboard.press("a")
    expect(card.locator(".claim-verdict")).to_contain_text("Accepted")
    card.locator("a.permanent").first.click()
    page.wait_for_url(f"**/c/{lone.uuid}/")
    page.go_back()
    page.wait_for_url(desk)
    assert page.evaluate(KEPT), "the browser asked for the page anew, so this proves nothing"
    expect(card.locator(".claim-verdict")).to_contain_text("Accepted")
    expect(card.locator("header .pill-accepted")).to_be_visible()

    # and what was done to it on a later page
    card.locator("a.permanent").first.click()
    page.wait_for_url(f"**/c/{lone.uuid}/")
    page.keyboard.press("u")
    expect(card.locator("header .pill-submitted")).to_be_visible()
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    expect(card.locator(".claim-verdict")).to_have_count(0)  # so the card was asked for as this page shows it
    Claim.objects.filter(pk=lone.pk).update(paraphrase="Said since")
    page.go_back()
    page.wait_for_url(desk)
    expect(card).to_contain_text("Said since")
    expect(card.locator("header .pill-submitted")).to_be_visible()
    expect(card.locator("[data-key=a]")).to_be_visible()
    expect(card.locator(".claim-verdict")).to_have_count(0)


def test_what_was_done_is_said_to_those_who_listen(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/claims/?status=submitted")
    said = page.locator("#judged")
    expect(said).to_have_role("status")
    card = page.locator(f"#claim-{here.lone.uuid}")
    words = card.locator("blockquote mark").inner_text()
    page.context.set_offline(True)
    expect(said).to_have_text("Offline")
    card.focus()
    page.keyboard.press("a")
    expect(said).to_have_text(f"Accepted: {words}")
    card.focus()
    page.keyboard.press("u")
    expect(said).to_have_text(f"Opened again: {words}")
    page.keyboard.press("t")
    page.keyboard.type("zzz")
    expect(card.locator(".correcting")).to_contain_text("Nothing like that in the codebook")
    page.keyboard.press("Escape")
    page.keyboard.type("for")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Corrected: type “Forecast”")
    page.context.set_offline(False)
    expect(said).to_have_text("Saved")
    expect(card.locator("header")).to_contain_text("Forecast")
