from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.citations.fragment import Fragment, PageText, Terms
from annotator.exchange.verification.links import fragment_problems

TEXT = (
    "Sluice opened by night\n\n"
    "The mayor, Anna-Lena O’Dell, said: “We lost 3.5 tonnes, more or less.” She said so twice. "
    "She said so loudly.\n"
    "Salt & rice are gone, she said.\n"
    "بند رات کو کھولا گیا۔ Café owners sighed; a cafe closed."
)
PAGE = PageText(TEXT)
URL = "https://dunmore.example/a"


def link(words, nth=0, url=URL):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return PAGE.link(url, at, at + len(words))


def test_a_quote_that_stands_once_needs_no_context():
    assert link("Salt & rice") == Fragment(URL + "#:~:text=Salt%20%26%20rice", "unique")


def test_dash_and_comma_are_encoded():
    assert link("Anna-Lena O’Dell, said").url == URL + "#:~:text=Anna%2DLena%20O%E2%80%99Dell%2C%20said"


def test_a_repeated_quote_gets_context():
    first, second = link("She said so"), link("She said so", 1)
    assert first.state == second.state == "unique"
    assert first.url == URL + "#:~:text=less.%E2%80%9D-,She%20said%20so,-twice"
    assert second.url == URL + "#:~:text=twice.-,She%20said%20so,-loudly"


def test_it_grows_to_whole_words():
    assert link("ost 3.5 tonn").url.endswith("text=lost%203.5%20tonnes")
    assert link("Dell").url.endswith("text=O%E2%80%99Dell")


def test_across_blocks_it_is_a_range():
    assert link("loudly.\nSalt & rice are").url.endswith("text=loudly,Salt%20%26%20rice%20are")


def test_a_long_quote_is_a_range_of_its_first_and_last_words():
    text = "So " + " ".join(f"word{n}" for n in range(100)) + "."
    made = PageText(text).link(URL, 3, len(text))
    assert made == Fragment(
        URL + "#:~:text=word0%20word1%20word2%20word3%20word4,word95%20word96%20word97%20word98%20word99",
        "unique",
    )


def test_browsers_do_not_tell_marks_and_case_apart():
    assert "-,Caf%C3%A9,-" in link("Café").url
    assert link("Café").state == "unique"
    assert PageText("Café cafe CAFÉ").matches(Terms("cafe")) == {(0, 4), (5, 9), (10, 14)}


def test_other_scripts():
    assert unquote(link("رات کو").url).endswith("text=رات کو")


def test_the_same_everywhere_is_ambiguous():
    page = PageText(
        "no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no no"
    )
    assert page.link(URL, 45, 47).state == "ambiguous"


@pytest.mark.parametrize("url", ["", "urn:x", "javascript:alert(1)", "ftp://dunmore.example/a"])
def test_without_a_web_address_there_is_no_link(url):
    assert link("Salt", url=url) == Fragment("", "no_url")


def test_a_quote_without_a_word_cannot_be_found():
    at = TEXT.index("”")
    assert PAGE.link(URL, at, at + 1) == Fragment("", "not_found")


def test_an_address_with_a_fragment_keeps_it():
    assert link("Salt", url=URL + "#part2").url == URL + "#part2:~:text=Salt"


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        ("#:~:text=Five%20six", "#"),
        ("#:~:text=Five&text=six", "#"),
        ("#part2:~:text=Five,six", "#part2"),
        ("#part2:~:unknown", "#part2"),
        ("#:~:", "#"),
        ("#", "#"),
        (":~:text=of-the-path", ":~:text=of-the-path#"),
        ("?a=b:~:text=c#d:~:text=e#f", "?a=b:~:text=c#d"),
    ],
)
def test_a_directive_gives_way_and_verify_agrees(tail, kept):
    made = link("Salt", url=URL + tail)
    assert made == Fragment(f"{URL}{kept}:~:text=Salt", "unique")
    row = {"fragment_url": made.url, "fragment_state": made.state}
    assert list(fragment_problems(row, URL + tail, ["Salt & rice"])) == []
    for other in (f"{URL}{kept}:~:text=Five:~:text=Salt", f"{URL}#other:~:text=Salt"):
        assert list(fragment_problems(row | {"fragment_url": other}, URL + tail, ["Salt & rice"])), other


@given(st.text(alphabet="ab é-,&\n.’कि", min_size=1, max_size=60), st.data())
def test_a_unique_link_finds_its_own_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = PageText(text).link(URL, start, end)
    assert made.state in {"unique", "ambiguous", "not_found"}
    assert bool(made.url) == (made.state != "not_found")
    if made.url:
        terms = made.url.split("#:~:text=")[1].split(",")
        body = [unquote(term) for term in terms if not (term.endswith("-") or term.startswith("-"))]
        assert 1 <= len(body) <= 2
        assert " ".join(body[0].split()) in " ".join(text.split())
