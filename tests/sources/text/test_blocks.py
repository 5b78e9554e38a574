from itertools import pairwise

import pytest
from hypothesis import given

from sources.text.blocks import ROLES, cut_blocks
from tests.sources.text.strategies import texts, visible

PAGE = """\
Heads up.

This story is more than 3 years old.

World

River Towns Wait for Help That Was Promised in Spring

Officials blame one another as the water stays

By Ilse Marrow and Tomas Vek

June 4, 2031

A man rows past the drowned market
A man rows past the market of Lower Sell, left, on Monday.
(Ana Ferro / Associated Press)

The water came at night and took the bridge, the people of Lower Sell say. Nobody had warned them, \
and nobody has come since.

Advertisement

“We were told that boats would be here by noon,” said Greta Oyelaran, who runs the school. “Noon of which \
day, they did not say.”

'We were told that boats would be here by noon'

A dam that was never finished, and the three ministers who opened it.

May 30, 2031

The ministry denies that it gave any such promise and points to a letter sent in the first week of March.

What the letter says

It names no date, according to two people who have read it and who asked not to be named.

Greta Oyelaran in the school's yard. Photo: Piet Lund

In the video below, boats leave the harbour of Upper Sell on Tuesday morning.

Video filmed by a passer-by shows them turn back.

Eleven boats lie unused in the harbour. Read more here.

The rain is expected to last until the end of the week, the weather office said.

Source: The Valley Post

Follow Ilse Marrow on Twitter: @ilsemarrow

The Valley Post

Related Articles

Back to top
"""


def judged(text):
    return [(text[b.start : b.end], b) for b in cut_blocks(text)]


def block(text, words):
    return next(b for line, b in judged(text) if words in line)


@pytest.mark.lengthy
@given(texts)
def test_blocks_hold_all_that_is_visible_and_never_overlap(text):
    blocks = cut_blocks(text)
    covered = [n for b in blocks for n in visible(text[b.start : b.end], b.start)]
    assert len(covered) == len(set(covered))
    assert set(covered) == visible(text)
    assert all(one.end <= other.start for one, other in pairwise(blocks))
    for b in blocks:
        assert text[b.start : b.end] == text[b.start : b.end].strip() != ""


@given(texts)
def test_every_judgement_is_in_order(text):
    blocks = cut_blocks(text)
    for index, b in enumerate(blocks):
        assert b.role in ROLES
        assert (b.reason == "") == (b.role == "paragraph")
        assert b.repeats is None or (0 <= b.repeats < len(blocks) and b.repeats != index and b.masked)


@pytest.mark.parametrize(
    ("words", "role", "masked"),
    [
        ("Heads up.", "boilerplate", True),
        ("more than 3 years old", "boilerplate", True),
        ("World", "boilerplate", True),
        ("River Towns Wait", "headline", False),
        ("Officials blame one another", "dek", False),
        ("By Ilse Marrow", "byline", True),
        ("June 4, 2031", "byline", True),
        ("A man rows past the drowned market", "caption", True),
        ("left, on Monday", "caption", True),
        ("(Ana Ferro", "boilerplate", True),
        ("The water came at night", "paragraph", False),
        ("Advertisement", "boilerplate", True),
        ("said Greta Oyelaran", "paragraph", False),
        ("'We were told", "pull_quote", True),
        ("A dam that was never finished", "boilerplate", True),
        ("May 30, 2031", "boilerplate", True),
        ("The ministry denies", "paragraph", False),
        ("What the letter says", "heading", False),
        ("It names no date", "paragraph", False),
        ("in the school's yard", "caption", True),
        ("In the video below", "paragraph", False),
        ("Video filmed by", "caption", True),
        ("Eleven boats lie unused", "boilerplate", True),
        ("The rain is expected", "paragraph", False),
        ("Source: The Valley Post", "boilerplate", True),
        ("Follow Ilse Marrow", "boilerplate", True),
        ("Related Articles", "boilerplate", True),
        ("Back to top", "boilerplate", True),
    ],
)
def test_each_line_of_a_page_has_its_role(words, role, masked):
    found = block(PAGE, words)
    assert (found.role, found.masked) == (role, masked), found.reason


