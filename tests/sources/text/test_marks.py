import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.marks import LONGEST_RUN, stream_safe
from tests.growth import growth

MARKS = "\u0301\u0316\u0345\u0f71\u0f73\u0f75\u0344\u05b0\u064b\u3099"


@given(st.text(st.sampled_from("aéا뒤" + MARKS) | st.characters(), max_size=120))
def test_no_run_is_longer_and_nothing_else_goes(text: str) -> None:
    safe = stream_safe(text)
    run = 0
    for character in unicodedata.normalize("NFD", safe):
        run = run + 1 if unicodedata.combining(character) else 0
        assert run <= LONGEST_RUN
    assert stream_safe(safe) == safe
    if len(text) <= LONGEST_RUN // 4:
        assert safe == text


@pytest.mark.parametrize("marks", ["\u0301\u0316", "\u0316\u0301", "\u0f73", "\u0344\u0316"])
def test_normalising_what_is_left_takes_no_longer_than_it_is_long(marks: str) -> None:
    assert growth(lambda times: unicodedata.normalize("NFC", stream_safe("a" + marks * times))) < 8
