"""Where imported words stand: believed, carried over, found again, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange.importers.bundle import span
from annotator.exchange.receiving.cleaned import cleaned
from annotator.exchange.receiving.placing import Ground, code_point, settled
from annotator.intents.refusal import Refused
from sources.text.normalise import Unreadable
from sources.text.offsets import Extent

RAIN = "Rain fell 🌧 on the pier. The pier held; rain fell on. قال إن الجسر آمن."


def places(ground: Ground, body: dict) -> tuple[str, str]:
    found = ground.place(body, "")
    assert found.quotes == found.extent.slices(ground.text)
    return str(found.extent), found.how


def refused(ground: Ground, body: dict) -> str:
    with pytest.raises(Refused) as error:
        ground.place(body, "")
    return error.value.rule


def test_what_is_where_it_is_said_to_be_is_believed() -> None:
    assert places(Ground(RAIN), span([(0, 4)], ["Rain"])) == ("0-4", "")
    assert places(Ground(RAIN), span([(5, 9), (0, 4)], ["fell", "Rain"])) == ("0-4;5-9", "")
    assert places(Ground(RAIN), span([(0, 5), (5, 9)], ["Rain ", "fell"])) == ("0-9", "")


def test_an_extent_alone_is_believed_of_the_same_text_only() -> None:
    assert places(Ground(RAIN), span([(0, 4)])) == ("0-4", "")
    assert refused(Ground(RAIN, same=False), span([(0, 4)])) == "same_text"
    assert refused(Ground(RAIN), span([(0, 4000)])) == "same_text"
    assert refused(Ground(RAIN), span(None)) == "required"


def test_a_place_of_another_text_is_never_believed() -> None:
    """The words stand where the file says by chance; what stands around them tells where they are meant."""
    text = "the dog ran. I saw it. the cat slept."
    chance = span([(0, 3)], ["the"], prefix="saw it. ", suffix=" cat")
    here, other = Ground(text), Ground(text, same=False)
    assert places(here, chance) == ("0-3", "")
    assert places(other, chance) == ("23-26", "the words stand there once between the words around them")
    assert places(other, {**chance, "extent": None}) == places(other, chance)
    assert places(other, span([(4, 7)], ["dog"])) == ("4-7", "the words stand there once")
    for unsure in (span([(0, 3)], ["the"]), span([(0, 3)], ["the"], prefix="heard it. ", suffix=" cat")):
        assert places(here, unsure) == ("0-3", "")
        assert refused(other, unsure) == "found_once"
    emoji = "🌧 the rain, the pier"
    units = span([(3, 6)], ["the"])
    assert places(Ground(emoji), units)[0] == "2-5"
    assert refused(Ground(emoji, same=False), units) == "found_once"


def test_words_that_stand_once_are_found_again() -> None:
    assert places(Ground(RAIN), span([(3, 7)], ["held"])) == ("34-38", "the words stand there once")
    assert places(Ground(RAIN), span(None, ["held"])) == ("34-38", "")
    assert places(Ground(RAIN), span([(3, 7)], ["Rain", "held"])) == (
        "0-4;34-38",
        "the words stand there once",
    )
    assert refused(Ground(RAIN), span([(3, 7)], ["snow"])) == "match_text"


def test_words_that_stand_twice_need_what_stands_around_them() -> None:
    twice = span([(0, 4)], ["pier"])
    assert refused(Ground(RAIN), twice) == "found_once"
    assert refused(Ground(RAIN), {**twice, "prefix": "far from the "}) == "found_once"
    first = {**twice, "prefix": "on the ", "suffix": ". The"}
    assert places(Ground(RAIN), first) == (
        "19-23",
        "the words stand there once between the words around them",
    )
    assert refused(Ground("ab " * 1200), span(None, ["ab"])) == "found_once"


def test_utf16_offsets_are_seen_for_what_they_are() -> None:
    """Behind the emoji they count one more; the words stand twice, and only one of the two fits."""
    units = RAIN.encode("utf-16-le").index("pier".encode("utf-16-le")) // 2
    assert RAIN[units : units + 4] != "pier"
    said = places(Ground(RAIN), span([(units, units + 4)], ["pier"]))
    assert said == ("19-23", "the file counts UTF-16 code units, not characters")


@pytest.mark.parametrize(
    "extent",
    [[], [[1]], [["a", 2]], [[3, 3]], [[5, 2]], [[-1, 2]], [[0, 2**40]], [[True, 2]], "0-4", {"a": 1}],
)
def test_what_is_no_extent_is_refused(extent: object) -> None:
    assert refused(Ground(RAIN), {"extent": extent, "quotes": ["Rain"]}) == "extent"


def test_offsets_are_carried_over_cleaning() -> None:
    came = "One\r\nTwo\x00 three\rfour\r\x00\nfive"
    text = cleaned(came)
    assert text.text == "One\nTwo three\nfour\nfive"
    for word in ("Two", "three", "four", "five"):
        at = came.index(word)
        assert places(Ground(text.text, text), span([(at, at + len(word))], [word])) == (
            f"{text.text.index(word)}-{text.text.index(word) + len(word)}",
            "",
        )
    start = came.index("Two")
    whole = span([(start, start + 10)], ["Two\x00 three"])
    assert places(Ground(text.text, text), whole)[0] == "4-13"
    assert refused(Ground(text.text, text), span([(8, 9)], ["\x00"])) == "match_text"


@given(st.text(st.sampled_from("a\r\n\x00\U0001f6a2é "), min_size=1, max_size=30))
def test_every_kept_character_is_carried_to_itself(came: str) -> None:
    try:
        text = cleaned(came)
    except Unreadable:
        return
    for at, character in enumerate(came):
        if at not in text.dropped:
            kept = "\n" if character == "\r" else character
            assert text.text[text.carried(at)] == kept
    assert text.carried(len(came)) == len(text.text)


def test_half_characters_and_blank_texts_are_refused() -> None:
    for came in ("Rain \ud83d fell", " \r\n", ""):
        with pytest.raises(Unreadable):
            cleaned(came)


@given(st.text(st.sampled_from("a\U0001f6a2é"), max_size=12))
def test_units_are_counted_as_browsers_do(text: str) -> None:
    unit = 0
    for at, character in enumerate(text):
        assert code_point(text, unit) == at
        unit += len(character.encode("utf-16-le")) // 2
        if character > "\uffff":
            with pytest.raises(ValueError):
                code_point(text, unit - 1)
    assert code_point(text, unit) == len(text)
    with pytest.raises(ValueError, match=str(unit + 1)):
        code_point(text, unit + 1)


def test_a_body_is_settled_throughout() -> None:
    body = {
        "kind": "claim",
        **span([(9, 13)], ["held"], suffix="; rain"),
        "claim": {"inside": "OUTER", "chains": [[{"cues": [span([(0, 4)], ["Rain"], cue_type="doubt")]}]]},
    }
    moved: list = []
    made = settled(body, Ground(RAIN), str.lower, moved)
    assert made["extent"] == [[34, 38]]
    assert "suffix" not in made
    assert made["claim"]["inside"] == "outer"
    assert made["claim"]["chains"][0][0]["cues"] == [
        {"extent": [[0, 4]], "quotes": ["Rain"], "cue_type": "doubt"}
    ]
    assert [(field, found.extent) for field, found in moved] == [("", Extent.of((34, 38)))]


def test_the_field_of_what_is_not_there_is_named() -> None:
    body = {"claim": {"hedges": [span(None, ["Rain"]), span(None, ["snow"])]}}
    with pytest.raises(Refused) as error:
        settled(body, Ground(RAIN), str, [])
    assert error.value.field == "claim.hedges.1.quotes"
