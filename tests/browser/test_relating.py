"""Searching claims and linking them across articles, by keyboard alone."""

import pytest
from playwright.sync_api import Page, Route, expect

from annotator.models import Claim, ClaimRelation
from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import until

pytestmark = pytest.mark.browser


def desk(visitor: Visitor, query: str = "") -> Page:
    visitor.page.goto(f"{visitor.address}/p/here/claims/{query}")
    expect(visitor.page.locator("[data-claim]").first).to_be_visible()
    return visitor.page


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def related(one: Claim, other: Claim) -> list[tuple[str, str, str, str]]:
    found = ClaimRelation.objects.filter(claim=one, other=other).order_by("pk")
    return [
        (row.kind.key, row.note, row.basis, str(row.author)) for row in found.select_related("kind", "author")
    ]


def letter_of(page: Page, one: Claim) -> str:
    return page.locator(f"#claim-{one.uuid} .hint kbd").inner_text().lower()


def link(page: Page, one: Claim, *pressed: str) -> None:
    keys(page, "l")
    keys(page, letter_of(page, one), *pressed)


def test_two_claims_on_screen_are_linked_in_four_presses(visitor: Visitor, world: World, here: Side) -> None:
    page = desk(visitor)
    at_hand = page.locator("[data-claim]").first
    first = Claim.objects.get(uuid=at_hand.get_attribute("id").removeprefix("claim-"))
    assert first == here.second_claim
    keys(page, "l")
    expect(page.locator(".relating-ask")).to_contain_text("Press its letter")
    keys(page, letter_of(page, here.lone))
    panel = page.get_by_role("form", name="What one claim does to the other")
    expect(panel.locator("q").first).to_have_text("Nobody knew of a crack before June")
    expect(panel.locator("q").last).to_have_text("Eighteen lorries turned back")
    keys(page, "3", "Enter")
    for one, words in ((here.second_claim, "contradicts"), (here.lone, "contradicted by")):
        expect(page.locator(f"#claim-{one.uuid} .relations")).to_contain_text(words)
    assert related(here.second_claim, here.lone) == [("contradicts", "", "interpretive", "Manager")]

    # with a note, turned round, and called off
    link(page, here.lone, "x", "5")
    page.keyboard.type("only for lorries, not x or 2")
    keys(page, "Enter")
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text(
        "only for lorries, not x or 2"
    )
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text("Manager")
    assert related(here.lone, here.second_claim) == [
        ("qualifies", "only for lorries, not x or 2", "interpretive", "Manager")
    ]
    keys(page, "l", "Escape")
    expect(page.locator(".hint")).to_have_count(0)
    link(page, here.lone, "1", "Escape")
    expect(page.locator(".relating")).to_have_count(0)
    assert ClaimRelation.objects.filter(project=here.project).count() == 3, "one was there before"


def test_a_claim_is_held_over_pages_and_searches(visitor: Visitor, world: World, here: Side) -> None:
    page = desk(visitor)
    page.locator("#q").focus()
    page.keyboard.type('"nobody knew"')
    keys(page, "Enter")
    expect(page.locator("[data-claim]")).to_have_count(1)
    expect(page.locator("blockquote mark.hit").first).to_have_text("Nobody knew")
    for _ in range(60):  # through the form and its filters to the claim
        keys(page, "Tab")
        if page.evaluate("document.activeElement.closest('[data-claim]') !== null"):
            break
    keys(page, "m")
    expect(page.locator(".held")).to_contain_text("Nobody knew of a crack")
    page.goto(f"{visitor.address}/p/here/review/")
    expect(page.locator(".held")).to_contain_text("Nobody knew of a crack")
    keys(page, "l", "2", "Enter")
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text("supports")
    expect(page.locator(".held")).to_have_count(0)
    assert [kind for kind, *_ in related(here.lone, here.second_claim)] == ["supports"]


def test_a_relation_waits_for_the_network_and_one_refused_says_why(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = desk(visitor)
    visitor.context.set_offline(True)
    link(page, here.lone, "4", "Enter")
    expect(page.locator("#save-state")).to_have_text("Offline, 1 waiting")
    visitor.context.set_offline(False)
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text("corrected by")
    expect(page.locator("#save-state")).to_have_text("Saved")
    link(page, here.lone, "4")
    page.keyboard.type("said already")
    keys(page, "Enter")
    told = page.locator(f"#claim-{here.second_claim.uuid}").get_by_role("alert")
    expect(told).to_contain_text("this is said already, with another basis or note")
    expect(page.locator("#save-state")).to_have_text("Saved")


def test_a_card_that_comes_back_late_keeps_what_was_refused_meanwhile(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = desk(visitor)
    held: list[Route] = []
    page.route(f"**/c/{here.second_claim.uuid}/card/", lambda route: held.append(route))  # noqa: PLW0108  a builtin has no signature
    link(page, here.lone, "4", "Enter")
    expect(page.locator("#save-state")).to_have_text("Saved")
    link(page, here.lone, "4")
    page.keyboard.type("said already")
    keys(page, "Enter")
    card = page.locator(f"#claim-{here.second_claim.uuid}")
    expect(card.get_by_role("alert")).to_contain_text("this is said already, with another basis or note")
    assert held
    for route in held:
        route.continue_()
    expect(card.locator(".relations")).to_contain_text("corrects")
    expect(card.get_by_role("alert")).to_contain_text("this is said already, with another basis or note")


def test_a_card_that_comes_back_takes_the_focus_from_nothing(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = desk(visitor)
    held: list[Route] = []
    slow = True

    def answer(route: Route) -> None:
        if slow:
            held.append(route)
        else:
            route.continue_()

    page.route("**/card/", answer)
    link(page, here.lone, "4", "Enter")
    until(page, lambda: bool(held))
    link(page, here.lone)
    slow = False
    for route in held:
        route.continue_()
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text("corrected by")
    keys(page, "1")
    expect(page.get_by_role("button", name="Repeats")).to_have_attribute("aria-pressed", "true")


def test_words_of_claims_stay_words(visitor: Visitor, world: World, here: Side) -> None:
    claim(world.manager, here.snapshot, "nine days", paraphrase='"><img src=x onerror=alert(1)>')
    page = desk(visitor)
    keys(page, "l")
    expect(page.locator(".hint").first).to_be_visible()
    keys(page, letter_of(page, here.lone), "1")
    page.keyboard.type('<img src=x onerror="alert(1)">')
    keys(page, "Enter")
    expect(page.locator(f"#claim-{here.lone.uuid} .relations")).to_contain_text("<img src=x")
