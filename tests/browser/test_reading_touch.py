"""The room under a finger at 390 pixels: an annotation is chosen, its handles are pulled, words left out."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Annotation
from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import painted, place, saved, stored, where
from .test_reading_room import SELECT

pytestmark = pytest.mark.browser
LONE = "Eighteen lorries turned back"
LAYER = "(what) => Number(getComputedStyle(document.querySelector(what)).zIndex)"
FINGER = 24  # pixels: the least that a fingertip meets


def tap(page: Page, side: Side, words: str) -> None:
    at = place(page, side, words)
    page.touchscreen.tap(at["x1"] + 8, at["y1"])


def pull(page: Page, side: Side, handle: str, words: str) -> None:
    """Puts a finger on a handle and takes it behind `words`."""
    to = place(page, side, words)
    box = page.get_by_role("slider", name=handle).bounding_box()
    assert box
    assert box["width"] >= FINGER and box["height"] >= FINGER
    finger = page.context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    line = box["y"] - 12 if handle.startswith("End") else box["y"] + box["height"] + 12
    goal = (to["x2"], to["y2"] + y - line)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        touched = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touched})

    touch("touchStart", (x, y))
    for step in (0.3, 0.7, 1):
        touch("touchMove", (x + (goal[0] - x) * step, y + (goal[1] - y) * step))
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    touch("touchEnd")


def test_a_handle_is_pulled_by_a_finger(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    tap(page, here, "Eighteen")
    assert painted(page, "claim-current") == [LONE]
    at = page.evaluate("scrollY")
    pull(page, here, "End of the claim", "Eighteen lorries")
    saved(page)
    assert stored(here, "Eighteen lorries") == here.lone.annotation
    assert page.evaluate("scrollY") == at, "a handle does not scroll the page"
    pull(page, here, "Start of the claim", "known in")
    saved(page)
    grown = Annotation.objects.get(pk=here.lone.annotation.pk)
    start, _ = where(here, "spring. Eighteen")
    assert grown.extent.to_json()[0][0] == start


def test_words_are_left_out_and_a_stretch_removed_by_taps(phone: Visitor, here: Side, world: World) -> None:
    made = claim(world.manager, here.snapshot, "The bridge at Velm stays shut for nine days")
    page = phone.open(here)
    tap(page, here, "bridge at")
    page.evaluate(SELECT, list(where(here, "at Velm")))
    page.locator(".tools").get_by_role("button", name="Leave out").tap()
    saved(page)
    assert stored(here, "The bridge", "stays shut for nine days") == made.annotation
    page.locator("#room-sheet-toggle").tap()
    page.get_by_role("button", name="Leave out “The bridge”").tap()
    saved(page)
    assert stored(here, "stays shut for nine days") == made.annotation


def test_what_was_deleted_is_undone_and_redone_by_taps(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    undo, redo = page.locator("#room-undo"), page.locator("#room-redo")
    expect(undo).to_have_attribute("aria-disabled", "true")
    tap(page, here, "Eighteen")
    page.locator("#room-sheet-toggle").tap()
    page.get_by_role("button", name="Delete").tap()
    expect(page.locator("#room-live")).to_have_text("Claim deleted. Undo takes it back.")
    expect(page.locator(".said > p")).to_be_in_viewport()
    assert page.evaluate(LAYER, ".said") > page.evaluate(LAYER, ".panel"), "seen from the list"
    expect(undo).to_have_accessible_name("Undo: Claim deleted")
    assert undo.bounding_box()["height"] >= FINGER  # type: ignore[index]
    undo.tap()
    assert LONE in painted(page, "claim")
    expect(undo).to_have_accessible_name("Undo")
    expect(redo).to_have_accessible_name("Redo: Claim deleted")
    redo.tap()
    assert LONE not in painted(page, "claim")
    undo.tap()
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is None
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_nothing_of_a_chosen_claim_widens_the_page(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    tap(page, here, "We found")
    expect(page.locator(".thread").first).to_be_attached()
    expect(page.locator(".thread-aside")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_cue_and_a_speaker_are_picked_in_the_text_by_taps(phone: Visitor, here: Side) -> None:
    page = phone.open(here)
    page.evaluate(SELECT, list(where(here, "Eighteen lorries")))
    page.locator(".tools").get_by_role("button", name="Claim").tap()
    page.get_by_role("button", name="Pick in the text").tap()
    tap(page, here, "Ilse Brandt")
    expect(page.locator(".chip b")).to_have_text("Ilse Brandt")
    page.get_by_role("button", name="Remove this cue").or_(
        page.get_by_role("button", name="+ cue from the text")
    ).first.tap()
    if page.locator(".cue-chip").count() == 0 and not page.locator(".pick-banner").count():
        page.get_by_role("button", name="+ cue from the text").tap()
    tap(page, here, "denies")
    expect(page.locator(".tools")).to_be_hidden()
    page.locator(".pick-banner").get_by_role("button", name="Take the words").tap()
    expect(page.locator(".cue-open")).to_have_text(["denies"])
    page.locator(".sheet-form [type=submit]").tap()
    saved(page)
    link = stored(here, "Eighteen lorries").claim.attributions.get()
    assert (link.sources.get().mention, link.cues.get().annotation.quotes) == (here.mention, ["denies"])


def test_the_bar_of_tools_follows_its_words_when_the_telephone_is_turned(phone: Visitor, here: Side) -> None:
    page = phone.page
    page.set_viewport_size({"width": 844, "height": 390})
    phone.open(here)
    page.evaluate(SELECT, list(where(here, "Eighteen lorries")))
    expect(page.locator(".tools")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        """() => {
          const bar = document.querySelector('.tools').getBoundingClientRect();
          const words = [...getSelection().getRangeAt(0).getClientRects()].filter(({ width }) => width > 1);
          const below = bar.top - Math.max(...words.map(({ bottom }) => bottom));
          return bar.right <= innerWidth && below > 0 && below < 40;
        }"""
    )
