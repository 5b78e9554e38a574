import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.in_common import in_common
from sources.text.segment import sentence_spans
from sources.text.sentence_changes import SentenceChange, counts, sentence_changes, word_changes
from tests.growth import growth

OLD = (
    "The ferry left at six. It was dark. Twelve people were aboard, the harbour office said. "
    "The sea was calm. Nobody was hurt. The captain asked for help at noon."
)


def difference(old: str, new: str) -> list[SentenceChange]:
    return sentence_changes(old, new, sentence_spans(old), sentence_spans(new))


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    """(kind, words of the old, words of the new) of each change."""
    return [
        (c.kind, old[slice(*c.before)] if c.before else "", new[slice(*c.after)] if c.after else "")
        for c in difference(old, new)
    ]


def test_a_text_and_itself_have_every_sentence_in_common():
    assert [kind for kind, _, _ in told(OLD, OLD)] == ["kept"] * 6


def test_each_sentence_is_kept_changed_added_removed_or_moved():
    new = (
        "Nobody was hurt. The ferry left at six. It was dark. "
        "Fourteen people were aboard, the harbour office said. "
        "A second boat was sent. The captain asked for help at noon."
    )
    assert told(OLD, new) == [
        ("moved", "Nobody was hurt.", "Nobody was hurt."),
        ("kept", "The ferry left at six.", "The ferry left at six."),
        ("kept", "It was dark.", "It was dark."),
        (
            "changed",
            "Twelve people were aboard, the harbour office said.",
            "Fourteen people were aboard, the harbour office said.",
        ),
        ("added", "", "A second boat was sent."),
        ("removed", "The sea was calm.", ""),
        ("kept", "The captain asked for help at noon.", "The captain asked for help at noon."),
    ]


def test_words_of_a_changed_sentence_are_told_apart():
    old, new = "Twelve people were aboard, he said.", "At least 14 people were aboard, he said."
    runs = word_changes(old, new, (0, len(old)), (0, len(new)))
    assert [
        (r.kind, old[slice(*r.before)] if r.before else "", new[slice(*r.after)] if r.after else "")
        for r in runs
    ] == [
        ("removed", "Twelve ", ""),
        ("added", "", "At least 14 "),
        ("kept", "people were aboard, he said.", "people were aboard, he said."),
    ]


def test_a_sentence_that_moved_and_changed_says_both():
    three = "One came first. Two came second. Three came third."
    old = f"{three} The old harbour wall fell into the sea at dawn."
    new = f"The old harbour wall had fallen into the sea at dawn. {three}"
    first = difference(old, new)[0]
    assert first.kind == "moved" and [run.kind for run in first.words if run.kind != "kept"]
    assert counts(difference(old, new)).changed_on_the_way == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"We stay," she said.', "“We stay,” she said."),
        ("It's the mayor's.", "It’s the mayor’s."),
        ("Five to ten - no more.", "Five to ten — no more."),
        ("The har\u00adbour is closed.", "The harbour\u00a0is  closed."),
        ("And then...", "And then…"),
    ],
)
def test_other_marks_and_blanks_are_no_difference(old, new):
    assert [kind for kind, _, _ in told(old, new)] == ["kept"]


def test_a_capital_or_an_accent_is_one():
    assert told("The pope spoke.", "The Pope spoke.")[0][0] == "changed"
    assert told("Sie lebt in Mälmo.", "Sie lebt in Malmo.")[0][0] == "changed"


def test_scripts_without_blanks_are_compared_by_characters():
    old, new = "船は六時に出発した。", "船は七時に出発した。"
    (change,) = difference(old, new)
    assert change.kind == "changed"
    assert [(r.kind, new[slice(*r.after)]) for r in change.words if r.after] == [
        ("kept", "船は"),
        ("added", "七"),
        ("kept", "時に出発した。"),
    ]


def test_counts_and_the_share_in_common():
    told_of = counts(difference(OLD, OLD.replace("The sea was calm. ", "")))
    assert (told_of.common, told_of.old, told_of.new, told_of.removed) == (5, 6, 5, 1)


def test_sentences_that_the_caller_leaves_out_are_not_told():
    assert sentence_changes(OLD, OLD, sentence_spans(OLD)[:2], sentence_spans(OLD)[1:2])[1:] == [
        SentenceChange("kept", sentence_spans(OLD)[1], sentence_spans(OLD)[1])
    ]
    assert sentence_changes(OLD, "", sentence_spans(OLD), []) == [
        SentenceChange("removed", span, None) for span in sentence_spans(OLD)
    ]


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcde"), max_size=30))
def test_what_is_in_common_is_equal_and_rises(old, new):
    pairs = in_common(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a < b for one in zip(*pairs, strict=True) for a, b in pairwise(one))


SENTENCES = st.lists(
    st.sampled_from(
        ["A came.", "B went away.", "C stays here, he said.", "C stayed here, he said.", "🦆!", "船。"]
    ),
    max_size=12,
)


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_told_once_and_words_cover_it(first, second):
    old, new = " ".join(first), " ".join(second)
    changes = difference(old, new)
    assert sorted(c.before for c in changes if c.before) == sentence_spans(old)
    assert [c.after for c in changes if c.after] == sentence_spans(new)
    for change in changes:
        if change.words:
            for text, stretch, runs in (
                (old, change.before, [r.before for r in change.words if r.before]),
                (new, change.after, [r.after for r in change.words if r.after]),
            ):
                assert "".join(text[slice(*run)] for run in runs) == text[slice(*stretch)]


def hostile(kind: str, size: int) -> tuple[list[str], list[str]]:
    chance = random.Random(7)
    if kind == "one word":
        return ["a"] * size, ["a"] * (size // 2) + ["b"] + ["a"] * (size // 2)
    if kind == "in turn":
        return ["a", "b"] * (size // 2), ["b", "c", "a"] * (size // 2)
    if kind == "few words in disorder":
        return [chance.choice("abc") for _ in range(size)], [chance.choice("abd") for _ in range(size)]
    if kind == "backwards":
        return [str(n) for n in range(size)], [str(n) for n in reversed(range(size))]
    return (
        [f"word{n} said {n % 7} of it" for n in range(size)],
        [f"word{n} says {n % 5} of it" for n in range(size)],
    )


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "kind", ["one word", "in turn", "few words in disorder", "backwards", "each a little changed"]
)
def test_time_grows_with_the_texts_alone(kind):
    def act(size: int) -> None:
        parts = hostile(kind, size // 8)
        texts = [". ".join(words) for words in parts]
        spans = []
        for words in parts:
            at, found = 0, []
            for word in words:
                found.append((at, at + len(word)))
                at += len(word) + 2
            spans.append(found)
        sentence_changes(*texts, *spans)

    assert growth(act) < 9


@pytest.mark.lengthy
def test_one_sentence_without_end_is_compared_too():
    def act(size: int) -> None:
        old = " ".join("ab"[n % 2] for n in range(size))
        new = " ".join("abc"[n % 3] for n in range(size))
        sentence_changes(old, new, [(0, len(old))], [(0, len(new))])

    assert growth(act) < 9
