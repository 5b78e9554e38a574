"""Two reviewers at one claim: the later one sees what the earlier one decided, and keeps the words typed."""

import pytest
from playwright.sync_api import expect

from annotator.actions import claims, reviews
from annotator.intents.review import DecideClaim
from annotator.models import Claim
from tests.factories import Side, World

from .conftest import Visitor

pytestmark = pytest.mark.browser
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
