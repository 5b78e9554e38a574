"""Plain words: what one spelling finds of another, in any script, and how the work grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.detect.watch_words import BadWords, phrase
from annotator.detect.watching import Matcher, Wanted
from tests.growth import growth


def found(text: str, *terms: str, **how: bool) -> list[str]:
    """The words of the text that are marked, in its order."""
    matcher = Matcher([Wanted(term, **how) for term in terms])
    assert matcher.broken == {}
    return [text[hit.start : hit.end] for hit in matcher.find(text, [(0, len(text))]).hits]


@pytest.mark.parametrize(
    ("text", "term", "hits"),
    [
        ("The Ferry left; ferries stay. FERRY!", "ferry", ["Ferry", "FERRY"]),
        ("an urban ban", "ban", ["ban"]),
        ("sanctions, sanctioned, unsanctioned", "sanction*", ["sanctions", "sanctioned"]),
        ("Grenzzaun und Zaungast", "*zaun", ["Grenzzaun"]),
        ("Grenzzaunbau", "*zaun*", ["Grenzzaunbau"]),
        ("the prime  minister’s men", "Prime Minister", ["prime  minister"]),
        ("a border-fence, a border\u00a0fence", "border fence", ["border-fence", "border\u00a0fence"]),
        ("prime\nminister", "prime minister", ["prime\nminister"]),
        ("U.S. forces leave us", "U.S.", ["U.S."]),
        ("don’t, don't", "don't", ["don’t", "don't"]),
        ("#MeToo is not metoo", "#metoo", ["#MeToo"]),
        ("5 € or €5", "€", ["€", "€"]),
        ("STRASSE und Straße", "straße", ["STRASSE", "Straße"]),
        ("snake_case, snake case", "snake_case", ["snake_case"]),
    ],
)
def test_finds_words_as_people_write_them(text: str, term: str, hits: list[str]) -> None:
    assert found(text, term) == hits


@pytest.mark.parametrize(
    ("text", "term", "hits"),
    [
        ("Cafe\u0301 and Café", "café", ["Cafe\u0301", "Café"]),
        ("Cafe\u0301 Kai", "cafe", []),
        ("قال مُحَمَّد ثم محمـد", "محمد", ["مُحَمَّد", "محمـد"]),
        ("والجسر والجسور", "*جسر", ["والجسر"]),
        ("می\u200cخواهد و میخواهد", "میخواهد", ["می\u200cخواهد", "میخواهد"]),
        ("שָׁלוֹם ושלום", "שלום", ["שָׁלוֹם"]),
        ("政府は国境を閉じた", "国境", ["国境"]),
        ("รัฐบาลปิดพรมแดน", "พรมแดน", ["พรมแดน"]),
        ("सरकार ने हिन्दी में", "हिन्दी", ["हिन्दी"]),
        ("👩🏽‍🔧 and 👩 and 👨‍👩‍👧", "👩", ["👩"]),
        ("🇩🇪🇫🇷", "🇫🇷", ["🇫🇷"]),
        ("🇩🇪🇫🇷", "🇪🇫", []),
        ("ИСТОЧНИК источника", "источник", ["ИСТОЧНИК"]),
    ],
)
def test_finds_words_of_any_script_and_cuts_no_character(text: str, term: str, hits: list[str]) -> None:
    assert found(text, term) == hits


def test_capitals_count_where_asked() -> None:
    assert found("US troops told us", "US", case_sensitive=True) == ["US"]
    assert found("us and Us", "US", case_sensitive=True) == []


def test_marks_the_whole_word_where_a_part_is_enough() -> None:
    assert found("urban bans", "ban", whole_words=False) == ["urban", "bans"]
    assert found("the grand bank", "and ban", whole_words=False) == ["grand bank"]


def test_marks_a_place_once_for_the_longest_term() -> None:
    text = "the border fence at the border"
    matcher = Matcher([Wanted("border"), Wanted("border fence")])
    told = matcher.find(text, [(0, len(text))])
    assert [(text[h.start : h.end], h.term) for h in told.hits] == [("border fence", 1), ("border", 0)]
    assert told.counts == {0: 2, 1: 1}


def test_reaches_across_no_paragraph() -> None:
    text = "the prime\nminister"
    assert Matcher([Wanted("prime minister")]).find(text, [(0, 9), (10, 18)]).hits == []


@pytest.mark.parametrize("words", ["", "*", "**", " * ", "a*b", "-", "x " * 51, "y" * 101])
def test_refuses_words_that_cannot_be_looked_for(words: str) -> None:
    with pytest.raises(BadWords):
        phrase(words)


LETTERS = st.text("abÄß\u0301مح\u064e政👩\u200d🏽🇩 -\n’", max_size=30)


@given(text=LETTERS, term=LETTERS)
def test_what_is_found_folds_to_what_was_asked_for(text: str, term: str) -> None:
    """Whatever is marked would itself be found by the same term, whole and from its first to its last."""
    try:
        phrase(term)
    except BadWords:
        return
    for hit in found(text, term):
        assert found(hit, term) == [hit]


@given(term=LETTERS)
def test_every_term_finds_itself(term: str) -> None:
    try:
        phrase(term)
    except BadWords:
        return
    assert found(f"x {term} x", term)


def test_a_thousand_terms_that_begin_alike_take_no_longer_than_the_text_asks() -> None:
    terms = [Wanted(f"a a a a a a a a a a a a a a a a b{n}") for n in range(1000)]
    matcher = Matcher(terms)

    def act(size: int) -> None:
        text = "a " * (size // 8)
        matcher.find(text, [(0, len(text))])

    assert growth(act) < 8


def test_a_thousand_parts_take_linear_time() -> None:
    matcher = Matcher([Wanted(f"*{chr(97 + n % 26)}{n}*") for n in range(1000)])

    def act(size: int) -> None:
        text = "".join(f"w{n}x " for n in range(size // 8))
        matcher.find(text, [(0, len(text))])

    assert growth(act) < 8


def test_a_heap_of_marks_takes_linear_time() -> None:
    matcher = Matcher([Wanted("*e\u0301*")])

    def act(size: int) -> None:
        text = "e" + "\u0301\u0327" * size
        matcher.find(text, [(0, len(text))])

    assert growth(act) < 8
