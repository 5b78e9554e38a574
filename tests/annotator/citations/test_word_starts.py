"""Phrases are found where a plain reading of the whole text finds them, and for little."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.citations.fragment import PageText, Terms, fold
from annotator.citations.word_starts import WordStarts
from tests.growth import growth

ALPHABET = st.sampled_from(["ab", "ab", "a", "b", "é", "ы", "च", "1", "_", ".", ",", "-", " ", " ", "\n"])
WORDS = st.lists(ALPHABET, min_size=1, max_size=40).map("".join)
URL = "https://dunmore.example/a"


def read_through(text: str, before: str, words: str, after: str) -> set[tuple[int, int]]:
    """The same by one regular expression for each place of the text."""

    def bounded(piece: str) -> str:
        start = r"(?<!\w)" if re.match(r"\w", piece) else ""
        return start + re.escape(piece) + (r"(?!\w)" if re.search(r"\w\Z", piece) else "")

    pattern = (bounded(before) + r"\s*" if before else "") + f"({bounded(words)})"
    looked = re.compile(pattern + (rf"(?=\s*{bounded(after)})" if after else ""))
    found = (looked.match(text, at) for at in range(len(text)))
    return {one.span(1) for one in found if one}


@given(WORDS, st.data())
def test_it_finds_what_reading_through_finds(raw, data):
    text = fold(raw)[0]
    starts = [match.start() for match in re.finditer(r"(?<!\w)\w", text)]
    ends = [match.end() for match in re.finditer(r"\w(?!\w)", text)]
    if not starts:
        return
    start = data.draw(st.sampled_from(starts))
    end = data.draw(st.sampled_from([end for end in ends if end > start]))
    reach = data.draw(st.integers(0, 8))
    before, after = text[max(0, start - reach) : start].strip(), text[end : end + reach].strip()
    found = WordStarts(text).standing(before, text[start:end], after)
    assert set(found) == read_through(text, before, text[start:end], after)


def test_a_phrase_that_is_not_there_and_one_without_a_word():
    text = WordStarts("one two three")
    assert not list(text.standing("", "four", ""))
    assert not list(text.standing("", "two", "four"))
    assert list(text.standing("one", "two", "three")) == [(4, 7)]
    assert not list(text.standing("", "…", ""))


def test_a_range_ends_at_the_first_place_that_may_end_it():
    page = PageText("Go one way and stop. Go two ways and stop. Stop.")
    assert page.matches(Terms("go", "stop")) == {(0, 19), (21, 41)}
    assert page.matches(Terms("go", "stop", suffix=". stop")) == {(0, 41), (21, 41)}


BEGINS_ALIKE = "He said that the government would not do it again {}."
ALIKE = "He said that the government would not do it again."
LONG = "It {} went " + "on and on " * 20 + "until it stopped."


@pytest.mark.lengthy
@pytest.mark.parametrize("sentence", [BEGINS_ALIKE, ALIKE, LONG], ids=["begins alike", "alike", "long"])
def test_links_to_all_sentences_of_a_text_cost_as_much_as_there_are(sentence):
    def link_all(size: int) -> None:
        lines = [sentence.format(at) for at in range(max(1, size // 50))]
        page, at = PageText("\n".join(lines)), 0
        for line in lines:
            page.link(URL, at, at + len(line))
            at += len(line) + 1

    assert growth(link_all) < 8
