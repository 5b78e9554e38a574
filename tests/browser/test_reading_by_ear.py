"""The room without a mouse and without colours: what a screen reader tells, where the focus goes."""

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from tests.factories import Side, World, annotate

from .conftest import Visitor
from .reading import saved

pytestmark = pytest.mark.browser
FOCUS = """() => {
  const one = document.activeElement;
  const words = (one.getAttribute('aria-label') ?? one.textContent).trim().replace(/\\s+/g, ' ');
  return `${one.closest('[id]')?.id ?? ''}: ${words}`;
}"""


def walk(page: Page, most: int = 80) -> list[str]:
    """What has the focus, Tab by Tab, until it comes round."""
    found: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if found and now == found[0]:
            return found
        found.append(now)
    raise AssertionError(f"the focus does not come round: {found}")


def test_every_annotation_is_reached_by_tab_and_read_in_words(
    visitor: Visitor, world: World, here: Side
) -> None:
    annotate(world.manager, here.snapshot, "actor", "Nordpost", actor=str(here.office.uuid))
    page = visitor.open(here)
    page.locator("#room-filter [data-kind='']").focus()
    page.keyboard.press("Enter")
    standing = here.snapshot.annotations.exclude(claim__withdrawn_at__isnull=False)
    expect(page.locator("#room-list .mini")).to_have_count(standing.count())
    expected = page.locator("#room-list .mini").evaluate_all("(all) => all.map((one) => one.id)")
    assert set(expected) == {f"card-{one.uuid}" for one in standing}, "all kinds, cues and reasons too"
    page.locator(".skip").focus()
    walked = walk(page)
    cards = [one.split(": ")[0] for one in walked if one.startswith("card-")]
    assert cards == expected, "each once, in the order of the text"
    order = [one.split(": ")[0] for one in walked]
    assert order.index("room-text") < order.index(cards[0]), "the text comes before the list"


def test_a_card_says_kind_speaker_status_place_and_words(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    number = here.claim.annotation.sentence.number
    expect(page.locator("#room-list")).to_match_aria_snapshot(
        f"""
        - list:
          - listitem:
            - button /Claim. Ilse Brandt disputed sentence {number} We found a crack/
        """
    )
    page.locator(f"#card-{here.claim.uuid} button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#card-{here.claim.uuid} button").first).to_be_focused()
    expect(page.locator(f"#card-{here.claim.uuid}")).to_match_aria_snapshot(
        f"""
        - listitem:
          - button /Claim/ [expanded]
          - list "Source line":
            - listitem:
              - text: said by
              - paragraph:
                - link "Ilse Brandt"
                - text: director · sentence {number}
              - text: /told the agency/
            - listitem:
              - text: relayed by
              - paragraph:
                - link "Nordpost"
                - text: organisation
            - listitem:
              - text: published in
              - paragraph: The Velm Courier
        """
    )


def test_a_claim_is_made_corrected_and_taken_back_by_keys_and_each_step_is_said(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.open(here)
    live, before = page.locator("#room-live"), Claim.objects.count()
    expect(live).to_have_attribute("aria-live", "polite")
    while "room-text" not in page.evaluate(FOCUS):
        page.keyboard.press("Tab")
    for key in ("j", "j", "j", "s", "c"):
        page.keyboard.press(key)
    form = page.get_by_role("form", name="New claim")
    expect(form).to_be_visible()
    expect(form.get_by_role("combobox", name="Speaker")).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(live).to_contain_text("Claim saved: ")
    expect(page.locator("#room-saved")).to_have_text("Saved")
    expect(page.locator("#room-text")).to_be_focused()
    saved(page)
    assert Claim.objects.count() == before + 1
    page.keyboard.press("n")
    page.keyboard.press("p")
    expect(live).to_contain_text("sentence")
    page.keyboard.press("z")
    expect(live).to_contain_text("Undone: Claim saved")
    saved(page)
    assert Claim.objects.latest("pk").withdrawn_at is not None


def test_a_state_that_changes_is_said(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    visitor.context.set_offline(True)
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    told = page.locator("#room-saved")
    expect(told).to_have_text("Offline, 1 waiting")
    visitor.context.set_offline(False)
    saved(page)
    expect(told).to_have_text("Saved")
