"""Who said it, drawn: threads from a claim over its cue to its speakers, in sight or not."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from annotator.models import Actor, Claim
from tests.factories import Side, World, annotate, claim, span

from .accessibility import violations
from .conftest import Visitor, visit
from .reading import click, drag, painted, place, until

pytestmark = pytest.mark.browser
ENDS = """() => {
  const origin = document.querySelector('.threads').getBoundingClientRect();
  return [...document.querySelectorAll('.thread')].map((path) => {
    const at = (length) => {
      const { x, y } = path.getPointAtLength(length);
      return [x + origin.x, y + origin.y];
    };
    return [...at(0), ...at(path.getTotalLength())];
  });
}"""


def relayed_claim(world: World, here: Side) -> Claim:
    """Said by the engineer, passed on by Nordpost; both are mentioned."""
    agency = Actor.objects.get(name="Nordpost", project=here.project)
    mention = annotate(world.manager, here.snapshot, "actor", "Nordpost", actor=str(agency.uuid))
    engineer = here.anonymous.mentions.get().annotation
    cue = {**span(here.snapshot, "said the crack"), "uuid": str(uuid4())}
    start = cue["extent"][0][0]
    cue |= {"extent": [[start, start + 4]], "quotes": ["said"]}
    said = {
        "role": "said",
        "sources": [{"actor": str(here.anonymous.uuid), "mention": str(engineer.uuid)}],
        "cues": [cue],
    }
    passed = {"role": "relayed", "sources": [{"actor": str(agency.uuid), "mention": str(mention.uuid)}]}
    words = "the crack was known in spring"
    return claim(world.manager, here.snapshot, words, voice="attributed", chains=[[said, passed]])


def choose(page: Page, made: Claim) -> None:
    page.locator(f"#card-{made.uuid} .mini-main").click()
    expect(page.locator(".thread").first).to_be_attached()


def near(x: float, y: float, at: dict[str, float]) -> bool:
    """Whether a thread's end touches the words, above or below."""
    return at["x1"] - 2 <= x <= at["x2"] + 2 and abs(y - at["y1"]) < 20


def test_threads_lead_from_the_words_to_who_passed_them_on(
    visitor: Visitor, world: World, here: Side
) -> None:
    made = relayed_claim(world, here)
    page = visitor.open(here)
    choose(page, made)
    expect(page.locator(".thread")).to_have_count(3)
    ends: Any = page.evaluate(ENDS)
    at = {words: place(page, here, words) for words in ("said the", "An engineer", "Nordpost")}
    assert near(*ends[0][2:], at["said the"])
    assert near(*ends[1][2:], at["An engineer"])
    assert near(*ends[2][:2], at["An engineer"]) and near(*ends[2][2:], at["Nordpost"])
    expect(page.locator(".thread-label")).to_have_text(["says it", "relayed it"])
    expect(page.locator(".thread-relayed")).to_have_css("stroke-dasharray", "5px, 3px")
    expect(page.locator(".threads")).to_have_attribute("aria-hidden", "true")
    expect(page.locator(".thread-words")).to_have_attribute("aria-hidden", "true")
    chain = page.locator("[data-current=true] .chain")
    for words in ("said by", "an engineer #1", "sentence 5", "relayed by", "Nordpost", "said"):
        expect(chain).to_contain_text(words)


def test_a_speaker_without_a_mention_stands_beside_the_last_one(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    choose(page, here.claim)
    expect(page.locator(".thread-aside")).to_have_text("Nordpost relayed it")
    expect(page.locator(".thread-label:not(.thread-aside)")).to_have_text("says it")
    page.mouse.move(5, 600)
    page.locator("#room-text").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".thread, .thread-label")).to_have_count(0)


