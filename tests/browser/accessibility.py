"""What axe-core finds on a page, in lines that say where and why.

The checker is put in by the browser's debugger, so that no page has to let it in.
"""

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
TAGS = {"type": "tag", "values": STANDARDS}
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""All that a theme can change: it is made of colours alone."""
# Off by default in axe-core and part of WCAG 2.2 AA: how large what is touched has to be.
MORE_RULES = {"target-size": {"enabled": True}}
BUILD_ALONE = MORE_RULES | {rule: {"enabled": False} for rule in BY_COLOUR}
RUN = """async ([only, rules]) => {
  // without loading all stylesheets and media once more, for rules that are not among ours
  const options = { runOnly: only, rules, resultTypes: ['violations'], preload: false };
  const found = await axe.run(only.type === 'rule' ? { include: globalThis.unlike } : document, options);
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => ({
    rule: id, target: target.join(' '), html: document.querySelector(target[0]).outerHTML,
    why: [...any, ...all, ...none].map(({ message }) => message).join('; ') })));
}"""
STILL = """() => {
  for (const one of document.getAnimations()) {  // in a part that is not drawn one never ends
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
}"""
# Of elements with words, those unlike all that are known: how words stand out is made of their own colour,
# size and weight, and of all that is painted around them or, being placed, could lie over them.
UNLIKE = """(known) => {
  const seen = new Set(known), fresh = [], looks = new Map([[null, 0]]);
  const digest = (words) => {
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let i = 0; i < words.length; i += 1) {
      a = Math.imul(a ^ words.charCodeAt(i), 2654435761);
      b = Math.imul(b ^ words.charCodeAt(i), 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return 2 ** 32 * (b & 0x1fffff) + (a >>> 0);
  };
  const around = (one) => {
    if (!looks.has(one)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position }
        = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode];
      const plain = own.join() === 'rgba(0, 0, 0, 0),none,1,none,normal';
      const placed = position === 'static' ? '' : `${position} ${one.localName}.${one.getAttribute('class')}`;
      const outside = around(one.parentElement);
      looks.set(one, plain && !placed ? outside : digest([outside, ...own, placed].join()));
    }
    return looks.get(one);
  };
  const look = (one) => {
    const { color, fill, textShadow, textDecorationLine, fontSize, fontWeight } = getComputedStyle(one);
    return digest([around(one), one.localName === 'a', color, fill, textShadow, textDecorationLine, fontSize,
      fontWeight].join());
  };
  const speaks = (one) => one.matches('input, select, textarea')
    || [...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  globalThis.unlike = [...document.body.querySelectorAll('*')].filter((one) => {
    const known = !speaks(one) || !one.checkVisibility() || look(one);
    if (known === true || seen.has(known)) return false;
    fresh.push(known);
    return seen.add(known);
  });
  return fresh;
}"""


class Read:
    """The looks of words that were measured, in each light: what looks the same is not measured again."""

    def __init__(self) -> None:
        self._known: dict[str, set[int]] = defaultdict(set)

    def unlike(self, page: Page, light: str) -> bool:
        """Whether there are words on the page whose look is new; they are left there for the checker."""
        fresh: list[int] = page.evaluate(UNLIKE, list(self._known[light]))
        self._known[light].update(fresh)
        return bool(fresh)


@cache
def source() -> str:
    """The checker, which shall write down no element that is in order."""
    return AXE.read_text() + "\naxe.configure({ noHtml: true });"


def violations(page: Page, *, by_night: bool = True, read: Read | None = None) -> list[str]:
    """A line for each element that breaks a rule by day or, in its colours, by night; or none.

    By night, of words that look the same one stands for all, also on other pages with the same `read`.
    """
    _ready(page)
    found, read = _found(page, TAGS, MORE_RULES), read or Read()
    read.unlike(page, "light")
    if by_night:
        page.emulate_media(color_scheme="dark")
        page.evaluate(STILL)
        found += [f"by night, {one}" for one in _pale(page, read, "dark")]
        page.emulate_media(color_scheme="light")
    return found


def violations_again(page: Page, read: Read) -> list[str]:
    """As by day, of a page that looked different before: in its colours only what did not look so then."""
    _ready(page)
    return _found(page, TAGS, BUILD_ALONE) + _pale(page, read, "light")


def _ready(page: Page) -> None:
    page.wait_for_load_state()
    if not page.evaluate("Boolean(globalThis.axe)"):
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": source(), "returnByValue": False})
        session.detach()
    # What the bar at the top covers depends on how far one has scrolled, and a field in focus is scrolled to.
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.evaluate(STILL)


def _pale(page: Page, read: Read, light: str) -> list[str]:
    return _found(page, {"type": "rule", "values": BY_COLOUR}, {}) if read.unlike(page, light) else []


def _found(page: Page, only: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    """Rule, element and reason, as said by the checker."""
    found: list[dict[str, Any]] = page.evaluate(RUN, [only, rules])
    return [f"{one['rule']} at {one['target']}: {one['why']} in {one['html'][:160]}" for one in found]
