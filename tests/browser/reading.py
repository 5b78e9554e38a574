"""What a person does in the reading room, in the words of a test."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from playwright.sync_api import Page, Route, expect

from annotator.models import Annotation
from tests.factories import Side

from .conftest import PATIENCE

_PLACE = """([start, end]) => {
  const found = [...document.querySelectorAll('.s')];
  const points = (node, unit) => Array.from(node.data.slice(0, unit)).length;
  const at = (point, last) => {
    const s = found.filter((e) => Number(e.dataset.start) <= point - (last ? 1 : 0)).at(-1);
    const node = s.firstChild;
    let unit = 0;
    while (points(node, unit) + Number(s.dataset.start) < point) unit += 1;
    return [node, unit];
  };
  const range = document.createRange();
  range.setStart(...at(start, false));
  range.setEnd(...at(end, true));
  range.startContainer.parentElement.scrollIntoView({ block: 'center', behavior: 'instant' });
  const waits = (part) => {
    const { top, bottom } = part.getBoundingClientRect();
    const away = bottom < 0 || top > innerHeight || part.closest('details:not([open])');
    return !away && !part.firstElementChild?.checkVisibility({ contentVisibilityAuto: true });
  };
  if ([...document.querySelectorAll('[data-block]')].some(waits)) return performance.now();
  const rects = [...range.getClientRects()].filter((r) => r.width > 0);
  const [a, b] = [rects[0], rects.at(-1)];
  return { x1: a.left + 1, y1: (a.top + a.bottom) / 2, x2: b.right - 1, y2: (b.top + b.bottom) / 2 };
}"""

ON_DISK = """(count) => new Promise((resolve) => {
  const request = indexedDB.open('sourceline');
  request.onsuccess = () => {
    const asked = request.result.transaction('outbox').objectStore('outbox').count();
    asked.onsuccess = () => { request.result.close(); resolve(asked.result === count); };
  };
})"""
"""Whether so many changes wait in the store that a killed browser keeps."""


def until_still(look: str) -> str:
    """A script that calls `look` each frame until it answers the same twice, and gives that answer.

    Parts on the way are laid out when they come near the screen, and move what stands below them.
    """
    return f"""async (asked) => {{
      const look = {look};
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      for (let before = null, looks = 0; looks < 60; looks += 1) {{
        const now = look(asked);
        if (JSON.stringify(now) === JSON.stringify(before)) return now;
        before = now;
        await frame();
      }}
      throw new Error("the words do not come to rest");
    }}"""


def where(side: Side, words: str) -> tuple[int, int]:
    start = side.snapshot.text.index(words)
    return start, start + len(words)


def place(page: Page, side: Side, words: str) -> dict[str, float]:
    """Where the words stand in the window, scrolled into view, once they stand still."""
    found: dict[str, float] = page.evaluate(until_still(_PLACE), list(where(side, words)))
    return found


def drag(page: Page, side: Side, words: str, *modifiers: str) -> None:
    at = place(page, side, words)
    for key in modifiers:
        page.keyboard.down(key)
    page.mouse.move(at["x1"], at["y1"])
    page.mouse.down()
    page.mouse.move((at["x1"] + at["x2"]) / 2, at["y2"])
    page.mouse.move(at["x2"], at["y2"])
    page.mouse.up()
    for key in modifiers:
        page.keyboard.up(key)
    expect(page.locator(".tools")).to_be_visible()


def click(page: Page, side: Side, words: str) -> None:
    at = place(page, side, words)
    page.mouse.click((at["x1"] + at["x2"]) / 2 if at["y1"] == at["y2"] else at["x1"] + 3, at["y1"])


def cursor_at(page: Page, side: Side, words: str, *, rtl: bool = False) -> None:
    """Puts the text cursor before `words` as a click does."""
    at = place(page, side, words)
    page.mouse.click(at["x2"] if rtl else at["x1"], at["y1"])


def saved(page: Page) -> None:
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.locator("#room-state")).to_have_attribute("data-state", "saved")


def stored(side: Side, *quotes: str, kind: str = "claim") -> Annotation:
    """The one annotation of that kind with those quotes, as the database has it."""
    return Annotation.objects.select_related("sentence").get(
        snapshot=side.snapshot, kind=kind, quotes=list(quotes)
    )


def painted(page: Page, name: str) -> list[str]:
    """The words under a highlight of that name, in the order of the text."""
    words: Any = page.evaluate(
        """(name) => [...CSS.highlights.get(name)].map((r) => {
             const range = document.createRange();
             range.setStart(r.startContainer, r.startOffset);
             range.setEnd(r.endContainer, r.endOffset);
             const { start } = r.startContainer.parentElement.dataset;
             return [Number(start) * 10000 + r.startOffset, range.toString()];
           }).sort((a, b) => a[0] - b[0]).map(([, words]) => words)""",
        name,
    )
    return list(words)


def held_back(page: Page, url: Any) -> list[Route]:
    """Requests to that address as they come: each waits to be let go on."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(url, hold)
    return held


def until(page: Page, what: Callable[[], bool]) -> None:
    """Let the page go on until it is so. For what `expect` cannot see: requests, rows, highlights."""
    end = monotonic() + PATIENCE / 1000
    while not what():
        assert monotonic() < end, "it never came to that"
        page.wait_for_timeout(50)


def cards(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("#room-list .mini-words").all_text_contents()]
