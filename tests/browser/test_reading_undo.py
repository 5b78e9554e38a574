"""Undo after a refusal: what the server refused is gone, and nothing that was done before."""

import pytest
from playwright.sync_api import Page, expect

from annotator.actions import claims
from annotator.models import Annotation, Claim
from tests.factories import Side, World, claim

from .conftest import Visitor
from .reading import click, cursor_at, held_back, painted, saved
from .scenes import press
from .test_reading_saving import ANNOTATIONS

pytestmark = pytest.mark.browser
REFUSAL = {"title": "Not this time", "status": 400, "detail": "Not this time", "errors": []}
LEAVE_OUT = """async ([refused, back, undone]) => {
  const { Undo } = await import('/static/js/reading/undo.js');
  let page = {};
  const undo = new Undo((changes, back) => {
    for (const { before, after } of back ? changes.toReversed() : changes) {
      page[(after ?? before).uuid] = (back ? before : after)?.is ?? null;
    }
  });
  const state = (uuid, is) => is && (uuid === 'c' ? { uuid, is, kind: 'cue', support: { of: 'a' } }
    : { uuid, is, kind: 'claim' });
  const change = (uuid, before, after) => ({ before: state(uuid, before), after: state(uuid, after) });
  const steps = [
    [change('a', null, 'a1')],
    [change('b', null, 'b1'), change('a', 'a1', 'a2'), change('c', null, 'c1')],
    [change('a', 'a2', 'a3')], [change('a', 'a3', null)],
  ];
  steps.forEach((changes, i) => undo.did(String(i), changes));
  for (let i = 0; i < undone; i += 1) undo.undo();
  undo.leaveOut(steps[refused].find(({ before, after }) => (after ?? before).uuid === 'a'), back);
  const seen = [];
  while (undo.redo()) { /* to the end */ }
  page = {};
  for (let label = undo.undo(); label; label = undo.undo()) {
    seen.push([label, page]);
    page = {};
  }
  return seen;
}"""


def paraphrase(page: Page, side: Side, words: str) -> None:
    page.keyboard.press("Escape")
    click(page, side, "Eighteen")
    page.keyboard.press("Enter")
    page.locator("#claim-paraphrase").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".sheet-form")).to_have_count(0)


def stands(side: Side, words: str) -> None:
    side.lone.refresh_from_db()
    assert side.lone.paraphrase == words


@pytest.fixture
def refused(visitor: Visitor, here: Side) -> Page:
    """The second of two changes to a claim was refused."""
    page = visitor.open(here)
    paraphrase(page, here, "One.")
    saved(page)
    page.route(ANNOTATIONS, lambda route: route.fulfill(status=400, json=REFUSAL))
    paraphrase(page, here, "Two.")
    expect(page.locator("dialog.troubles")).to_contain_text("Not this time")
    page.unroute(ANNOTATIONS)
    return page


def test_what_was_done_before_a_refusal_can_be_undone(refused: Page, here: Side) -> None:
    refused.get_by_role("button", name="Give it up").click()
    saved(refused)
    stands(here, "One.")
    refused.keyboard.press("z")
    expect(refused.locator("#room-live")).to_have_text("Undone: Claim changed")
    saved(refused)
    stands(here, "")
    refused.keyboard.press("z")
    expect(refused.locator("#room-live")).to_have_text("Nothing to undo")
    refused.keyboard.press("Shift+Z")
    saved(refused)
    stands(here, "One.")


def test_a_corrected_change_is_undone_to_what_was_before(refused: Page, here: Side) -> None:
    refused.get_by_role("button", name="Correct it").click()
    expect(refused.locator("#claim-paraphrase")).to_have_value("Two.")
    refused.locator("#claim-paraphrase").fill("Three.")
    refused.keyboard.press("Enter")
    saved(refused)
    stands(here, "Three.")
    for words in ("One.", ""):
        refused.keyboard.press("z")
        saved(refused)
        stands(here, words)


