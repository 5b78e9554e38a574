from hypothesis import given
from hypothesis import strategies as st

from annotator.citations.build import CitedSentence, check_row, check_text

TEXT = "The mayor spoke. “We lost the bridge 🌉,” she said, “and the road.” Rain fell."
EXTENT = [(18, 39), (52, 65)]
QUOTES = [TEXT[a:b] for a, b in EXTENT]
SENTENCES = [CitedSentence(2, 17, 67)]


def problems(**changes):
    row = {
        "extent": EXTENT,
        "quotes": QUOTES,
        "prefix": "spoke. “",
        "suffix": TEXT[65:70],
        "sentences": SENTENCES,
    } | changes
    return check_row(TEXT, row.pop("extent"), row.pop("quotes"), **row)


def test_a_true_row_has_no_problem():
    assert QUOTES == ["We lost the bridge 🌉,", "and the road."]
    assert problems() == []


def test_each_untruth_is_named():
    assert problems(quotes=["We lost the bridge", "and the road."]) == [
        "the quote is not what the text has at 18-39"
    ]
    assert problems(quotes=QUOTES[:1]) == ["1 quotes for 2 stretches"]
    assert problems(prefix="spoke. ") == ["the prefix is not what the text has before the quote"]
    assert problems(suffix="x") == ["the suffix is not what the text has after the quote"]
    assert problems(sentences=[]) == ["it names no sentence"]
    assert problems(sentences=[CitedSentence(3, 67, 77)]) == [
        "sentence 3 does not touch the quote",
        "none of its sentences holds the start of the quote",
    ]
    assert problems(extent=[]) == ["the extent is empty"]
    assert problems(extent=[(18, 500)]) == [f"18-500 is not inside a text of {len(TEXT)} code points"]
    assert problems(extent=[(52, 65), (18, 39)]) == ["18-39 does not lie after the stretch before it"]


def test_a_text_of_another_length_or_digest_is_named():
    assert check_text("abc", 3, "d", "d") == []
    assert len(check_text("abc", 4, "d", "e")) == 2


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_slice_holds_and_a_shifted_slice_does_not(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = [CitedSentence(1, 0, len(text))]
    true = check_row(text, [(start, end)], [text[start:end]], prefix="", suffix="", sentences=whole)
    assert true == []
    other = text[start:end] + "x"
    assert check_row(text, [(start, end)], [other], prefix="", suffix="", sentences=whole) != []


def test_a_quote_may_begin_with_the_space_before_its_sentence():
    spoke, lost = CitedSentence(1, 0, 16), CitedSentence(2, 17, 67)
    space = {"extent": [(16, 39)], "quotes": [TEXT[16:39]], "prefix": "spoke.", "suffix": TEXT[39:44]}
    assert problems(**space, sentences=[lost]) == []
    words = {"extent": [(15, 39)], "quotes": [TEXT[15:39]], "prefix": "spoke", "suffix": TEXT[39:44]}
    assert problems(**words, sentences=[spoke, lost]) == []
    assert problems(**words, sentences=[lost]) == ["none of its sentences holds the start of the quote"]
