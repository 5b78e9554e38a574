"""Short texts that say the same in the same words; in time that grows with their words alone."""

from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.detect.repeated_words import COMPARED, in_common, said_again
from tests.growth import growth

WORDS = st.lists(st.sampled_from("abcdé猫"), max_size=30)


def anything(_one: int, _other: int) -> bool:
    return True


def pairs(texts: list[str], others: list[str]) -> list[tuple[int, int]]:
    return list(said_again([t.split() for t in texts], [t.split() for t in others], anything))


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("otters come in july", "otters come in july", True),
        ("otters come in july", "the otters will come here in july she hopes", True),
        ("otters come in july", "badgers come in july", True),  # three of four
        ("otters come", "otters come", False),  # too few words to tell
        ("july in come otters", "otters come in july", False),  # in another order
        ("otters come in july and stay", "badgers leave in july or go", False),
        ("", "otters come in july", False),
    ],
)
def test_what_is_said_again(text: str, other: str, same: bool) -> None:
    assert pairs([text], [other]) == ([(0, 0)] if same else [])


def test_each_is_told_with_its_own_and_pairs_that_may_not_be_are_not() -> None:
    texts = ["otters come in july", "the ferry sank at noon"]
    others = ["the ferry sank at noon", "nothing of this", "otters come in july"]
    assert pairs(texts, others) == [(0, 2), (1, 0)]
    told = said_again([t.split() for t in texts], [t.split() for t in others], lambda one, other: other != 2)
    assert list(told) == [(1, 0)]


def test_a_rare_word_leads_past_many_that_share_the_frequent_ones() -> None:
    others = [f"the word of day {n} is a b c" for n in range(500)] + ["the ferry of kaltsee is late"]
    assert (0, 500) in pairs(["the ferry of kaltsee is late"], others)


def test_of_what_says_the_same_over_and_over_a_few_are_told() -> None:
    assert len(pairs(["otters come in july"] * 30, ["otters come in july"] * 300)) == 30 * COMPARED


@given(WORDS, WORDS)
def test_common_words_are_those_of_the_longest_common_subsequence(one: list[str], other: list[str]) -> None:
    table = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i, word in enumerate(one):
        for j, said in enumerate(other):
            table[i + 1][j + 1] = table[i][j] + 1 if word == said else max(table[i][j + 1], table[i + 1][j])
    assert in_common(one, other) == table[-1][-1]
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    assert in_common(one, other) >= sum(block.size for block in blocks)


@pytest.mark.lengthy
@pytest.mark.parametrize("piece", ["a a a a", "otters come in july", "a b " * 100, "w{n} x{n} y{n} in july"])
def test_the_work_grows_with_the_number_of_texts(piece: str) -> None:
    def act(times: int) -> object:
        said = [piece.format(n=n).split() for n in range(times // 32)]
        return list(said_again(said, said, anything))

    assert growth(act) < 8
