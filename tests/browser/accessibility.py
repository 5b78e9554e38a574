"""What axe-core finds on a page, in lines that say where and why.

The checker is put in by the browser's debugger, so that no page has to let it in.
"""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Off by default in axe-core and part of WCAG 2.2 AA: how large what is touched has to be.
MORE_RULES = {"target-size": {"enabled": True}}
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""All that a theme can change: it is made of colours alone."""
RUN = """async ([only, rules]) => {
  for (const one of document.getAnimations()) {  // in a part that is not drawn one never ends
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
  // without loading all stylesheets and media once more, for rules that are not among ours
  const found = await axe.run(document, {
    runOnly: only, rules, resultTypes: ['violations'], preload: false });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none, html }) => ({
    rule: id, target: target.join(' '), html,
    why: [...any, ...all, ...none].map(({ message }) => message).join('; ') })));
}"""


@cache
def _source() -> str:
    return AXE.read_text()


def violations(page: Page, *, by_night: bool = True) -> list[str]:
    """A line for each element that breaks a rule by day or, in its colours, by night; or none."""
    page.wait_for_load_state()
    if not page.evaluate("Boolean(globalThis.axe)"):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": _source(), "returnByValue": False})
        session.detach()
    # What the bar at the top covers depends on how far one has scrolled, and a field in focus is scrolled to.
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    found = _found(page, {"type": "tag", "values": STANDARDS}, MORE_RULES)
    if not by_night:
        return found
    page.emulate_media(color_scheme="dark")
    found += [f"by night, {one}" for one in _found(page, {"type": "rule", "values": BY_COLOUR}, {})]
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, only: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    """Rule, element and reason, as said by the checker."""
    found: list[dict[str, Any]] = page.evaluate(RUN, [only, rules])
    return [f"{one['rule']} at {one['target']}: {one['why']} in {one['html'][:160]}" for one in found]
