"""What a real browser sees when it opens an article and marks in it. Times in milliseconds, sizes in kB."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

WATCH = (Path(__file__).parent / "watch.js").read_text()
WINDOW = {"width": 1280, "height": 800}
_EMPTY: Any = {"cookies": [], "origins": []}
Figures = dict[str, float]
TARGET = """(skip) => {
  const inView = (element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top > 160 && bottom < innerHeight - 120;
  };
  const blocks = [...document.querySelectorAll('[data-block]')];
  const below = blocks.filter((block) => block.getBoundingClientRect().top > 0).slice(0, 20);
  const seen = below.flatMap((block) => [...block.querySelectorAll('.s')]).filter(inView)[skip];
  const range = document.createRange();
  range.setStart(seen.firstChild, 0);
  range.setEnd(seen.firstChild, seen.firstChild.data.indexOf(' ', 12));
  const rects = [...range.getClientRects()];
  const [a, b] = [rects[0], rects.at(-1)];
  return { x1: a.left + 1, y1: (a.top + a.bottom) / 2, x2: b.right - 1, y2: (b.top + b.bottom) / 2 };
}"""


@dataclass
class Opened:
    page: Page
    cdp: CDPSession
    context: BrowserContext
    figures: Figures


class Traffic:
    """Bytes on the wire and requests of a page, as the browser's own network log tells them."""

    def __init__(self, cdp: CDPSession) -> None:
        self.bytes, self.requests = 0.0, 0
        cdp.on("Network.requestWillBeSent", lambda _event: self._asked())
        cdp.on("Network.loadingFinished", lambda event: self._came(event["encodedDataLength"]))
        cdp.send("Network.enable")

    def _asked(self) -> None:
        self.requests += 1

    def _came(self, length: float) -> None:
        self.bytes += length


def enter(browser: Browser, link: str) -> Any:
    """Signs in by the one-time link; the state that later contexts begin with."""
    context = browser.new_context(viewport=WINDOW)
    page = context.new_page()
    page.goto(link)
    page.wait_for_selector(".bar")
    state = context.storage_state()
    context.close()
    return state


def look(context: BrowserContext, address: str, spans: int) -> Opened:
    """Opens the address; its figures once every span is painted and the page has gone quiet."""
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    page.add_init_script(f"{WATCH}\nbenchWatch.await({spans});")
    traffic = Traffic(cdp)
    page.goto(address, wait_until="commit")
    page.evaluate("() => benchWatch.done")
    page.wait_for_timeout(1200)
    seen = page.evaluate("""() => ({ painted: benchWatch.painted, shown: benchWatch.shown,
      task: Math.max(0, ...benchWatch.long.map(({ took }) => took)),
      answer: performance.getEntriesByType('navigation')[0].responseStart,
      elements: document.getElementsByTagName('*').length })""")
    figures = {
        "answered": seen["answer"],
        "first paint": seen["shown"] or 0.0,
        "painted": seen["painted"],
        "longest task": seen["task"],
        "elements": seen["elements"],
        "kB": traffic.bytes / 1000,
        "requests": traffic.requests,
    }
    return Opened(page, cdp, context, figures)


def heap(opened: Opened) -> float:
    """Megabytes of script heap after a collection."""
    opened.cdp.send("HeapProfiler.collectGarbage")
    used: float = opened.cdp.send("Runtime.getHeapUsage")["usedSize"]
    return used / 1_000_000


def cold_and_warm(browser: Browser, address: str, spans: int, state: Any = None) -> tuple[Figures, Figures]:
    """A first visit with an empty cache, and a second one in the same browser."""
    context = browser.new_context(viewport=WINDOW, storage_state=state or _EMPTY)
    cold = look(context, address, spans)
    cold.figures["heap MB"] = heap(cold)
    cold.page.close()
    warm = look(context, address, spans)
    context.close()
    return cold.figures, warm.figures


def mark(opened: Opened, skip: int) -> Figures:
    """Selects words with the mouse, makes a claim of them by key and saves it: each step up to its paint."""
    page = opened.page
    place = page.evaluate(TARGET, skip)
    page.mouse.move(place["x1"], place["y1"])
    page.mouse.down()
    page.mouse.move((place["x1"] + place["x2"]) / 2, place["y2"], steps=4)
    page.mouse.move(place["x2"], place["y2"])
    page.wait_for_timeout(120)
    page.evaluate("() => { benchWatch.steps = []; benchWatch.long = []; }")
    page.mouse.up()
    page.wait_for_selector(".tools:not([hidden])")
    page.wait_for_timeout(60)
    page.keyboard.press("c")
    page.wait_for_selector(".sheet-form")
    page.wait_for_timeout(60)
    with page.expect_response(lambda r: r.request.method == "PUT") as answered:
        page.keyboard.press("Enter")
    answered.value.finished()
    timing = answered.value.request.timing
    page.wait_for_timeout(900)
    seen = page.evaluate("() => ({ steps: benchWatch.steps, long: benchWatch.long.map(({ took }) => took) })")
    # the first of each: Enter in a form is followed by a click of the browser's own making
    steps = {step["key"] or step["name"]: step for step in reversed(seen["steps"])}
    if answered.value.status != 201 or steps["Enter"]["grew"] != 1:
        raise SystemExit(f"The claim was not made: {answered.value.status} {seen}")
    page.keyboard.press("Escape")
    return {
        "mouse-up": steps["click"]["took"],
        "claim form": steps["c"]["took"],
        "span": steps["Enter"]["took"],
        "task": max([0, *seen["long"]]),
        "server": timing["responseEnd"] - timing["requestStart"],
    }


def scroll(opened: Opened, bit: int) -> Figures:
    """The whole text, `bit` pixels a frame."""
    opened.page.evaluate("() => { benchWatch.long = []; scrollTo(0, 0); }")
    frames: list[float] = opened.page.evaluate("(bit) => benchWatch.scroll(bit)", bit)
    long = opened.page.evaluate("() => Math.max(0, ...benchWatch.long.map(({ took }) => took))")
    return {"frames": len(frames), "longest frame": max(frames[2:]), "longest task": long}
