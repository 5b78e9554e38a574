"""Scripts in every text that a user or a file can fill are shown as text on every page, and never run."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, Route

from tests.factories import World

from .conftest import Visitor
from .hostile import SCRIPTS, hostile_places
from .watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PUBLIC = ("project", "overview", "article", "speaker", "event", "release", "claim", "codebook", "code")
MADE_OF_THEM = """() => {
  const found = [];
  if (window.__xss !== undefined) found.push("a script ran");
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const leads = ["href", "src", "action", "formaction", "srcdoc", "data"].includes(name);
      if (name.startsWith("on") || (leads && /^\\s*(javascript|data:text)/i.test(value)))
        found.push(`${element.localName} with ${name}=${value}`);
    }
    if (element.matches("iframe, img[src=x], script:not([src], [type='application/json'])"))
      found.push(`an element ${element.localName}`);
  }
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const closed = window.htmx?.config.disableSelector;
  while (closed && walker.nextNode()) {
    const around = walker.currentNode.parentElement;
    const words = walker.currentNode.data.includes("__xss");
    if (words && !around.closest(`${closed}, title, textarea, option, script`))
      found.push(`words where htmx looks for something to do: ${around.localName}.${around.className}`);
  }
  const ours = "[hx-get], [hx-post], [hx-boost=true], [hx-boost=true] a, [hx-boost=true] form";
  for (const element of closed ? document.querySelectorAll(ours) : [])
    if (element.closest(closed)) found.push(`htmx does not look at ${element.outerHTML.slice(0, 80)}`);
  return found;
}"""
POLICY = {
    "Content-Type": "text/html",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'",
}
SHOWN = """() => document.body.innerText.includes("__xss")
  || [...document.querySelectorAll("input, textarea")].some((field) => field.value.includes("__xss"))"""


@pytest.fixture
def places(world: World, owner_cursor: psycopg.Cursor, settings: Any, tmp_path: Path) -> dict[str, list[str]]:
    settings.DATA_DIR = tmp_path
    return hostile_places(world, owner_cursor)


def wrong_on(page: Page) -> list[str]:
    if page.locator("#room-text").count():
        page.wait_for_selector("#room[data-ready]", state="attached")
    return list(page.evaluate(MADE_OF_THEM))


def look(visitor: Visitor, places: dict[str, list[str]]) -> tuple[dict[str, list[str]], set[str]]:
    """What is wrong by its address, and the names of pages on which none of the scripts is to be read."""
    wrong, silent = {}, set()
    visitor.page.on("dialog", lambda dialog: visitor.complaints.append(f"a dialog: {dialog.message}"))
    for name, addresses in places.items():
        for one in addresses:
            answer = visitor.page.goto(visitor.address + one)
            assert answer and answer.status < 500, one
            if found := wrong_on(visitor.page):
                wrong[one] = found
            if not visitor.page.evaluate(SHOWN):
                silent.add(name)
    return wrong, silent


def test_scripts_in_every_text_are_read_and_never_run(
    places: dict[str, list[str]], visitor: Visitor, watch: Watch
) -> None:
    """By the manager, and by whoever is not signed in once the project is public."""
    wrong, silent = look(visitor, places)
    visitor.context.clear_cookies()
    also, unread = look(visitor, {name: places[name] for name in PUBLIC})
    assert wrong | also == {}
    assert watch.violations == []
    assert (silent, unread) == (set(), set())


def test_a_script_that_is_not_escaped_is_noticed(
    places: dict[str, list[str]], visitor: Visitor, watch: Watch
) -> None:
    """One sort is let through into one page, as a template would that does not escape it."""
    page, escaped = visitor.page, "&lt;img src=x onerror=window.__xss=1&gt;"

    def let_through(route: Route) -> None:
        body = route.fetch().text()
        assert escaped in body
        route.fulfill(body=body.replace(escaped, SCRIPTS[1]), headers=POLICY)

    url = visitor.address + places["speakers"][0]
    page.route(url, let_through)
    page.goto(url)
    assert {"img with onerror=window.__xss=1", "an element img"} <= set(wrong_on(page))
    page.wait_for_function("() => document.readyState === 'complete'")
    found, watch.violations[:] = list(watch.violations), []
    assert any("script-src-attr" in one for one in found)
    assert [one for one in visitor.complaints if "script-src-attr" in one]
    visitor.complaints.clear()
