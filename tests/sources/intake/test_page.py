"""A saved page: its story in reading order, what is not the story masked, and nothing that nobody sees."""

from pathlib import Path

import pytest

from sources.intake.article import ReadArticle
from sources.intake.page import read_page
from sources.intake.refusal import Refused

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
STORY = (
    "<p>The ferry to Marrow Island stayed in port on Monday, the master said; eleven people waited.</p>"
    "<p>Nobody could say when the next one would leave; the pilot had not been paid since winter.</p>"
    "<p>By the evening the wind had dropped, and the first boats went out again with bread and mail.</p>"
)


def page(body: str, head: str = "") -> ReadArticle:
    return read_page(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")


def told(read: ReadArticle) -> list[tuple[str, str, bool]]:
    return [(b.role, read.text[b.start : b.end], b.masked) for b in read.blocks]


def unmasked(read: ReadArticle) -> list[str]:
    return [text for _, text, masked in told(read) if not masked]


def reason_of(read: ReadArticle, opening: str) -> str:
    return next(b.reason for b in read.blocks if read.text[b.start : b.end].startswith(opening))


def test_a_newspapers_page() -> None:
    read = read_page((PAGES / "dockers.html").read_bytes(), "dockers.html")
    roles = {text.split("\n")[0][:24]: (role, masked) for role, text, masked in told(read)}
    assert [text[:20] for text in unmasked(read)] == [
        "Dockers walk out at ",
        "Cranes stood still f",
        "Some 400 dockers lef",
        "“We have asked for n",
        "Ferries turned back",
        "Two ferries with 310",
        "The harbour does not",
        "The dockers ask for:",
        "a night bonus of 12 ",
        "two rest days in a r",
        "new lamps on pier 4.",
        "Pier\tShips",
        "1\t4",
        "4\t7",
        "The last strike at t",
    ]
    assert roles["Dockers walk out at Port"] == ("headline", False)
    assert roles["Cranes stood still from "] == ("dek", False)
    assert roles["By Ilse Varga and Tomas "] == ("byline", True)
    assert roles["The empty quay on Friday"] == ("caption", True)
    assert roles["Ferries turned back"] == ("heading", False)
    assert roles["Advertisement"] == ("boilerplate", True)
    assert reason_of(read, "a night bonus") == "an item of a list"
    assert reason_of(read, "The harbour does") == "a quotation set apart from the text"
    assert reason_of(read, "1\t4") == "a row of a table"


def test_what_is_left_out_stays_in_its_place_and_says_why() -> None:
    read = read_page((PAGES / "dockers.html").read_bytes(), "dockers.html")
    assert reason_of(read, "We use cookies") == "a notice of cookies or scripts"
    assert reason_of(read, "Grain ships wait") == "a list of other stories"
    assert reason_of(read, "Good for them") == "comments of readers"
    order = [read.text.index(words) for words in ("We use", "Dockers", "Related", "1\t4", "The last", "Good")]
    assert order == sorted(order)
    assert "Home" not in read.text and "All rights reserved" not in read.text
    assert [(s.what, s.count) for s in read.steps] == [("word of menus left out", 14)]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>%s</script>",
        "<style>%s</style>",
        "<template><p>%s</p></template>",
        "<noscript><p>%s</p></noscript>",
        "<p hidden>%s</p>",
        '<div style="color:red; DISPLAY : none"><p>%s</p></div>',
        '<span style="visibility:hidden">%s</span>',
        "<!-- %s -->",
        "<![CDATA[ %s ]]>",
        "<svg><text>%s</text></svg>",
        "<iframe>%s</iframe>",
        "<dialog><p>%s</p></dialog>",
        "<form><select><option>%s</option></select><textarea>%s</textarea></form>",
        '<input value="%s">',
        '<img alt="%s" src="a.png">',
        '<div id="wm-ipp-base"><p>%s</p></div>',
    ],
)
def test_what_nobody_sees_is_no_text(unseen: str) -> None:
    read = page(f"<article><h1>Ferry stays</h1>{unseen.replace('%s', 'zebra')}and{STORY}</article>")
    assert "zebra" not in read.text
    assert "and" in [text for _, text, _ in told(read)]


