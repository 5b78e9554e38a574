"""What number words are taken to give; and that any doubt proposes nothing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.detect.number_lexicon import LEXICONS
from annotator.detect.number_words import LONGEST, LONGEST_PHRASE, MOST, NumberRead, numbers_in, read
from tests.growth import growth

GIVEN = [
    ("en", "more than 80", "more_than 80 -"),
    ("en", "at least 200", "at_least 200 -"),
    ("en", "up to 30", "at_most - 30"),
    ("en", "about 40", "about 40 40"),
    ("en", "dozens", "about - -"),
    ("en", "tens of thousands of people", "about - -"),
    ("en", "80 to 100", "range 80 100"),
    ("en", "80–100", "range 80 100"),
    ("en", "between 80 and 100", "range 80 100"),
    ("en", "about 80 to 100", "about 80 100"),
    ("en", "2 to 3 million", "range 2000000 3000000"),
    ("en", "$40-$50 million", "range 40000000 50000000 $"),
    ("en", "fewer than 12", "fewer_than - 12"),
    ("en", "just under 12", "fewer_than - 12"),
    ("en", "no fewer than 3,000", "at_least 3000 -"),
    ("en", "No more than twelve", "at_most - 12"),
    ("en", "18 or more", "at_least 18 -"),
    ("en", "18 or fewer", "at_most - 18"),
    ("en", "40 or so", "about 40 40"),
    ("en", "80-odd people", "about 80 80 people"),
    ("en", "80-some", "about 80 80"),
    ("en", "500 to 1,200", "range 500 1200"),
    ("en", "20 to 12,500", "range 20 12500"),
    ("en", "well over 80", "more_than 80 -"),
    ("en", "exactly 7", "exactly 7 7"),
    ("en", "12.5", "exactly 12.5 12.5"),
    ("en", "sixty-seven people", "exactly 67 67 people"),
    ("en", "a hundred and five", "exactly 105 105"),
    ("en", "three million two hundred thousand and five", "exactly 3200005 3200005"),
    ("en", "two dozen", "exactly 24 24"),
    ("en", "an estimated $2.3 million", "about 2300000 2300000 $"),
    ("en", "nearly 40 per cent", "about 40 40 %"),
    ("en", "The eight flood pumps", "exactly 8 8"),
    ("en", "at least six hours ahead", "at_least 6 -"),
    ("en-GB", "at least 41 people", "at_least 41 - people"),
    ("de", "mehr als 1.200 Menschen", "more_than 1200 - Menschen"),
    ("de", "fünfundzwanzig", "exactly 25 25"),
    ("de", "bis zu 2,5 Millionen", "at_most - 2500000"),
    ("de", "zwischen 80 und 100", "range 80 100"),
    ("fr", "plus de 1 200 personnes", "more_than 1200 - personnes"),
    ("fr", "d’au moins 80 morts", "at_least 80 - morts"),
    ("fr", "80 à 100", "range 80 100"),
    ("es", "más de 80", "more_than 80 -"),
    ("es", "hasta 2,5 millones", "at_most - 2500000"),
    ("ar", "أكثر من 80", "more_than 80 -"),
    ("ar", "لأكثر من ٨٠", "more_than 80 -"),
    ("ar", "ما بين 80 و100", "range 80 100"),
    ("ar", "80 على الأقل", "at_least 80 -"),
    ("ar", "١٬١٣٠", "exactly 1130 1130"),
]
UNSURE = [
    *(("en", words) for words in ("", "people", "not 40", "not about 40", "from 80 to 100", "40 and 50")),
    *(("en", words) for words in ("1,5", "12.345,6", "007", "10:30", "F-16", "G20", "21st", "5m", "1/2")),
    *(("en", words) for words in ("one in five", "two thirds", "half a dozen", "half a million", "a couple")),
    *(("en", words) for words in ("at least 80 to 100", "100 to 80", "40, if not more", "18 or 20")),
    *(("en", words) for words in ("more than dozens", "112 in 36 hours", "2021-08-09", "twenty twenty")),
    *(("en", words) for words in ("about 40 or more", "between 80", "between about 80 and 100", "40 more")),
    *(("en", words) for words in ("10 to 12,000", "ten to twelve thousand", "1-2,000", "about 10 to 12,500")),
    *(
        ("en", words)
        for words in ("twenty-odd", "600 to 3 thousand", "more than the 40", "trillion 5", "9" * 31)
    ),
    *(("de", words) for words in ("1.5", "zweihundert", "von 80 bis 100", "nicht 40", "als 80")),
    *(("fr", words) for words in ("cent quatre-vingts", "une vingtaine", "12.5", "que 80")),
    *(("es", words) for words in ("ciento veinte", "treinta y cinco 5", "que 80")),
    *(("ar", words) for words in ("من 80", "نصف 80")),
    *(("xx", "40"), ("", "40"), ("ur", "more than 80")),
]


def brief(found: NumberRead | None) -> str | None:
    if found is None:
        return None
    ends = ("-" if end is None else f"{end.normalize():f}" for end in (found.low, found.high))
    return " ".join(filter(None, (found.qualifier, *ends, found.unit)))


@pytest.mark.parametrize(("language", "words", "expected"), GIVEN)
def test_what_words_give(language: str, words: str, expected: str) -> None:
    assert brief(read(words, language)) == expected


@pytest.mark.parametrize(("language", "words"), UNSURE)
def test_any_doubt_proposes_nothing(language: str, words: str) -> None:
    assert read(words, language) is None


def test_numbers_are_found_where_they_stand() -> None:
    text = (
        "At least 41 people died in April 2015; on 3 May more than 80 others 🌊, and dozens were hurt. "
        "Between 900 and 1,050 cubic metres a second came down, one in five said."
    )
    found = numbers_in(text, "en")
    assert [(text[one.start : one.end], brief(one)) for one in found] == [
        ("At least 41", "at_least 41 -"),
        ("more than 80", "more_than 80 -"),
        ("dozens", "about - -"),
        ("Between 900 and 1,050", "range 900 1050"),
    ]


def test_what_a_bound_is_unknown_of_is_not_found_as_plain() -> None:
    told = numbers_in("It killed 20 - some of them children - there.", "en")
    assert "about" not in [one.qualifier for one in told]
    for text in ("rather more, than 80 in all", "not 80 but fewer", "no longer than 80 or 90"):
        assert numbers_in(text, "en") == []


@pytest.mark.lengthy
@given(st.text(), st.sampled_from([*LEXICONS, "xx"]))
@settings(deadline=None)
def test_any_text_is_read(text: str, language: str) -> None:
    for one in [*numbers_in(text, language), *filter(None, [read(text, language)])]:
        assert 0 <= one.start < one.end <= len(text)
        given = (one.low is not None, one.high is not None)
        assert given != (False, False) or one.qualifier == "about"


PIECES = st.sampled_from(
    ["more than", "at least", "80", "100", "to", "between", "and", "dozens", "or", "million", ",", "not", "-"]
)


@given(st.lists(PIECES, max_size=8))
@settings(deadline=None)
def test_what_is_read_of_the_whole_has_the_ends_that_its_qualifier_names(pieces: list[str]) -> None:
    found = read(" ".join(pieces), "en")
    if found and found.qualifier in ("at_least", "more_than"):
        assert (found.low is None, found.high) == (False, None)
    if found and found.qualifier == "range":
        assert (found.low or Decimal(0)) < (found.high or Decimal(0))


@pytest.mark.lengthy
def test_hostile_words_are_only_looked_at() -> None:
    hostile = (
        "x" * 100_000,
        "a\u0301" * 50_000,
        "9" * 50_000,
        "9," * 40_000,
        "at least " * 20_000,
        "\x00\ud800",
    )
    for words in hostile:
        assert read(words, "en") is None
        numbers_in(words, "en")
    assert read("1 " * (LONGEST_PHRASE // 2 + 1), "en") is None
    assert len(numbers_in("40 men. " * LONGEST, "en")) == MOST


@pytest.mark.lengthy
@pytest.mark.parametrize("piece", ["9", "9,", "9 ", "one hundred and ", "at least ", "a'", "between 1 and "])
def test_time_grows_with_the_text_alone(piece: str) -> None:
    reader = lambda size: numbers_in((piece * size)[:LONGEST], "en")  # noqa: E731
    assert growth(reader) < 8
