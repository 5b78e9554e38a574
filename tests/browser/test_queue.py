"""Reviewing one claim after another: by keyboard alone, without a network, beside others, by touch."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from annotator.actions import reviews
from annotator.intents.review import DecideClaim
from annotator.models import Annotation, AttributionSource, Claim, Review
from sources.actions import set_member
from tests.factories import Side, World, claim

from .conftest import Visitor, visit

pytestmark = pytest.mark.browser
STATE = "#save-state"
SENT = re.compile(r"/api/v1/projects/.*/claims/.*")


@pytest.fixture
def queue(visitor: Visitor, world: World) -> Page:
    """Six claims wait: two of the world's own and four more, the last in the other article."""
    here = world.here
    for words in ("nine days", "stays shut", "its director"):
        claim(world.manager, here.snapshot, words)
    claim(world.manager, here.second_snapshot, "before June")
    return opened(visitor)


def opened(visitor: Visitor, query: str = "") -> Page:
    visitor.page.goto(f"{visitor.address}/p/here/review/{query}")
    expect(visitor.page.locator(".queued:visible")).to_have_count(1)
    return visitor.page


def card(page: Page) -> Locator:
    return page.locator(".queued:visible [data-claim]")


def shows(page: Page, words: str) -> Locator:
    expect(card(page).locator("blockquote mark")).to_have_text([words])
    return card(page)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def saved(page: Page) -> None:
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved")
    expect(page.locator(STATE)).to_have_text("Saved")


def said_of(words: str) -> list[tuple[str, str]]:
    found = Review.objects.filter(claim__annotation__quotes=[words]).order_by("pk")
    return list(found.values_list("decision", "reason"))


def test_a_queue_is_judged_by_keyboard_alone(queue: Page, visitor: Visitor, world: World) -> None:
    page = queue
    shows(page, "Eighteen lorries turned back")
    expect(page.locator('[data-step="-1"]')).to_be_hidden()
    keys(page, "a")
    shows(page, "Nobody knew of a crack before June")
    expect(page.locator('[data-step="-1"]')).to_be_visible()
    expect(page).to_have_url(re.compile(f"at={world.here.second_claim.uuid}"))
    keys(page, "r", "Enter")  # an empty reason is not sent
    page.keyboard.type("n, p and a are letters here")
    keys(page, "Enter")
    shows(page, "nine days")
    saved(page)
    expect(page.locator("#waiting")).to_contain_text("4")
    expect(page.locator("#queue-count")).to_have_text("4 claims wait, the longest waiting first.")
    keys(page, "p")
    expect(shows(page, "Nobody knew of a crack before June")).to_contain_text("Rejected by Manager")
    keys(page, "n")
    shows(page, "nine days")
    keys(page, "u")  # the last decision, which is no longer on the screen
    expect(shows(page, "Nobody knew of a crack before June").locator("header .pill")).to_have_text(
        "Submitted"
    )
    keys(page, "d")
    page.keyboard.type("It says June")
    keys(page, "Enter", "n", "n")
    shows(page, "its director")
    keys(page, "?")
    expect(page.locator(".keys-sheet")).to_be_visible()
    keys(page, "Escape", "w")
    expect(card(page).locator(".around")).to_have_attribute("open", "")
    keys(page, "n", "n")
    expect(page.get_by_role("heading", name="That was the last one")).to_be_visible()
    saved(page)
    assert said_of("Eighteen lorries turned back") == [("accepted", "")]
    rejected = ("rejected", "n, p and a are letters here")
    assert said_of("Nobody knew of a crack before June") == [
        rejected,
        ("reopened", ""),
        ("disputed", "It says June"),
    ]
    expect(page.locator("#waiting")).to_contain_text("4")


def test_speaker_and_type_are_corrected_and_then_judged(queue: Page, visitor: Visitor, world: World) -> None:
    page = queue
    lone = Claim.objects.get(pk=world.here.lone.pk)
    keys(page, "t")
    expect(page.get_by_role("option", name="Figure")).to_be_visible()
    page.keyboard.type("figu")
    keys(page, "Enter", "s")
    expect(page.locator(".proposals [role=option]").first).to_be_visible()
    expect(page.locator(".proposals-group")).to_have_text("In this article")
    first = page.locator(".proposals [role=option] > span").first
    near = first.evaluate("(span) => span.firstChild.textContent")
    keys(page, "1")
    expect(shows(page, "Eighteen lorries turned back").locator(".claim-chain")).to_contain_text(near)
    expect(card(page).locator("header")).to_contain_text("Figure")
    keys(page, "s")
    page.keyboard.type("harb")
    expect(page.get_by_role("option", name="Harbour office")).to_be_visible()
    keys(page, "Escape", "Escape", "a")
    shows(page, "Nobody knew of a crack before June")
    saved(page)
    lone.refresh_from_db()
    assert (lone.type.key, lone.voice, lone.status) == ("figure", "attributed", "accepted")
    source = AttributionSource.objects.select_related("actor", "mention").get(attribution__claim=lone)
    assert (source.actor.name, source.mention is not None) == (near, True)
    assert Review.objects.get(claim=lone).claim_version == 3


def test_going_on_by_itself_is_turned_off_and_that_is_remembered(queue: Page, visitor: Visitor) -> None:
    page = queue
    page.get_by_label("Go on by itself").uncheck()
    keys(page, "a")
    expect(shows(page, "Eighteen lorries turned back")).to_contain_text("Accepted by Manager")
    page.reload()
    expect(page.get_by_label("Go on by itself")).not_to_be_checked()
    expect(shows(page, "Eighteen lorries turned back")).to_contain_text("Accepted by Manager")
    keys(page, "u")
    expect(card(page).locator('[data-key="a"]')).to_be_visible()
    saved(page)
    assert said_of("Eighteen lorries turned back") == [("accepted", ""), ("reopened", "")]