def test_blanks_are_joined_and_nothing_else_is_changed() -> None:
    words = "Kai\u00a0Radio, zwölf\u00adhundert, \u0645\u06cc\u200c\u062e\u0648, 2\u2009km, \u202bشرق\u202c"
    read = page(
        f"<article><p>{words}\n\t said&nbsp;it &lt;b&gt; &amp;amp; &#x1F600;\r\n again.</p>{STORY}</article>"
    )
    assert read.text.startswith(f"{words} said\u00a0it <b> &amp; \U0001f600 again.\n\nThe ferry")


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("<div>One.<br><br>Two.</div>", ["One.", "Two."]),
        ("<div>One.<br>Two and<br>three</div>", ["One.", "Two and\nthree"]),
        ("<div>The bridge<br>By Bo Ek<br>12 May</div>", ["The bridge", "By Bo Ek", "12 May"]),
        ("<table><tr><td>a<br>b</td><td>Some.<br>More.</td></tr></table>", ["a\nb", "Some.", "More."]),
        ("<p>a<b>b</b>c <i>d</i></p>", ["abc d"]),
        ("<ul><li>a<ul><li>b</li></ul>c</li></ul>", ["a", "b", "c"]),
        ("<table><tr><td>a</td><td></td><td>b</td></tr></table>", ["a\t\tb"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a", "b", "c"]),
        ("<pre>a\nb</pre>", ["a\nb"]),
        ("<p>&nbsp;</p><p>\u200b</p><div> </div><p>a</p>", ["a"]),
        ("<dl><dt>a</dt><dd>b</dd></dl>", ["a", "b"]),
        ("<p>漢字<wbr>仮名</p>", ["漢字仮名"]),
        ("<p>a<p>b<div>c</div>d", ["a", "b", "c", "d"]),
        ("<p>&#0;a&#xD800;b&#x1F;c\x00d</p>", None),
    ],
)
def test_lines_are_those_of_the_page(markup: str, lines: list[str] | None) -> None:
    read = page(f"<article>{STORY}{markup}</article>")
    found = [text for _, text, _ in told(read)][3:]
    if lines is None:
        read.text.encode("utf-8")
        assert not {"\x00", "\x1e", "\x1f"} & set(read.text)
    else:
        assert found == lines


def test_blocks_cover_all_that_can_be_seen() -> None:
    read = read_page((PAGES / "dockers.html").read_bytes(), "dockers.html")
    at = 0
    for block in read.blocks:
        assert not read.text[at : block.start].strip()
        assert read.text[block.start : block.end] == read.text[block.start : block.end].strip() != ""
        at = block.end
    assert at == len(read.text)


def test_text_of_right_to_left_scripts_stays_in_logical_order() -> None:
    body = "<p>" + "قال وزير الموانئ إن العبارة بقيت في الميناء يوم الاثنين، ولم يغادر أحد. " * 3 + "</p>"
    read = page(f"<article><h1>العبارة باقية في الميناء</h1>{body * 3}</article>", "<title>x</title>")
    assert read.text.startswith("العبارة باقية في الميناء\n\nقال وزير الموانئ")
    assert read.language == "ar" and read.title == "العبارة باقية في الميناء"


def test_the_sites_own_header_stays_where_it_holds_the_headline() -> None:
    read = page(f"<header><h1>Ferry stays in port</h1><p>Zebra</p></header><main>{STORY}</main>")
    assert told(read)[0] == ("headline", "Ferry stays in port", False)
    assert "Zebra" in read.text


def test_a_page_whose_classes_speak_of_cookies_and_authors_is_read_all_the_same() -> None:
    read = page(f'<div class="cookie-consent ads single-author comments">{STORY}</div>')
    assert len(unmasked(read)) == 3


def test_a_headline_that_the_page_gives_twice() -> None:
    read = page(
        f"<h2>Ferry stays in port today</h2><article><h1>Ferry stays in port today</h1>{STORY}</article>"
    )
    first, second = [b for b in read.blocks if b.role == "headline"]
    assert first.masked and first.repeats == 1 and not second.masked


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (
            "<html><body><script>render()</script><div id=app></div></body></html>",
            "no text that anybody sees",
        ),
        ("<html></html>", "no text that anybody sees"),
        ("<!-- nothing -->", "no text that anybody sees"),
        ("<?xml version='1.0'?>", "no text that anybody sees"),
        ("<!doctype html>", "no text that anybody sees"),
        ("   \n", "blank"),
        ("<div>" * 600 + STORY, "500 deep"),
    ],
)
def test_pages_without_a_text_are_refused(markup: str, why: str) -> None:
    with pytest.raises(Refused) as refused:
        read_page(markup.encode(), "a.html")
    assert why in refused.value.refusal.why and refused.value.refusal.what == "a.html"


def test_as_deep_as_real_pages_go() -> None:
    read = page("<div>" * 450 + STORY)
    assert len(unmasked(read)) == 3


def test_a_byline_of_several_parts_is_one_and_a_sentence_about_an_author_is_none() -> None:
    byline = '<div>May 1, 2024 <span class="byline">by <a rel="author">Lena Korh</a></span></div>'
    sentence = '<p><a rel="author">Lena Korh</a> saw the ferry turn round on Monday, she said at noon.</p>'
    read = page(f"<article><h1>Ferry stays in port</h1>{byline}{sentence}{STORY}</article>")
    roles = [(role, text[:9], masked) for role, text, masked in told(read)[1:3]]
    assert roles == [("byline", "May 1, 20", True), ("paragraph", "Lena Korh", False)]


def test_a_page_laid_out_by_a_table() -> None:
    story = STORY.replace("<p>", "").replace("</p>", "<br><br>")
    read = page(
        "<table><tr><td><a>News</a><br><a>Sport</a></td><td><font size=5>Bridge to close for a year"
        "</font><br>"
        f"By Dario Ferrant<br>12 May 1999<br><br>{story}</td></tr></table>",
        "<title>Bridge to close for a year</title>",
    )
    assert len([text for text in unmasked(read) if text.endswith(".")]) == 3
    assert ("headline", "Bridge to close for a year", False) in told(read)
    assert ("boilerplate", "Sport", True) in told(read)
    assert (read.authors, read.published_edtf) == (("Dario Ferrant",), "1999-05-12")