def test_a_pull_quote_names_the_block_it_repeats():
    blocks = cut_blocks(PAGE)
    pulled = next(b for b in blocks if b.role == "pull_quote")
    source = blocks[pulled.repeats]
    assert "said Greta Oyelaran" in PAGE[source.start : source.end]


def test_the_outlets_name_among_the_furniture_at_the_end_is_masked():
    last = [b for line, b in judged(PAGE) if line == "The Valley Post"]
    assert [(b.role, b.masked) for b in last] == [("boilerplate", True)]


def test_a_title_given_twice_is_masked_the_second_time():
    story = "The council met and voted against the repair on Monday."
    text = f"Bridge Closed For Good\n\nBridge closed for good!\n\n{story}\n"
    first, second, last = cut_blocks(text)
    assert (first.role, first.masked, first.repeats) == ("headline", False, None)
    assert (second.role, second.masked, second.repeats) == ("headline", True, 0)
    assert last.role == "paragraph"


def test_a_text_that_begins_with_its_story_has_no_headline():
    story = "The council met on Monday and voted against the repair of the bridge, officials said."
    text = f"{story}\nNobody protested then."
    assert [b.role for b in cut_blocks(text)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright law was changed twice in ten years, the judge noted.",
        "Follow the money, the investigators were told on their first day.",
        "Advertisement revenue fell by a third, the publisher said.",
        "Video posted online showed the crowd leaving before the first shot.",
        "Watch duty at the dam was cut to one man, the union said.",
        "“The dam will hold,” she said.",
        "By Monday morning the water had gone.",
        "More news from the valley came in the evening.",
        "Next week the two sides meet again in Upper Sell.",
        "Register to vote early, the mayor told his supporters.",
        "“Why should we wait any longer?”",
    ],
)
def test_sentences_of_a_story_are_never_masked(sentence):
    story = "The council of Lower Sell met on Monday to talk about the dam and its keepers."
    after = "The vote was put off once more, to the anger of those who had come."
    found = block(f"A Valley Without Its Dam\n\n{story}\n\n{sentence}\n\n{after}\n", sentence)
    assert (found.role, found.masked) == ("paragraph", False), found.reason


def test_dates_that_head_an_account_mask_nothing():
    days = "\n\n".join(
        f"June {n}, 2031\n\nOn day {n} the water rose by a hand, the keeper wrote." for n in range(1, 6)
    )
    text = f"Five Days at the Dam\n\nThis is what the keeper of the dam wrote down in his book.\n\n{days}\n"
    blocks = judged(text)
    assert not any(b.masked for _, b in blocks if b.role != "byline")
    assert {b.role for line, b in blocks if line.endswith("2031")} == {"heading"}


def test_a_hard_wrapped_text_is_joined_into_paragraphs():
    text = (
        "The council of Lower Sell met on Monday to talk about the dam and\n"
        "its keepers, who had asked for more men since the spring and had\n"
        "got none.\n"
        "Nobody protested when the vote was put off once more until after\n"
        "the holidays, and the room was empty soon.\n"
    )
    assert [line.split()[0] for line, _ in judged(text)] == ["The", "Nobody"]


def test_furniture_in_arabic():
    lines = [
        ("headline", "سكان الوادي ينتظرون المساعدة منذ الربيع"),
        ("byline", "بقلم: ليلى حداد"),
        ("paragraph", "قال سكان القرية إن الماء جاء ليلا وأخذ الجسر معه."),
        ("boilerplate", "إعلان"),
    ]
    assert [b.role for b in cut_blocks("\n\n".join(line for _, line in lines))] == [role for role, _ in lines]


def test_furniture_in_urdu():
    lines = [
        ("headline", "وادی کے لوگ مدد کے منتظر ہیں"),
        ("paragraph", "گاؤں والوں نے کہا کہ پانی رات کو آیا اور پل بہا لے گیا۔"),
        ("boilerplate", "یہ بھی پڑھیں: ڈیم کی کہانی"),
    ]
    assert [b.role for b in cut_blocks("\n\n".join(line for _, line in lines))] == [role for role, _ in lines]
