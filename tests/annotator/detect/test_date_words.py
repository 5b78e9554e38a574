"""What date words are taken to mean; and that whatever is proposed is a date, and any doubt proposes none."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.detect.calendar_lexicon import LEXICONS, WEEKDAYS_MONDAY_FIRST
from annotator.detect.date_words import LONGEST, propose
from sources.intake.dates import edtf_range

WEDNESDAY = date(2021, 8, 11)

MEANT = [
    ("today", "2021-08-11"),
    ("before dawn on Tuesday", "2021-08-10"),
    ("yesterday, Tuesday", "2021-08-10"),
    ("tonight", "2021-08-11"),
    ("yesterday", "2021-08-10"),
    ("Yesterday morning,", "2021-08-10"),
    ("last night", "2021-08-10"),
    ("the day before yesterday", "2021-08-09"),
    ("tomorrow", "2021-08-12"),
    ("on Tuesday", "2021-08-10"),
    ("Tuesday night", "2021-08-10"),
    ("late on Tuesday evening", "2021-08-10"),
    ("Wednesday", "2021-08-11"),
    ("Thursday", "2021-08-05"),
    ("last Tuesday", "2021-08-10?"),
    ("last Wednesday", "2021-08-04?"),
    ("next Friday", "2021-08-13?"),
    ("next Wednesday", "2021-08-18?"),
    ("over the weekend", "2021-08-07/2021-08-08"),
    ("at the weekend", "2021-08-07/2021-08-08"),
    ("this week", "2021-08-09/2021-08-15"),
    ("last week", "2021-08-02/2021-08-08"),
    ("earlier this month", "2021-08"),
    ("last month", "2021-07"),
    ("last year", "2020"),
    ("three days ago", "2021-08-08"),
    ("a week ago", "2021-08-04~"),
    ("2 weeks ago", "2021-07-28~"),
    ("eight months ago", "2020-12~"),
    ("10 years ago", "2011~"),
    ("in April", "2021-04"),
    ("late in April", "2021-04"),
    ("mid-April", "2021-04"),
    ("In  August", "2021-08"),
    ("in December", "2020-12"),
    ("last August", "2020-08?"),
    ("April 12", "2021-04-12"),
    ("on 12 April", "2021-04-12"),
    ("Sunday, August 8th", "2021-08-08"),
    ("20 August", "2021-08-20?"),
]
UNSURE = [
    "",
    "recently",
    "yesterday, Friday",
    "in recent days",
    "the same day",
    "in October",
    "in November",
    "on 5 January",
    "30 February",
    "31 April",
    "April 0",
    "this Tuesday",
    "every Tuesday",
    "Tuesday or Wednesday",
    "from Monday to Wednesday",
    "0 days ago",
    "² April",
    "12² April",
    "April ²",
    "² weeks ago",
    "① days ago",
]


@pytest.mark.parametrize(("words", "expected"), MEANT)
def test_words_are_taken_against_the_day_of_publication(words: str, expected: str) -> None:
    found = propose(words, WEDNESDAY)
    assert found is not None, words
    assert found.date == expected
    assert "publication" in found.reason


@pytest.mark.parametrize("words", UNSURE)
def test_in_doubt_nothing_is_proposed(words: str) -> None:
    assert propose(words, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("de", "am Dienstag", "2021-08-10"),
        ("de-AT", "im Jänner", "2021-01"),
        ("de", "am Wochenende", "2021-08-07/2021-08-08"),
        ("de", "vor 3 Wochen", "2021-07-21~"),
        ("de", "am 12. April", "2021-04-12"),
        ("fr", "hier soir", "2021-08-10"),
        ("fr", "aujourd’hui", "2021-08-11"),
        ("fr", "la semaine dernière", "2021-08-02/2021-08-08"),
        ("fr", "mardi", "2021-08-10"),
        ("fr", "il y a 2 ans", "2019~"),
        ("es", "el martes por la noche", "2021-08-10"),
        ("es", "12 de abril", "2021-04-12"),
        ("es", "hace 2 meses", "2021-06~"),
        ("ar", "أمس", "2021-08-10"),
        ("ar", "أمس الثلاثاء", "2021-08-10"),
        ("ar", "يوم الثلاثاء", "2021-08-10"),
        ("ar", "الأسبوع الماضي", "2021-08-02/2021-08-08"),
        ("ar", "في أبريل", "2021-04"),
        ("ar", "١٢ أبريل", "2021-04-12"),
    ],
)
def test_other_languages(language: str, words: str, expected: str) -> None:
    found = propose(words, WEDNESDAY, language)
    assert found is not None
    assert found.date == expected


def test_words_of_a_language_nobody_taught_are_left_alone() -> None:
    assert propose("yesterday", WEDNESDAY, "xx") is None
    assert propose("yesterday", WEDNESDAY, "") is None
    assert propose("gestern", WEDNESDAY, "en") is None


def test_a_weekend_told_on_a_saturday_may_be_either() -> None:
    saturday = date(2021, 8, 14)
    assert propose("over the weekend", saturday) is None
    sunday = propose("over the weekend", saturday + timedelta(1))
    assert sunday is not None
    assert sunday.date == "2021-08-14/2021-08-15"


UNTIMED = settings(deadline=None, max_examples=60)
DAYS = st.dates(date(1800, 1, 1), date(2200, 12, 31))
KNOWN = [words for words, _ in MEANT]


@given(st.text(max_size=LONGEST + 20), st.dates(), st.sampled_from([*LEXICONS, "ur", "x"]))
@UNTIMED
def test_any_words_and_any_day_get_a_date_or_nothing(words: str, day: date, language: str) -> None:
    found = propose(words, day, language)
    assert found is None or edtf_range(found.date)


@pytest.mark.lengthy
@given(st.sampled_from(KNOWN), st.dates())
@UNTIMED
def test_what_is_proposed_is_always_edtf_even_at_the_ends_of_the_calendar(words: str, day: date) -> None:
    found = propose(words, day)
    assert found is None or edtf_range(found.date)


@given(st.sampled_from(sorted(LEXICONS)), st.integers(0, 6), DAYS)
@UNTIMED
def test_a_weekday_is_that_weekday_within_the_last_seven_days(language: str, day: int, told: date) -> None:
    found = propose(WEEKDAYS_MONDAY_FIRST[language].split()[day], told, language)
    assert found is not None
    meant = date.fromisoformat(found.date)
    assert meant.weekday() == day
    assert 0 <= (told - meant).days < 7


@pytest.mark.lengthy
@given(
    st.sampled_from(["yesterday", "over the weekend", "last week", "in April", "3 days ago", "last Friday"]),
    DAYS,
)
@UNTIMED
def test_words_for_the_past_never_begin_after_publication(words: str, told: date) -> None:
    found = propose(words, told)
    assert found is None or edtf_range(found.date)[0] <= told


@pytest.mark.lengthy
@given(st.sampled_from(["on Friday", "over the weekend", "last week", "yesterday", "a week ago"]), DAYS)
@UNTIMED
def test_a_week_later_the_same_words_mean_a_week_later(words: str, told: date) -> None:
    now, then = propose(words, told), propose(words, told + timedelta(7))
    assert (now is None) == (then is None)
    if now and then:
        shifted = tuple(day + timedelta(7) for day in edtf_range(now.date))
        assert edtf_range(then.date) == shifted


@given(st.sampled_from(KNOWN), DAYS)
@UNTIMED
def test_case_and_blanks_change_nothing(words: str, told: date) -> None:
    assert propose(f"  {words.upper()}\n", told) == propose(words, told)


def test_hostile_words_are_only_looked_at() -> None:
    for words in ("x" * 100_000, "a\u0301" * 50_000, "9" * 5000 + " days ago", "on " * 40_000, "\x00\ud800"):
        assert propose(words, WEDNESDAY) is None
