import re

import pytest

from sources.text import wording
from sources.text.folding import folded
from sources.text.wording import BANDS, LEAST_ALIKE, RECIPE, SHORTEST, Wording, bands, likeness, wording_of
from tests.growth import growth
from tests.reprinted import AGENCY, REPRINTS, UNLIKE

CHINESE = (
    "十四日渡轮在浓雾中驶离航道，于凌晨在港口外的沙洲上搁浅，船上共有二百余人，海岸警卫队表示乘客已安全上岸。"
)
MORE_CHINESE = (
    "市议会今年春天推迟了疏浚工程，因为唯一的报价几乎是预算的两倍，港口引航员两年来一直警告沙洲正在向西扩展。"
)


def alike(one: str, other: str) -> float:
    first, second = wording_of([one]), wording_of([other])
    assert first.comparable and second.comparable
    return likeness(first.signature, second.signature)


def share_a_band(one: str, other: str) -> bool:
    found = [set(bands(wording_of([text]).signature, 1)) for text in (one, other)]
    return bool(found[0] & found[1])


@pytest.mark.parametrize("name", REPRINTS)
def test_reprints_are_found(name):
    assert alike(AGENCY, REPRINTS[name]) >= LEAST_ALIKE
    assert share_a_band(AGENCY, REPRINTS[name])


@pytest.mark.parametrize("name", UNLIKE)
def test_what_is_no_reprint_is_not(name):
    other = wording_of([UNLIKE[name]])
    assert not other.comparable or alike(AGENCY, UNLIKE[name]) < LEAST_ALIKE / 2


def test_marks_dashes_and_soft_hyphens_make_no_difference():
    assert alike(AGENCY, REPRINTS["the same words, printed with other marks"]) == 1


def exactly(one: str, other: str) -> float:
    """By all runs of four words, counted."""
    found = []
    for text in (one, other):
        words = [w for w in folded(text) if len(w) > 1]
        found.append({tuple(words[i : i + 4]) for i in range(len(words) - 3)})
    return len(found[0] & found[1]) / len(found[0] | found[1])


@pytest.mark.parametrize("name", REPRINTS)
def test_the_estimate_is_near_what_is_counted(name):
    assert abs(alike(AGENCY, REPRINTS[name]) - exactly(AGENCY, REPRINTS[name])) < 0.12


def test_what_is_left_out_does_not_count():
    parts = AGENCY.split("\n\n")
    assert wording_of(parts[1:]) == wording_of(["\n".join(parts[1:])])


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "🦆🦆🦆",
        "!?!",
        "Nothing new today.",
        "word " * 400_000,
        "ab ab " * 200_000,
        "船" * 100_000,
    ],
    ids=["nothing", "blanks", "emoji", "marks", "short", "one word", "two words", "one character"],
)
def test_a_text_that_says_little_is_compared_with_none(text):
    found = wording_of([text])
    assert found.shingles < SHORTEST
    assert found == Wording(found.shingles, b"")
    assert bands(found.signature, 1) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CHINESE + MORE_CHINESE, MORE_CHINESE + CHINESE),
        (re.sub(r"\s+", "", AGENCY), re.sub(r"\s+", "", REPRINTS["the last three paragraphs cut"])),
        (
            "هذانصبلافراغات" * 3 + "".join(map(chr, range(0x621, 0x64A))) * 4,
            "".join(map(chr, range(0x621, 0x64A))) * 9,
        ),
    ],
    ids=["Chinese", "Latin without blanks", "Arabic without blanks"],
)
def test_scripts_without_blanks_are_cut_by_characters(one, other):
    first, second = wording_of([one]), wording_of([other])
    assert first.shingles > 20
    if first.comparable and second.comparable:
        assert likeness(first.signature, second.signature) >= LEAST_ALIKE


def test_unlike_chinese_texts_are_unlike():
    assert alike(CHINESE, MORE_CHINESE) < 0.05


def test_shelves_have_bands_of_their_own():
    signature = wording_of([AGENCY]).signature
    assert len(bands(signature, 1)) == BANDS
    assert not set(bands(signature, 1)) & set(bands(signature, 2))


def test_another_algorithm_has_another_recipe(monkeypatch):
    monkeypatch.setattr(wording, "_SEED", 2)
    assert wording._recipe() != RECIPE
    monkeypatch.undo()
    assert wording._recipe() == RECIPE


def test_the_recipe_is_the_same_on_every_machine():
    assert RECIPE == "rensa-R2 128 4w8c 0db600db"


@pytest.mark.lengthy
@pytest.mark.parametrize("kind", ["one word", "all different", "without blanks", "emoji"])
def test_time_grows_with_the_text_alone(kind):
    def act(size: int) -> None:
        text = {
            "one word": "ferry " * size,
            "all different": " ".join(f"w{n}" for n in range(size)),
            "without blanks": "".join(chr(0x4E00 + n * 7919 % 20000) for n in range(size)),
            "emoji": "🦆 duck " * size,
        }[kind]
        wording_of([text])

    assert growth(act) < 9
