"""Links with text fragments, opened in a real Chromium: it scrolls to their words and marks these alone."""

import base64
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from annotator import demo
from annotator.citations.fragment import PageText
from sources.text.segment import sentence_spans

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ARTICLES = Path(demo.__file__).parent / "articles"
FILLER = "Nothing of note happened on the quay.\n" * 60
# In double brackets the words that are linked to, which are those that have to be marked.
CASES = {
    "once": "The sluice was opened [[by night]], she said.",
    "inside other tags": "It was <b>Salt & rice</b>, [[he <i>said</i> loudly]], that were gone.",
    "twice": "She said so twice. [[She said]] so loudly.",
    "its own words before it": "Yes, he knew. Yes, [[he knew]] of it.",
    "over two blocks": "He left [[at dawn.\nNobody]] saw him go.",
    "over three blocks": "He left [[at dawn.\nIt rained.\nNobody]] saw him go.",
    "last words of a block": "Rice is gone. So are [[the boats]].\nThe boats came back.",
    "first words of a block": "A line before.\n[[The boats]] came back, and the boats left.",
    "dash and comma": "The mayor, [[Anna-Lena O’Dell, said]] it was late.",
    "a part of a number": "It weighed [[3.5]] tonnes, not 13.5 or 3.57.",
    "ampersand and per cent": "They lost [[10 % & more]] of it, or 10 % less.",
    "marks on letters": "A cafe closed. A [[café]] opened.",
    "case": "THE GATE stood open. [[The gate]] was shut later.",
    "no-break spaces": "Some 3\u00a0000\u00a0people, [[or 4\u00a0000\u00a0people]], came.",
    "a soft hyphen": "The [[head\u00admaster]] left; the other stayed.",
    "straight quotation marks": 'She said: "[[We lost it]]," and "we lost" again.',
    "emoji": "It ended 🙂 [[so well 🎉 that]] they sang.",
    "decomposed": "A [[cafe\u0301 owner]] sighed.",
    "Arabic": "قال الوالي إن [[السد فُتح]] ليلا.",
    "Urdu": "انہوں نے کہا [[بند رات کو]] کھولا گیا۔",
    "Hebrew": "המושל אמר כי [[הסכר נפתח]] בלילה.",
    "Hindi": "राज्यपाल ने [[कहा कि बाँध]] रात में खुला।",
    "Greek": "Ο δήμαρχος είπε [[ότι το φράγμα]] άνοιξε.",
    "Turkish": "Vali [[İstanbul’da ışık]] yoktu dedi.",
    "an abbreviation": "The [[U.S. troops]] left; the troops of others stayed.",
    "half of a joined word": "A [[well]]-known well, and all is well.",
    "underscores": "See [[gate_log_7]] for it, not gate_log.",
    "superscript and ellipsis": "Up to [[580 m³/s [cubic metres a second] … beginning]] not before 23:30.",
    "Chinese, where words are not told apart": "他说：[[水库在夜里打开了]]。人们睡着。",
    "Japanese": "知事は「[[門が夜に開いた]]」と述べた。",
    "Thai": "เขาพูดว่า [[ประตูน้ำเปิดตอนกลางคืน]] แล้วไป",
    "Korean": "시장은 [[밤에 수문이 열렸다고]] 말했다.",
    "ends in a bracket": "It fell (so [[the clerk said (twice]])) at dawn.",
    "ligature and sharp s": "Die [[Straße war oﬃziell]] offen.",
}
STYLE = """body { margin: 8px; width: 1200px; font: 16px/2 sans-serif }
::target-text { background: #f0f; color: #f0f }"""
MARKED = """async (shot) => {
  const bytes = Uint8Array.from(atob(shot), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const rows = new Map();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] > 200 && data[at + 1] < 60 && data[at + 2] > 200) {
      const x = (at / 4) % image.width, y = Math.floor(at / 4 / image.width);
      const [from, to, count] = rows.get(y) || [x, x, 0];
      rows.set(y, [Math.min(from, x), Math.max(to, x + 1), count + 1]);
    }
  }
  return [...rows].map(([y, row]) => [y, ...row]);
}"""
OURS = """() => [...document.querySelectorAll("[data-ours]")].flatMap((one) => [...one.getClientRects()])
  .map(({ left, top, right, bottom }) => [left, top, right, bottom])"""
