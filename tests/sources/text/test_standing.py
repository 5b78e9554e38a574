"""Words that somebody typed, found as they stand in a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.standing import BIDI_OVERRIDES, BLANKS, as_they_stand, line_of

TEXT = "At\u00a0least\n\n  Eighteen \u202emen\u202c and eight at the Cafe\u0301;\x85 “more … less”."


@pytest.mark.parametrize(
    ("words", "standing"),
    [
        ("At least Eighteen", "At least Eighteen"),
        ("at LEAST eighteen men", "At least Eighteen men"),
        ("eight", "eight"),
        ("caf\u00e9", "Cafe\u0301"),
        ("Eighteen … cafe\u0301", "Eighteen … Cafe\u0301"),
        ("more … less", "more … less"),
        ("at least … nobody", ""),
        ("nineteen", ""),
        ("Eighteen … ", ""),
        (".", "."),
        ("a+", ""),
        ("", ""),
    ],
)
def test_words_are_given_as_they_stand(words: str, standing: str) -> None:
    assert as_they_stand(line_of(TEXT), words) == standing


def test_every_blank_is_one_space_and_no_override_is_left() -> None:
    known = {chr(c) for c in range(1, 0x3001) if chr(c).isspace() or unicodedata.category(chr(c)) == "Cc"}
    assert set(BLANKS) == known
    assert line_of(f" a{BLANKS}b{BIDI_OVERRIDES}c ") == "a bc"


@given(st.text(max_size=60), st.data())
def test_a_stretch_of_a_text_stands_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = line_of(text[start : data.draw(st.integers(start, len(text)))])
    assert words in line_of(text)
    if " … " not in f" {words} ":
        assert as_they_stand(line_of(text), words) == words
