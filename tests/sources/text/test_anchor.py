import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sources.text.anchor import CONTEXT, Selector, cuts_cluster, find, selector
from sources.text.offsets import BadExtent, Extent
from tests.sources.text.strategies import texts


@st.composite
def anchored(draw):
    text = draw(texts.filter(lambda t: len(t) >= 4))
    cuts = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, Extent(tuple(pairs))


@pytest.mark.lengthy
@settings(max_examples=300)
@given(anchored())
def test_a_selector_finds_its_own_place(case):
    text, extent = case
    wanted = selector(text, extent)
    found = find(text, wanted)
    assume(len(found) < 1000)
    ours = next(candidate for candidate in found if candidate.extent == extent)
    assert ours.score == found[0].score == 1.0
    assert find(text, wanted, near=extent) == [ours]


@pytest.mark.lengthy
@given(anchored())
def test_quotes_and_context_are_what_stands_there(case):
    text, extent = case
    wanted = selector(text, extent)
    assert wanted.quotes == extent.slices(text)
    assert text[: extent.start].endswith(wanted.prefix) and len(wanted.prefix) <= CONTEXT
    assert text[extent.end :].startswith(wanted.suffix) and len(wanted.suffix) <= CONTEXT


@pytest.mark.lengthy
@given(anchored())
def test_context_never_begins_or_ends_inside_a_cluster(case):
    text, extent = case
    wanted = selector(text, extent)
    if wanted.prefix:
        assert not cuts_cluster(text, extent.start - len(wanted.prefix))
    if wanted.suffix:
        assert not cuts_cluster(text, extent.end + len(wanted.suffix))


@pytest.mark.lengthy
@given(anchored(), st.text(min_size=1, max_size=8))
def test_a_quote_that_is_not_there_is_never_found(case, words):
    text, _ = case
    assume(words not in text)
    assert find(text, Selector((words,), "", "")) == []


def test_the_context_tells_two_equal_quotes_apart():
    text = "The dam held, she said. In the town below the dam held, he wrote."
    second = text.rindex("the dam held")
    found = find(text, selector(text, Extent.of((second, second + 12))))
    assert found[0].extent == Extent.of((second, second + 12))
    assert len(found) == 1 or found[1].score < found[0].score


def test_a_changed_surrounding_lowers_the_score_and_says_so():
    wanted = selector("Before it the dam held after it", Extent.of((10, 22)))
    (found,) = find("Otherwise it the dam held, then", wanted)
    assert 0 < found.score < 1
    assert "differs" in found.reason


def test_a_quote_in_two_stretches_is_found_in_order():
    text = "“We stay,” said the mayor, “and we rebuild.” We stay."
    extent = Extent.of((1, 9), (28, 42))
    assert extent.slices(text) == ("We stay,", "and we rebuild")
    assert find(text, selector(text, extent))[0].extent == extent
    assert find(text, Selector(("and we rebuild", "We stay,"), "", "")) == []


@pytest.mark.parametrize("cluster", ["👩‍👩‍👧‍👦", "👍🏽", "🇵🇰", "e\u0301\u0308", "❤️"])
def test_clusters_are_not_cut(cluster):
    text = f"a{cluster}b"
    assert [n for n in range(1, len(text)) if not cuts_cluster(text, n)] == [1, len(text) - 1]


def test_flags_are_cut_between_pairs_only():
    assert [cuts_cluster("🇵🇰🇦🇫", n) for n in range(1, 4)] == [True, False, True]


def test_an_extent_outside_the_text_is_refused():
    with pytest.raises(BadExtent):
        selector("short", Extent.of((2, 9)))
