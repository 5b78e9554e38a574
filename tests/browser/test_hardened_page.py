"""What the policies mean in a page as a real browser has it."""

import pytest

from .conftest import Visitor
from .watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.lengthy]

SINKS = {
    "innerHTML": "document.body.innerHTML = '<b>x</b>'",
    "outerHTML": "document.body.outerHTML = '<b>x</b>'",
    "insertAdjacentHTML": "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
    "document.write": "document.write('<b>x</b>')",
    "srcdoc": "document.createElement('iframe').srcdoc = '<b>x</b>'",
    "a range": "document.createRange().createContextualFragment('<b>x</b>')",
    "a script's text": "document.createElement('script').text = '1'",
    "a script's address": "document.createElement('script').src = '/x.js'",
    "a timer": "setTimeout('1', 0)",
    "another policy": "trustedTypes.createPolicy('other', {createHTML: (text) => text})",
}
THROWS = "(code) => { try { %s; return ''; } catch (error) { return error.name; } }"
ASKS = """() => {
  const heard = [];
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    heard.push(event.target.id);
    event.preventDefault();
  });
  const main = document.querySelector("main");
  for (const [id, tag] of [["outside", "div"], ["name", "bdi"], ["quote", "blockquote"], ["said", "p"]]) {
    const around = document.createElement(tag);
    const inner = document.createElement("button");
    inner.id = id;
    inner.setAttribute("hx-get", "/");
    inner.setAttribute("hx-trigger", "click");
    around.append(inner);
    main.append(around);
    htmx.process(around);
    inner.click();
  }
  return heard;
}"""


def test_markup_and_code_are_made_of_no_text_and_htmx_does_nothing_within_words(
    visitor: Visitor, watch: Watch
) -> None:
    page = visitor.page
    page.goto(visitor.address + "/p/here/claims/")
    page.wait_for_function("() => window.htmx && htmx.config.disableSelector.includes('bdi')")
    assert page.evaluate(ASKS) == ["outside"]
    assert watch.violations == []
    let_through = [name for name, code in SINKS.items() if not page.evaluate(THROWS % code)]
    assert let_through == []
    assert page.locator("h1").count() == 1, "the page is as it was"
    page.evaluate("() => new Promise((done) => setTimeout(() => setTimeout(done)))")
    assert watch.violations and visitor.complaints, "each was told"
    watch.violations.clear()
    visitor.complaints.clear()