def test_a_change_made_on_top_of_a_refused_one_is_saved(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    paraphrase(page, here, "One.")
    saved(page)
    held = held_back(page, ANNOTATIONS)
    paraphrase(page, here, "Two.")
    paraphrase(page, here, "Three.")
    expect(page.locator("#room-state")).to_contain_text("Saving")
    held[0].fulfill(status=400, json=REFUSAL)
    page.unroute(ANNOTATIONS)
    page.get_by_role("button", name="Give it up").click()
    saved(page)
    stands(here, "Three.")
    expect(page.locator(f"#card-{here.lone.uuid} .paraphrase")).to_have_text("Three.")
    for words in ("One.", ""):
        page.keyboard.press("z")
        saved(page)
        stands(here, words)


def test_a_new_claim_that_was_refused_leaves_the_others_to_be_undone(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    paraphrase(page, here, "One.")
    saved(page)
    page.route(ANNOTATIONS, lambda route: route.fulfill(status=400, json=REFUSAL))
    page.keyboard.press("Escape")
    click(page, here, "warned")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Give it up").click()
    page.unroute(ANNOTATIONS)
    assert "warned" not in painted(page, "claim")
    page.keyboard.press("z")
    saved(page)
    stands(here, "")


@pytest.mark.parametrize(
    ("case", "steps"),
    [
        # the second step loses its change to a, and the cue that is saved with it
        ([1, False, 0], [["3", {"a": "a3"}], ["2", {"a": "a1"}], ["1", {"b": None}], ["0", {"a": None}]]),
        ([2, False, 0], [["3", {"a": "a2"}], ["1", {"c": None, "a": "a1", "b": None}], ["0", {"a": None}]]),
        ([2, False, 2], [["3", {"a": "a2"}], ["1", {"c": None, "a": "a1", "b": None}], ["0", {"a": None}]]),
        # the last one was undone, which was refused: it stands, and cannot be undone
        ([3, True, 1], [["2", {"a": "a2"}], ["1", {"c": None, "a": "a1", "b": None}], ["0", {"a": None}]]),
        ([0, False, 0], [["3", {"a": "a3"}], ["2", {"a": "a2"}], ["1", {"c": None, "a": None, "b": None}]]),
    ],
)
def test_steps_fit_together_without_a_refused_one(
    visitor: Visitor, here: Side, case: list[object], steps: list[object]
) -> None:
    assert visitor.open(here).evaluate(LEAVE_OUT, case) == steps


def again(page: Page) -> None:
    page.reload()
    page.wait_for_selector("#room[data-ready]", state="attached")


def test_steps_outlive_the_page(visitor: Visitor, here: Side) -> None:
    """A claim of a new speaker is made and shortened, another changed and deleted; then back and forth."""
    page = visitor.open(here)
    undo = page.locator("#room-undo")
    cursor_at(page, here, "We found")
    press(page, "s", "q", "c")
    page.keyboard.type("Ada Tarn")
    press(page, "Enter", "Enter")
    saved(page)
    made = Claim.objects.latest("pk")
    whole = made.annotation.quotes
    press(page, "r", "ArrowLeft", "Enter")
    saved(page)
    shorter = Annotation.objects.get(pk=made.annotation.pk).quotes
    assert shorter != whole
    paraphrase(page, here, "One.")
    click(page, here, "Eighteen")
    press(page, "Delete")
    saved(page)
    again(page)
    expect(undo).to_have_accessible_name("Undo: Claim deleted")
    press(page, "z")
    expect(page.locator("#room-live")).to_have_text("Undone: Claim deleted")
    saved(page)
    here.lone.refresh_from_db()
    assert here.lone.withdrawn_at is None
    assert here.lone.paraphrase == "One."
    press(page, "z", "z")
    saved(page)
    stands(here, "")
    assert Annotation.objects.get(pk=made.annotation.pk).quotes == whole
    press(page, "z")
    saved(page)
    made.refresh_from_db()
    assert made.withdrawn_at is not None
    page.get_by_role("link", name="edit record").click()
    expect(page.get_by_role("heading", name="Correct the record")).to_be_visible()
    page.go_back()
    expect(page.locator("#room-redo")).to_have_accessible_name("Redo: Claim saved")
    expect(page.locator(f"#card-{made.uuid}")).to_have_count(0)
    expect(page.locator("#room-live")).to_have_text("")  # one's own later work is no news
    press(page, "Shift+Z", "Shift+Z", "Shift+Z")
    saved(page)
    made.refresh_from_db()
    assert made.withdrawn_at is None
    source = made.attributions.get().sources.get()
    assert source.actor.name == "Ada Tarn"
    assert Annotation.objects.get(pk=made.annotation.pk).quotes == shorter
    stands(here, "One.")


def test_steps_on_what_others_changed_meanwhile_are_forgotten(
    visitor: Visitor, world: World, here: Side
) -> None:
    other = claim(world.manager, here.snapshot, "The bridge at Velm stays shut for nine days")
    page = visitor.open(here)
    click(page, here, "bridge at")
    press(page, "Delete")
    paraphrase(page, here, "One.")
    saved(page)
    page.goto(f"{visitor.address}/p/here/articles/")
    other.refresh_from_db()
    claims.restore(by=world.manager, claim=other)
    page = visitor.open(here)
    expect(page.locator("#room-undo")).to_have_accessible_name("Undo: Claim changed")
    press(page, "z")
    saved(page)
    stands(here, "")
    press(page, "z")
    expect(page.locator("#room-live")).to_have_text("Nothing to undo")
    other.refresh_from_db()
    assert other.withdrawn_at is None


def test_steps_that_are_torn_stop_nothing(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    paraphrase(page, here, "One.")
    saved(page)
    page.add_init_script(
        """const kept = (name) => name.startsWith('sourceline-steps:');
           for (const key of Object.keys(sessionStorage).filter(kept)) {
             sessionStorage.setItem(key, '{"past": [{}], "future": 7}');
           }"""
    )
    again(page)
    expect(page.locator("#room-undo")).to_have_accessible_name("Undo")
    paraphrase(page, here, "Two.")
    press(page, "z")
    saved(page)
    stands(here, "One.")