Row = tuple[int, int, int, int]  # y, from x, to x, how many of them


@pytest.fixture(scope="module")
def pages() -> Iterator[dict[str, str]]:
    """Path → HTML; the empty path → the address of what serves them."""
    held: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = held.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    held[""] = f"http://127.0.0.1:{server.server_port}"
    yield held
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1240, "height": 700})
    yield context.new_page()
    context.close()


def html(source: str) -> str:
    """A paragraph a line; what stands in double brackets is wrapped, in each paragraph by itself."""
    ours = re.sub(r"\[\[.*?\]\]", lambda found: found[0].replace("\n", "]]\n[["), source, flags=re.DOTALL)
    ours = ours.replace("[[", "<span data-ours>").replace("]]", "</span>")
    return f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>" + "".join(
        f"<p dir=auto>{line}</p>\n" for line in ours.split("\n")
    )


def opened(page: Page, url: str) -> tuple[list[Row], list[list[float]]]:
    """Marked pixels by their row, and the rectangles of the words that should be."""
    page.goto("about:blank")
    page.goto(url)
    shot = page.screenshot(animations="disabled")
    places = page.evaluate(OURS)
    page.goto("about:blank")
    return page.evaluate(MARKED, base64.b64encode(shot).decode()), places


def check(rows: list[Row], places: list[list[float]]) -> None:
    """What is marked is the words, from their first to their last column, and nothing beside them."""
    assert rows, "nothing is marked"
    lines: dict[float, list[list[float]]] = {}
    for place in places:
        lines.setdefault(place[1], []).append(place)
    for top, line in lines.items():
        assert 0 <= top <= 680, "it did not scroll there"
        marked = [row for row in rows if top <= row[0] < line[0][3]]
        assert marked, "a line of it is not marked"
        assert min(row[1] for row in marked) == pytest.approx(min(place[0] for place in line), abs=2)
        assert max(row[2] for row in marked) == pytest.approx(max(place[2] for place in line), abs=2)
    for y, _, _, _ in rows:
        assert any(top - 10 <= y <= bottom + 10 for _, top, _, bottom in places), "beside it is marked too"


@pytest.mark.parametrize("case", CASES)
def test_chromium_marks_just_these_words(case: str, page: Page, pages: dict[str, str]) -> None:
    source = FILLER + CASES[case] + "\n" + FILLER
    bare = re.sub(r"</?[bi]>", "", source)
    start, end = bare.index("[["), bare.index("]]") - 2
    link = PageText(bare.replace("[[", "").replace("]]", "")).link(pages[""] + "/case", start, end)
    assert link.state == "unique"
    pages["/case"] = html(source)
    check(*opened(page, link.url))


@pytest.mark.parametrize("number", range(1, 9))
def test_runs_of_words_of_the_demo(number: int, page: Page, pages: dict[str, str]) -> None:
    """Of three, eight and forty words, the last linked to by their first and last words; and a sentence."""
    (file,) = ARTICLES.glob(f"{number:02}-*.txt")
    text = re.sub(r"\n+", "\n", file.read_text().partition("\n\n")[2])
    words = [found.span() for found in re.finditer(r"\w+(?:[.,’-]\w+)*", text)]
    sentences = sentence_spans(text)
    low, high = sentences[len(sentences) // 2]
    inside = [word for word in words if low <= word[0] < high]
    runs = [(len(words) // 4, 3), (len(words) // 2, 8), (len(words) // 3, 40)]
    places = [(words[first][0], words[first + length - 1][1]) for first, length in runs]
    for start, end in [*places, (inside[0][0], inside[-1][1])]:
        link = PageText(text).link(pages[""] + "/demo", start, end)
        assert link.state == "unique", text[start:end]
        pages["/demo"] = html(FILLER + text[:start] + "[[" + text[start:end] + "]]" + text[end:] + FILLER)
        check(*opened(page, link.url))
