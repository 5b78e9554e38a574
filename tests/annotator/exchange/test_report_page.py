"""report.html, as a parser of HTML reads it."""

import tracemalloc
from html.parser import HTMLParser

import pytest

from annotator.exchange.exporters.report_html import REPORT_COLUMNS, report_claim, report_section
from annotator.exchange.verification import verify

from .releases import seal, table, unpack, write

VOID = {"meta", "br", "link", "img"}
PLAIN = dict.fromkeys(REPORT_COLUMNS, "") | {"polarity": "asserted", "review_status": "accepted"}


class Page(HTMLParser):
    """Headings, quotes and notes of the page; every element must be closed in its order."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {"h2": [], "blockquote": [], "li": []}
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag in self.texts:
            self.texts[tag].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in self.texts:
            if tag in self.open and "a" not in self.open:
                self.texts[tag][-1] += data


def test_every_claim_stands_under_its_speakers_with_its_source(top):
    page = Page((top / "data" / "report.html").read_text(encoding="utf-8"))
    header, *rows = table(top, "claim_speakers")
    at = [header.index(name) for name in ("actor", "claim_id", "link", "actor_id")]
    said = {tuple(row[place] for place in at) for row in rows if row[at[2]] == "1"}
    assert len(page.texts["h2"]) >= len({actor for *_, actor in said})
    assert {name for name, *_ in said} <= set(page.texts["h2"])
    header, *claims = table(top, "claims")
    nobody = [row for row in claims if row[header.index("n_speakers")] == "0"]
    assert len(page.texts["blockquote"]) == len(page.texts["li"]) == len(said) + len(nobody)
    quotes = {row[header.index("quote_printed")].removeprefix("'") for row in claims}
    assert set(page.texts["blockquote"]) == quotes
    citations = {row[header.index("citation")] for row in claims}
    assert {note.strip() for note in page.texts["li"]} == citations


def test_the_named_come_first(top):
    page = Page((top / "data" / "report.html").read_text(encoding="utf-8"))
    header, *rows = table(top, "claim_speakers")
    at = [header.index(name) for name in ("actor", "naming", "link")]
    naming = {row[at[0]]: row[at[1]] for row in rows if row[at[2]] == "1"}
    order = [naming[name] != "named" for name in page.texts["h2"] if name in naming]
    assert order == sorted(order)
    assert {True, False} == set(order)


def test_notes_and_marks_lead_to_each_other_in_one_count(top):
    page = Page((top / "data" / "report.html").read_text(encoding="utf-8"))
    notes = [more["id"] for tag, more in page.elements if tag == "li"]
    assert notes == [f"n{number}" for number in range(1, len(notes) + 1)]
    inside = [more["href"] for tag, more in page.elements if tag == "a" and more["href"].startswith("#")]
    assert sorted(inside) == sorted([f"#{note}" for note in notes] + [f"#r{note[1:]}" for note in notes])


def test_the_page_fetches_nothing_and_runs_nothing(top):
    page = Page((top / "data" / "report.html").read_text(encoding="utf-8"))
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    assert not [name for _, more in page.elements for name in more if name.startswith("on") or name == "src"]
    policies = [more["content"] for tag, more in page.elements if more.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.lengthy
def test_whoever_says_many_claims_fills_no_memory():
    class Many:
        def execute(self, query, values):
            return (tuple(PLAIN[name] or f"{name} {n}" for name in REPORT_COLUMNS) for n in range(5000))

    tracemalloc.start()
    try:
        pieces = sum(1 for _ in report_section(Many(), "Somebody", "", "id", 1))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert pieces == 2 * 5000 + 3
    assert peak < 1_000_000  # bytes; the notes alone would be more


def test_hostile_words_are_words():
    bad = '"><script>alert(1)</script>&amp;'
    claim = PLAIN | dict.fromkeys(("quote_printed", "paraphrase", "chain", "citation", "said_on_edtf"), bad)
    text, note = report_claim(claim | {"url": "https://x.example/" + bad, "review_status": bad}, 7)
    page = Page(text + note)
    assert page.texts["blockquote"] == [bad]
    assert page.texts["li"][0].strip() == bad
    assert "script" not in {tag for tag, _ in page.elements}


def test_only_addresses_of_the_web_are_links():
    for url in ("javascript:alert(1)", "data:text/html,x", "", "/c/1/"):
        _, note = report_claim(PLAIN | {"url": url, "permalink": url}, 1)
        assert note.count("href=") == 1
    _, note = report_claim(PLAIN | {"url": "https://x.example/"}, 1)
    assert 'href="https://x.example/"' in note


def test_what_is_not_accepted_says_so():
    assert "review: draft" in report_claim(PLAIN | {"review_status": "draft"}, 1)[0]
    assert "review" not in report_claim(PLAIN, 1)[0]
    assert "denied" in report_claim(PLAIN | {"polarity": "denied"}, 1)[0]


@pytest.mark.lengthy
def test_a_changed_page_is_found(top):
    path = top / "data" / "report.html"
    path.write_text(path.read_text(encoding="utf-8").replace("</article>", "</article><p>No.</p>", 1))
    seal(top)
    (words,) = verify(top).lines
    assert words.startswith("report.html: what it says of ")


@pytest.mark.lengthy
def test_the_top_says_who_made_it_how_to_cite_it_and_what_is_not_reviewed(loaded, tmp_path):
    top = unpack(write(loaded, tmp_path / "a.zip", notes="First <b>.\nSecond.", title="Told"), tmp_path / "a")
    page = (top / "data" / "report.html").read_text(encoding="utf-8")
    head = page[page.index("<header>") : page.index("</header>")]
    header, *claims = table(top, "claims")
    at = header.index("review_status")
    waiting = sum(row[at] in ("draft", "submitted") for row in claims)
    assert f">Not reviewed: {waiting} of {len(claims)}.</p>" in head
    for said in (">Made by ", ">To cite it: ", "Told, release 0 [Data set]. https://desk.example"):
        assert said in head
    assert ">First &lt;b&gt;.</p>" in head
    assert ">Second.</p>" in head
    assert verify(top).ok
