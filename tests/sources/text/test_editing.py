"""A quotation as it is printed, and without what an editor put into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.editing import bare, edits
from sources.text.offsets import Extent


def plain(text: str, *left_out: tuple[int, int]) -> str:
    whole = [(0, len(text))]
    return bare(text, Extent.of(*whole), " / ", edits(text, whole), left_out)


@pytest.mark.parametrize(
    ("printed", "without", "kinds"),
    [
        ("[The situation] is bad", "is bad", ["insertion"]),
        ("late, […] it understated", "late, it understated", ["omission"]),
        ("late [...], it was", "late, it was", ["omission"]),
        ("tard (…) et loin", "tard et loin", ["omission"]),
        ("[t]he gates", "the gates", ["case"]),
        ("they want[ed] it", "they want it", ["insertion"]),
        ("they was [sic] late", "they was late", ["insertion"]),
        ("we left … at dawn", "we left at dawn", ["omission"]),
        ("we left . . . at dawn", "we left at dawn", ["omission"]),
        ("[…]", "[…]", ["omission"]),
        ("nothing here", "nothing here", []),
        ("a\n b", "a b", []),
    ],
)
def test_insertions_and_omissions(printed: str, without: str, kinds: list[str]) -> None:
    assert [edit.kind for edit in edits(printed, [(0, len(printed))])] == kinds
    assert plain(printed) == without


def test_brackets_outside_the_quotation_are_the_writers_own() -> None:
    text = "He [the mayor] said “it [the weir] broke”"
    assert [text[e.start : e.end] for e in edits(text, [(20, len(text) - 1)])] == ["[the weir]"]


def test_what_the_reporter_added_is_left_out() -> None:
    text = "the weir, built in 1911, broke"
    assert plain(text, (8, 24)) == "the weir broke"


def test_stretches_are_joined_and_empty_ones_left_out() -> None:
    text = "one [two] three"
    extent = Extent.of((0, 3), (4, 9), (10, 15))
    assert bare(text, extent, " / ", edits(text, [(0, len(text))]), []) == "one / three"


@given(st.text(alphabet="ab [].…,(", min_size=1, max_size=40))
def test_nothing_is_ever_put_in(text: str) -> None:
    letters = iter(" ".join(text.split()))
    assert all(c in letters for c in plain(text))
