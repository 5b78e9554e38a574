"""Every sentence that claims stand in has its own link to the page, which is checked as a claim's is."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.citations.fragment import PageText
from annotator.exchange.verification import verify
from annotator.exchange.verification.links import fragment_problems
from sources.text.segment import sentence_spans

from .releases import seal, table, unpack, write_table

URL = "https://dunmore.example/a"


def as_rows(top, name):
    header, *rows = table(top, name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_each_sentence_opens_the_page_at_its_words(top):
    pages = {row["article_id"]: row["url"] for row in as_rows(top, "articles")}
    sentences = as_rows(top, "sentences")
    states = {row["fragment_state"] for row in sentences}
    assert "unique" in states
    for row in sentences:
        if row["fragment_state"] == "no_url":
            assert not pages[row["article_id"]]
            continue
        page, _, terms = row["fragment_url"].partition("#:~:text=")
        first = next(term for term in terms.split(",") if not term.endswith("-"))
        assert page == pages[row["article_id"]]
        assert unquote(first) in " ".join(row["text"].split())


@pytest.mark.lengthy
@pytest.mark.parametrize(
    ("column", "change", "told"),
    [
        ("fragment_url", lambda url: url.replace("text=", "text=%F0%9F%A6%A6", 1), "which is not in its"),
        ("fragment_url", lambda url: url.replace("https://", "https://elsewhere.", 1), "not the url with"),
        ("fragment_url", lambda url: url + ",a,b,c", "does not have the form"),
        ("fragment_url", lambda url: "", "contradict each other"),
        ("fragment_state", lambda state: "no_url", "contradict each other"),
    ],
)
def test_another_link_is_found_and_its_row_named(top, column, change, told):
    rows = table(top, "sentences")
    at, state, link = (rows[0].index(name) for name in (column, "fragment_state", "fragment_url"))
    number, row = next(
        (n, row) for n, row in enumerate(rows, 1) if row[state] == "unique" and "-," not in row[link]
    )
    row[at] = change(row[at])
    write_table(top, "sentences", rows)
    seal(top)
    lines = verify(top).lines
    assert any(f"sentences.csv row {number} " in line and told in line for line in lines), lines[:5]


TEXTS = st.text(alphabet="aB.:’! ,\n-“”1é。च", min_size=1, max_size=80)


@pytest.mark.lengthy
@given(TEXTS)
def test_no_true_link_to_a_sentence_is_refused(text):
    page = PageText(text)
    for start, end in sentence_spans(text):
        made = page.link(URL, start, end)
        row = {"fragment_url": made.url, "fragment_state": made.state}
        assert not list(fragment_problems(row, URL, (text[start:end],))), (text[start:end], made)


def test_a_sentence_that_ends_within_a_word_is_linked_by_the_whole_word():
    text = "We left at once.Then it rained."
    made = PageText(text).link(URL, 0, 16)
    row = {"fragment_url": made.url, "fragment_state": made.state}
    assert unquote(made.url).endswith("We left at once.Then")
    assert not list(fragment_problems(row, URL, (text[:16],)))
    assert list(fragment_problems(row, URL, (text[1:16],)))


@pytest.mark.lengthy
def test_with_the_texts_all_of_it_holds_as_well(demo_release, tmp_path):
    assert verify(unpack(demo_release["texts"], tmp_path / "texts")).ok
