"""An article of 13,700 words with 2,000 marks: what one does in it touches what is near, not all of it.

Five times as many are opened in bench/reading_room.py.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotator.models import Claim
from bench.room import words, workload
from sources.models import Snapshot
from tests.factories import World

from .conftest import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000  # milliseconds, on a busy machine
REGISTERED = """() => [...CSS.highlights.values()].reduce((sum, one) => sum + one.size, 0)"""
WATCH_WORK = """() => {
  const work = { cards: 0, painted: 0 };
  globalThis.work = work;
  const list = document.getElementById('room-list');
  const cards = (nodes) => [...nodes].filter((one) => one.matches?.('.mini')).length;
  new MutationObserver((all) => { for (const one of all) work.cards += cards(one.addedNodes); })
    .observe(list, { childList: true, subtree: true });
  const add = Highlight.prototype.add;
  Highlight.prototype.add = function counted(range) { work.painted += 1; return add.call(this, range); };
}"""
SELECT_ON_SCREEN = """() => {
  const sentence = [...document.querySelectorAll('.s')].find((one) => one.getBoundingClientRect().top > 250);
  getSelection().setBaseAndExtent(sentence.firstChild, 0, sentence.firstChild, 12);
  return Number(sentence.dataset.n);
}"""


@pytest.fixture
def book(world: World) -> Snapshot:
    length, spans = workload.SIZES["long"]
    return workload.make(world.manager, world.here.project, words.text("The long one", length), spans)


def opened(visitor: Visitor, book: Snapshot) -> Page:
    page = visitor.page
    page.goto(f"{visitor.address}/p/here/articles/{book.article.uuid}/", timeout=PATIENCE)
    page.wait_for_selector("#room[data-ready]", state="attached", timeout=PATIENCE)
    return page


def test_marking_and_scrolling_touch_what_is_near(visitor: Visitor, book: Snapshot) -> None:
    page = opened(visitor, book)
    claims = Claim.objects.filter(annotation__snapshot=book)
    before = claims.count()
    cards = page.locator("#room-list .mini")
    expect(cards).to_have_count(before, timeout=PATIENCE)
    assert page.locator("#room-list > *").count() < before / 20, "few parts for the browser to look at"
    assert page.evaluate(REGISTERED) < 500

    page.evaluate(WATCH_WORK)
    page.locator("#room-text").focus()
    page.keyboard.press("Shift")  # a key, so that the focus shows
    ring = page.evaluate("() => getComputedStyle(document.getElementById('room-text')).outline")
    assert "solid" in ring, "dashes round a text of half a million pixels are drawn again for every tile"
    number = page.evaluate(SELECT_ON_SCREEN)
    page.keyboard.press("c")
    page.keyboard.press("Enter")
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    expect(cards).to_have_count(before + 1)
    work: Any = page.evaluate("work")
    assert work["cards"] < 20 and work["painted"] < 100, work
    made = claims.latest("pk")
    assert made.annotation.sentence.number == number
    expect(page.locator("[data-current=true]")).to_have_id(f"card-{made.uuid}")

    page.keyboard.press("z")
    expect(cards).to_have_count(before)
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved", timeout=PATIENCE)
    page.evaluate(
        "() => { work.painted = 0; scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }); }"
    )
    page.wait_for_function(
        """() => {
          const last = [...document.querySelectorAll('[data-block]')].slice(-5);
          return [...CSS.highlights.get('claim')].some(({ startContainer }) =>
            last.some((one) => one.contains(startContainer)));
        }""",
        timeout=PATIENCE,
    )
    assert page.evaluate("work.painted") < 1000
    assert page.evaluate(REGISTERED) < 500
