"""Two people in one text: each sees within seconds what the other does, and nobody is disturbed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from annotator.actions import claims, reviews
from annotator.intents.review import DecideClaim
from annotator.models import Claim
from tests.factories import Side, World, annotate, claim

from .conftest import Visitor, visit
from .reading import click, cursor_at, drag, painted, saved, stored
from .test_reading_saving import change_behind_the_back

pytestmark = pytest.mark.browser
WITHIN = 5000  # milliseconds
PLACE = """() => ({ scroll: scrollY, panel: document.getElementById('room-panel').scrollTop,
  focus: document.activeElement.id, selected: getSelection().toString() })"""


@pytest.fixture
def colleague(chromium: Browser, address: str, world: World) -> Iterator[Visitor]:
    yield from visit(chromium, address, world.reviewer)


def card(page: Page, one: Claim) -> object:
    return page.locator(f"#card-{one.uuid}")


def test_what_one_adds_the_other_sees(visitor: Visitor, colleague: Visitor, here: Side) -> None:
    mine, theirs = visitor.open(here), colleague.open(here)
    drag(mine, here, "Eighteen lorries")
    before = mine.evaluate(PLACE)
    drag(theirs, here, "stays shut for nine days")
    theirs.keyboard.press("c")
    theirs.keyboard.press("1")
    theirs.keyboard.press("Enter")
    saved(theirs)
    made = stored(here, "stays shut for nine days").claim
    expect(card(mine, made)).to_contain_text("Harbour office", timeout=WITHIN)
    assert "stays shut for nine days" in painted(mine, "claim")
    assert "said" in painted(mine, "cue")
    expect(mine.locator("#room-live")).to_contain_text("Reviewer added: Claim")
    assert mine.evaluate(PLACE) == before
    assert before["selected"] == "Eighteen lorries"
    mine.keyboard.press("c")
    mine.keyboard.press("Enter")
    saved(mine)
    assert stored(here, "Eighteen lorries")


def test_a_half_filled_form_is_left_alone(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "anyone was warned")
    page.keyboard.press("c")
    page.locator("#claim-paraphrase").fill("Half a sen")
    page.locator("#claim-paraphrase").focus()
    before = page.evaluate(PLACE)
    made = claim(world.reviewer, here.snapshot, "the inquiry is open")
    claims.withdraw(by=world.reviewer, claim=here.lone)
    reviews.decide(by=world.reviewer, claim=here.claim, intent=DecideClaim("accepted"))
    expect(card(page, made)).to_be_attached(timeout=WITHIN)
    expect(card(page, here.lone)).to_have_count(0)
    expect(card(page, here.claim)).to_contain_text("accepted")
    assert "Eighteen lorries turned back" not in painted(page, "claim")
    assert page.evaluate(PLACE) == before
    page.keyboard.type("tence")
    expect(page.locator("#claim-paraphrase")).to_have_value("Half a sentence")
    expect(page.locator(".form-news")).to_have_count(0)


def test_what_is_deleted_goes(visitor: Visitor, colleague: Visitor, world: World, here: Side) -> None:
    one = annotate(world.manager, here.snapshot, "actor", "lorries", actor=str(here.office.uuid))
    mine, theirs = visitor.open(here), colleague.open(here)
    mine.locator("#room-filter [data-kind=actor]").click()
    expect(mine.locator(f"#card-{one.uuid}")).to_be_attached()
    click(theirs, here, "lorries")
    theirs.keyboard.press("Delete")
    saved(theirs)
    expect(mine.locator(f"#card-{one.uuid}")).to_have_count(0, timeout=WITHIN)
    assert "lorries" not in painted(mine, "actor")


def open_theirs_changed(visitor: Visitor, world: World, here: Side) -> Page:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    change_behind_the_back(world, here, "Theirs.")
    expect(page.locator(".form-news")).to_contain_text("This was changed elsewhere", timeout=WITHIN)
    expect(page.locator("#claim-paraphrase")).to_have_value("Mine.")
    expect(page.locator("#claim-paraphrase")).to_be_focused()
    return page


def test_a_change_to_the_open_annotation_is_told_and_decided_on_saving(
    visitor: Visitor, world: World, here: Side
) -> None:
    page = open_theirs_changed(visitor, world, here)
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.troubles")
    expect(dialog).to_contain_text("Mine.")
    expect(dialog).to_contain_text("Theirs.")
    page.get_by_role("button", name="Keep mine").click()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Mine."


def test_the_others_version_can_be_opened_instead(visitor: Visitor, world: World, here: Side) -> None:
    page = open_theirs_changed(visitor, world, here)
    page.get_by_role("button", name="Open the stored one").click()
    expect(page.locator("#claim-paraphrase")).to_have_value("Theirs.")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("dialog.troubles")).to_have_count(0)


def test_undo_takes_nothing_from_others(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    page.keyboard.press("Enter")
    saved(page)
    here.lone.annotation.refresh_from_db()
    here.lone.refresh_from_db()
    change_behind_the_back(world, here, "Theirs.")
    expect(page.locator("[data-current=true] .paraphrase")).to_have_text("Theirs.", timeout=WITHIN)
    page.keyboard.press("z")
    expect(page.locator("#room-live")).to_have_text("Nothing to undo")
    here.lone.refresh_from_db()
    assert here.lone.paraphrase == "Theirs."


def test_what_waits_here_is_not_overwritten(visitor: Visitor, world: World, here: Side) -> None:
    page = visitor.open(here)
    page.route("**/annotations/**", lambda route: route.abort())
    click(page, here, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill("Mine.")
    page.keyboard.press("Enter")
    change_behind_the_back(world, here, "Theirs.")
    made = claim(world.reviewer, here.snapshot, "a crack")
    expect(card(page, made)).to_be_attached(timeout=WITHIN)
    expect(page.locator("[data-current=true] .paraphrase")).to_have_text("Mine.")
    page.unroute("**/annotations/**")
    expect(page.locator("dialog.troubles")).to_contain_text("Theirs.", timeout=15000)
    page.get_by_role("button", name="Keep mine").click()
    saved(page)


def test_it_asks_with_its_tag_only_while_looked_at(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    asked: list[int] = []
    page.on("response", lambda answer: asked.append(answer.status) if "/changes/" in answer.url else None)
    visitor.open(here)
    cursor_at(page, here, "Eighteen")
    page.wait_for_timeout(7000)
    assert asked == [304, 304]
    page.evaluate(
        "Object.defineProperty(document, 'visibilityState', { get: () => globalThis.seen ?? 'hidden' })"
    )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(7000)
    assert asked == [304, 304]
    page.evaluate("globalThis.seen = 'visible'; document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(1000)
    assert asked == [304, 304, 304]


def test_it_asks_less_often_while_nobody_answers(visitor: Visitor, here: Side) -> None:
    page = visitor.page
    asked: list[str] = []

    def refuse(route: object) -> None:
        asked.append("asked")
        route.fulfill(status=503)

    page.route("**/changes/", refuse)
    visitor.open(here)
    page.wait_for_timeout(14000)
    assert len(asked) == 2, "after 3 s, then 6 s, then 12 s"