def test_pointing_at_a_mention_shows_what_it_says(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    at = place(page, here, "Ilse Brandt")
    page.mouse.move(at["x1"] + 8, at["y1"])
    expect(page.locator(".thread")).to_have_count(2)
    page.mouse.move(5, 600)
    expect(page.locator(".thread")).to_have_count(0)
    click(page, here, "Ilse Brandt")
    expect(page.locator(".thread")).to_have_count(2)
    page.mouse.move(5, 600)
    expect(page.locator(".thread")).to_have_count(2)


def test_threads_follow_the_form_and_the_width(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    drag(page, here, "stays shut for nine days")
    page.keyboard.press("c")
    expect(page.locator(".thread")).to_have_count(0)
    page.keyboard.press("1")
    expect(page.locator(".thread")).to_have_count(2)
    expect(page.locator(".thread-label")).to_have_text("says it")
    before = page.locator(".thread").first.get_attribute("d")
    page.set_viewport_size({"width": 940, "height": 800})
    expect(page.locator(".thread").first).not_to_have_attribute("d", before or "")
    ends: Any = page.evaluate(ENDS)
    assert near(*ends[0][2:], place(page, here, "the harbour"))


def test_who_is_out_of_sight_is_named_at_the_edge(visitor: Visitor, world: World, here: Side) -> None:
    said = {
        "role": "said",
        "sources": [{"actor": str(here.actor.uuid), "mention": str(here.mention.annotation.uuid)}],
    }
    made = claim(world.manager, here.snapshot, "anyone was warned", voice="attributed", chains=[[said]])
    page = visitor.open(here)
    page.set_viewport_size({"width": 1280, "height": 300})
    choose(page, made)
    page.evaluate("location.hash = 's7'")
    sign = page.locator(".thread-sign[data-way=up]")
    expect(sign).to_have_text("Ilse Brandt says it, sentence 4")
    # asked in one step: it may be drawn anew at any time
    y = "document.querySelector('.thread-sign[data-way=up]')?.getBoundingClientRect().y ?? 0"
    until(page, lambda: 48 <= page.evaluate(y) <= 80)
    page.evaluate("location.hash = 's4'")
    expect(sign).to_have_count(0)
    # nothing takes the reader back to what was chosen before
    until(page, lambda: 48 < page.evaluate("document.getElementById('s4').getBoundingClientRect().top") < 300)


def test_threads_keep_still_for_who_asked_for_it(visitor: Visitor, here: Side) -> None:
    page = visitor.open(here)
    page.emulate_media(reduced_motion="reduce")
    choose(page, here.claim)
    expect(page.locator(".threads")).to_have_css("animation-name", "none")
    page.emulate_media(reduced_motion="no-preference")
    expect(page.locator(".threads")).to_have_css("animation-name", "thread-in")


def test_a_card_shows_its_threads_when_it_is_pointed_at_or_reached_by_key(
    visitor: Visitor, here: Side
) -> None:
    page = visitor.open(here)
    card = page.locator(f"#card-{here.claim.uuid} .mini-main")
    card.hover()
    expect(page.locator(".thread")).to_have_count(2)
    assert painted(page, "claim-hover") == ["We found a crack"]
    page.mouse.move(5, 600)
    expect(page.locator(".thread")).to_have_count(0)
    page.get_by_label("Speaker").focus()
    page.keyboard.press("Tab")
    expect(card).to_be_focused()
    expect(page.locator(".thread")).to_have_count(2)
    page.keyboard.press("Tab")
    expect(page.locator(".thread")).to_have_count(0)


@pytest.fixture(params=["light", "dark"])
def checked(
    request: pytest.FixtureRequest, chromium: Browser, address: str, world: World
) -> Iterator[Visitor]:
    # the checker tries styles out on what it measures, which the page's policy would block
    look = {"color_scheme": request.param, "reduced_motion": "reduce", "bypass_csp": True}
    yield from visit(chromium, address, world.manager, **look)


def test_handles_threads_and_the_bar_break_no_rule(checked: Visitor, here: Side) -> None:
    page = checked.open(here)
    choose(page, here.claim)
    drag(page, here, "found a")
    page.keyboard.press("-")
    expect(page.locator(".note")).to_be_visible()
    assert violations(page) == []
