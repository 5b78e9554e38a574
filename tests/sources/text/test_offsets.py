import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.text.digest import sha256_hex
from sources.text.offsets import BadExtent, Extent, worded
from tests.sources.text.strategies import texts

FIXTURE = Path(__file__).parents[2] / "fixtures" / "code_points.json"

stretches = st.tuples(st.integers(0, 300), st.integers(1, 40)).map(lambda pair: (pair[0], pair[0] + pair[1]))
extents = st.lists(stretches, min_size=1, max_size=6).map(lambda given: Extent(tuple(given)))


def points(extent):
    return {n for start, end in extent.stretches for n in range(start, end)}


@pytest.mark.lengthy
@given(extents)
def test_written_and_sent_forms_come_back(extent):
    assert Extent.parse(str(extent)) == extent
    assert Extent.from_json(json.loads(json.dumps(extent.to_json()))) == extent


@given(st.lists(stretches, min_size=1, max_size=6))
def test_stretches_are_sorted_and_neither_overlap_nor_touch(given_stretches):
    extent = Extent(tuple(given_stretches))
    assert points(extent) == {n for start, end in given_stretches for n in range(start, end)}
    ends = [end for _, end in extent.stretches]
    starts = [start for start, _ in extent.stretches]
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))
    assert len(extent) == len(points(extent))
    assert (extent.start, extent.end) == (min(points(extent)), max(points(extent)) + 1)


@given(extents, extents)
def test_overlap_and_containment_are_those_of_sets(one, other):
    assert one.overlaps(other) == bool(points(one) & points(other))
    assert one.contains(other) == (points(other) <= points(one))


@pytest.mark.lengthy
@given(texts, extents)
def test_slices_are_the_words_or_a_refusal(text, extent):
    if extent.end > len(text):
        with pytest.raises(BadExtent, match="text has"):
            extent.slices(text)
    else:
        assert "".join(extent.slices(text)) == "".join(text[n] for n in sorted(points(extent)))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ([], "at least one"),
        ([[5, 5]], "empty or runs backwards"),
        ([[9, 2]], "empty or runs backwards"),
        ([[-1, 2]], "before the text"),
        ([[0, 2**31]], "too large"),
        ([[0, 1.0]], "whole numbers"),
        ([[False, True]], "whole numbers"),
        ([["0", "1"]], "whole numbers"),
        ([[0, 1, 2]], "pair"),
        ([3], "pair"),
        ("0-1", "list of"),
        ({"start": 0}, "list of"),
        (None, "list of"),
    ],
)
def test_what_is_no_extent_is_refused_with_the_reason(value, reason):
    with pytest.raises(BadExtent) as refused:
        Extent.from_json(value)
    assert reason in refused.value.reason


@pytest.mark.parametrize("written", ["", "10", "10-", "a-b", "10-40,52-90", "40-10", "٣-٩", "1" * 30 + "-2"])
def test_other_ways_of_writing_are_refused(written):
    with pytest.raises(BadExtent):
        Extent.parse(written)


def test_the_shared_fixture_counts_code_points_as_python_does():
    strings = json.loads(FIXTURE.read_text(encoding="utf-8"))["strings"]
    assert len(strings) >= 10
    for case in strings:
        text = case["text"]
        assert case["code_points"] == len(text)
        for code_point, unit in case["positions"]:
            assert len(text[:code_point].encode("utf-16-le")) // 2 == unit
        assert case["positions"][-1] == [len(text), case["utf16_units"]]


def test_the_digest_is_that_of_the_utf8_bytes():
    assert sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_hex("é") != sha256_hex("e\u0301")


@given(texts)
def test_the_digest_tells_texts_apart(text):
    assume(text)
    assert sha256_hex(text) != sha256_hex(text[:-1])


@pytest.mark.parametrize(
    ("text", "extent", "words"),
    [
        ("the lock", Extent.of((3, 4)), ("the",)),
        ("\n\nlock", Extent.of((0, 2)), ("lock",)),
        ("the lock", Extent.of((0, 3), (3, 4), (4, 8)), ("the lock",)),
        ("the lock is", Extent.of((3, 4), (9, 11)), ("is",)),
        (" " * 9, Extent.of((3, 4)), None),
    ],
)
def test_blanks_give_way_to_the_words_beside_them(text, extent, words):
    found = worded(text, extent)
    assert (found and found.slices(text)) == words