def test_nothing_is_lost_without_a_network_nor_over_a_reload(queue: Page, visitor: Visitor) -> None:
    page = queue
    visitor.context.set_offline(True)
    keys(page, "a", "r")
    page.keyboard.type("Said without a network")
    keys(page, "Enter", "a")
    expect(page.locator(STATE)).to_have_text("Offline, 3 waiting")
    keys(page, "u")  # takes back what has not even been sent
    expect(page.locator(STATE)).to_have_text("Offline, 4 waiting")
    assert not Review.objects.filter(claim__annotation__quotes=["nine days"]).exists()
    page.route(SENT, lambda route: route.abort())
    visitor.context.set_offline(False)
    page.reload()
    expect(page.locator(STATE)).to_contain_text("4 waiting")
    expect(shows(page, "nine days").locator('[data-key="a"]')).to_be_visible()
    keys(page, "p")
    expect(shows(page, "Nobody knew of a crack before June").locator(".decided-now")).to_contain_text(
        "Said without a network"
    )
    page.unroute(SENT)
    saved(page)
    expect(card(page)).to_contain_text("Rejected by Manager")
    assert said_of("Eighteen lorries turned back") == [("accepted", "")]
    assert said_of("Nobody knew of a crack before June") == [("rejected", "Said without a network")]
    assert said_of("nine days") == [("accepted", ""), ("reopened", "")]


def test_a_lost_answer_decides_once(queue: Page, visitor: Visitor) -> None:
    page = queue
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if lost or route.request.method != "PUT":
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort()

    page.route(SENT, lose_first)
    keys(page, "t")
    page.keyboard.type("figu")
    keys(page, "Enter", "a")
    shows(page, "Nobody knew of a crack before June")
    saved(page)
    assert lost
    assert said_of("Eighteen lorries turned back") == [("accepted", "")]


def test_what_others_did_meanwhile_is_shown_and_the_reason_kept(
    queue: Page, visitor: Visitor, world: World
) -> None:
    page, here = queue, world.here
    reviews.decide(by=world.reviewer, claim=here.lone, intent=DecideClaim("accepted"))
    page.get_by_label("Go on by itself").uncheck()
    keys(page, "r")
    page.keyboard.type("Nobody says so")
    keys(page, "Enter")
    told = card(page).get_by_role("alert")
    expect(told).to_contain_text("Reviewer accepted this claim while you were reading it")
    expect(card(page).locator(".against[open] textarea")).to_have_value("Nobody says so")
    saved(page)
    keys(page, "Enter")
    expect(card(page)).to_contain_text("Rejected by Manager")
    keys(page, "n")
    shows(page, "Nobody knew of a crack before June")
    page.get_by_label("Go on by itself").check()
    Annotation.objects.filter(pk=here.second_claim.pk).update(version=2)
    page.route(SENT, lambda route: route.abort())
    keys(page, "t")
    page.keyboard.type("figu")
    keys(page, "Enter", "n")
    page.unroute(SENT)
    expect(page.locator(STATE)).to_have_text("1 change not saved: look")
    page.locator(STATE).click()
    shows(page, "Nobody knew of a crack before June")
    expect(card(page).get_by_role("alert")).to_contain_text("Not saved: type “Figure”")
    expect(card(page)).to_have_attribute("data-version", "2")
    saved(page)


def test_who_may_judge_no_more_is_told_so_and_keeps_the_reason(
    queue: Page, visitor: Visitor, world: World
) -> None:
    page, project = queue, world.here.project
    set_member(by=world.manager, project=project, user=world.reviewer, role="manager")
    set_member(by=world.reviewer, project=project, user=world.manager, role="viewer")
    page.get_by_label("Go on by itself").uncheck()
    keys(page, "r")
    page.keyboard.type("Nobody says so")
    keys(page, "Enter")
    told = page.locator("#flash").get_by_role("alert")
    expect(told).to_contain_text("Not saved: ")
    expect(told).to_contain_text("You had written: Nobody says so")
    told.get_by_role("button", name="Let it go").click()
    expect(card(page)).not_to_contain_text("Rejected")
    saved(page)


@pytest.fixture
def touched(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    size = {"width": 390, "height": 844}
    yield from visit(chromium, address, world.reviewer, viewport=size, has_touch=True, is_mobile=True)


def test_on_a_phone_a_thumb_is_enough(touched: Visitor, world: World, here: Side) -> None:
    page = opened(touched)
    accept = card(page).get_by_role("button", name="Accept")
    box = accept.bounding_box()
    assert box and box["height"] >= 44 and box["y"] + box["height"] <= 844, "in sight and large enough"
    others = [card(page).locator("summary", has_text=verb).bounding_box() for verb in ("Reject", "Dispute")]
    assert [other and round(other["y"]) for other in others] == [round(box["y"])] * 2, "in one row"
    accept.tap()
    shows(page, "Nobody knew of a crack before June")
    card(page).get_by_role("button", name="Speaker").tap()
    expect(page.get_by_role("combobox", name="Who says it instead?")).to_be_focused()
    bar = card(page).locator(".decide")
    expect(bar, "which would lie over what is offered").not_to_have_css("position", "sticky")
    page.get_by_role("button", name="Leave it as it is").tap()
    card(page).locator("summary", has_text="Reject").tap()
    page.get_by_label("Why is it rejected?").locator("visible=true").fill("No")
    card(page).get_by_role("button", name="Reject", exact=True).tap()
    expect(page.get_by_role("heading", name="That was the last one")).to_be_visible()
    saved(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert said_of("Nobody knew of a crack before June") == [("rejected", "No")]
