"""What axe-core finds on a page, in lines that say where and why.

The checker is put in by the browser's debugger, so that no page has to let it in.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
BY_COLOUR = ["color-contrast", "link-in-text-block"]
"""All that a theme can change: it is made of colours alone."""
# Off by default in axe-core and part of WCAG 2.2 AA: how large what is touched has to be.
MORE_RULES = {"target-size": {"enabled": True}}
# One visit to the page for all that a look at it needs: each costs two processes a little.
LOOK = """async ([known, byColour, tags, rules]) => {
  if (!globalThis.axe) return null;
  // What the bar at the top covers depends on how far one has scrolled, and a field in focus is scrolled to.
  scrollTo({ top: 0, behavior: 'instant' });
  for (const one of document.getAnimations()) {  // in a part that is not drawn one never ends
    if (Number.isFinite(one.effect.getComputedTiming().endTime)) one.finish();
  }
  const [fresh, unlike] = looks(JSON.parse(known));
  const told = (found) => ({ found, fresh, wide: document.documentElement.scrollWidth });
  if (!tags && !unlike.size) return told([]);
  const one = axe._audit.rules.find(({ id }) => id === 'color-contrast');
  const matches = one.matches;
  one.matches = function (node, ...more) { return unlike.has(node) && matches.call(this, node, ...more); };
  // without loading all stylesheets and media once more, for rules that are not among ours
  const options = { resultTypes: ['violations'], preload: false,
    runOnly: tags ? { type: 'tag', values: tags } : { type: 'rule', values: byColour }, rules };
  const { violations } = await axe.run(tags ? document : { include: [...unlike] }, options)
    .finally(() => { one.matches = matches; });
  return told(violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => ({
    rule: id, target: target.join(' '), html: document.querySelector(target[0]).outerHTML,
    why: [...any, ...all, ...none].map(({ message }) => message).join('; ') }))));
}"""
# Of elements with words, those unlike all that are known: how words stand out is made of their own colour,
# size and weight, and of all that is painted around them or, being placed, could lie over them.
LOOKS = """globalThis.looks = (known) => {
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
  const unlike = [...document.body.querySelectorAll('*')].filter((one) => {
    const known = !speaks(one) || !one.checkVisibility() || look(one);
    if (known === true || seen.has(known)) return false;
    fresh.push(known);
    return seen.add(known);
  });
  return [fresh, new Set(unlike)];
};"""


class Read:
    """The looks of words that were measured, in each light: what looks the same is not measured again."""

    def __init__(self) -> None:
        self.known: dict[str, set[int]] = defaultdict(set)


@dataclass(frozen=True)
class Seen:
    """A line for each element that breaks a rule, and how wide all is (CSS pixels)."""

    wrong: list[str]
    wide: int


@cache
def source() -> str:
    """The checker, which shall write down no element that is in order."""
    return f"{AXE.read_text()}\naxe.configure({{ noHtml: true }});\n{LOOKS}"


def violations(page: Page) -> list[str]:
    """A line for each element that breaks a rule by day or, in its colours, by night; or none."""
    found = by_day(page, Read()).wrong
    page.emulate_media(color_scheme="dark")
    found += by_night(page, Read())
    page.emulate_media(color_scheme="light")
    return found


def by_day(page: Page, read: Read, *, again: bool = False) -> Seen:
    """All rules. Of words that look the same one stands for all on the page; `again`, on any page before."""
    return _look(page, read, "light", known=read.known["light"] if again else set(), tags=STANDARDS)


def by_night(page: Page, read: Read) -> list[str]:
    """The colours alone; of words that look the same one stands for all, also on pages before."""
    dark = _look(page, read, "dark", known=read.known["dark"], tags=None)
    return [f"by night, {one}" for one in dark.wrong]


def _look(page: Page, read: Read, light: str, *, known: set[int], tags: list[str] | None) -> Seen:
    """Rule, element and reason, as said by the checker."""
    page.wait_for_load_state()
    asked = [json.dumps(list(known)), BY_COLOUR, tags, MORE_RULES if tags else {}]
    told: dict[str, Any] | None = page.evaluate(LOOK, asked)
    if told is None:
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": source(), "returnByValue": False})
        session.detach()
        told = page.evaluate(LOOK, asked)
    assert told
    read.known[light].update(told["fresh"])
    lines = [
        f"{one['rule']} at {one['target']}: {one['why']} in {one['html'][:160]}" for one in told["found"]
    ]
    return Seen(lines, told["wide"])
