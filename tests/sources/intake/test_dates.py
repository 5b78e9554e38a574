from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.intake.dates import edtf_bounds, edtf_range, first_date, to_edtf, to_edtf_or_open
from tests.growth import growth


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("Aug. 11, 2021", "2021-08-11"),
        ("August 11th, 2021", "2021-08-11"),
        ("11 August 2021", "2021-08-11"),
        ("Sept 3, 2031", "2031-09-03"),
        ("Wednesday, Aug. 11, 2021", "2021-08-11"),
        ("Published: June 4, 2031, 5:30 p.m. ET", "2031-06-04"),
        ("Updated June 4, 2031 at 17:30 GMT", "2031-06-04"),
        ("March 2014", "2014-03"),
        ("2014", "2014"),
        ("spring 2015", "2015-21"),
        ("in the fall of 2030", "2030-23"),
        ("circa 2014", "2014~"),
        ("2021-08-11", "2021-08-11"),
        ("2021-08-11T10:00:00Z", "2021-08-11"),
        ("2021/8/1", "2021-08-01"),
        ("11.08.2021", "2021-08-11"),
        ("25/12/2030", "2030-12-25"),
        ("12/25/2030", "2030-12-25"),
        ("5/5/2030", "2030-05-05"),
        ("٤ يونيو ٢٠٣١", "2031-06-04"),
        ("4 حزيران 2031", "2031-06-04"),
        ("۴ جون ۲۰۳۱", "2031-06-04"),
        ("2014-03/2014-04", "2014-03/2014-04"),
        ("2021-08~", "2021-08~"),
    ],
)
def test_phrases_become_edtf(phrase, edtf):
    assert to_edtf(phrase) == edtf
    edtf_range(edtf)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "yesterday",
        "03/04/2015",
        "Feb. 30, 2021",
        "2021-13-01",
        "31.02.2030",
        "May we go",
        "June 4",
        "../2014",
    ],
)
def test_what_is_no_one_day_is_none(phrase):
    assert to_edtf(phrase) is None


def test_the_first_date_of_a_line_is_found():
    assert first_date("Filed from Sell on June 4, 2031 and again on June 5, 2031") == "2031-06-04"
    assert first_date("Nothing here") is None


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2021-08-11", date(2021, 8, 11), date(2021, 8, 11)),
        ("2021-08", date(2021, 8, 1), date(2021, 8, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-08~", date(2021, 8, 1), date(2021, 8, 31)),
        ("2014-03/2014-04", date(2014, 3, 1), date(2014, 4, 30)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
    ],
)
def test_the_range_of_days(edtf, first, last):
    assert edtf_range(edtf) == (first, last)


@pytest.mark.parametrize(
    ("edtf", "reason"),
    [
        ("", "not an EDTF date"),
        ("soon", "not an EDTF date"),
        ("../2014", "open at one end"),
        ("2014/..", "open at one end"),
        ("2014-02-31", "calendar|not an EDTF date"),
        ("2014-05/2014-01", "ends before it begins|not an EDTF date|calendar"),
        ("Y170000002", "calendar|not an EDTF date"),
        ("1" * 5000, "not an EDTF date"),
    ],
)
def test_what_has_no_range_says_why(edtf, reason):
    with pytest.raises(ValueError, match=reason):
        edtf_range(edtf)


@pytest.mark.lengthy
@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_every_day_comes_back(day):
    assert to_edtf(day.isoformat()) == day.isoformat()
    assert to_edtf(f"{day:%B} {day.day}, {day.year}") == day.isoformat()
    assert edtf_range(day.isoformat()) == (day, day)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_or_has_a_range(text):
    try:
        first, last = edtf_range(text)
    except ValueError as error:
        assert str(error)
    else:
        assert first <= last


@pytest.mark.parametrize(
    ("phrase", "edtf", "first", "last"),
    [
        ("since April 2015", "2015-04/..", date(2015, 4, 1), None),
        ("from 2 May 2015 onwards", "2015-05-02/..", date(2015, 5, 2), None),
        ("until 2014", "../2014", None, date(2014, 12, 31)),
        ("up to spring 2014", "../2014-21", None, date(2014, 5, 31)),
        ("between March 2014 and 2016", "2014-03/2016", date(2014, 3, 1), date(2016, 12, 31)),
        ("from 2014 to 2016", "2014/2016", date(2014, 1, 1), date(2016, 12, 31)),
        ("2015-04/..", "2015-04/..", date(2015, 4, 1), None),
        ("../2014~", "../2014~", None, date(2014, 12, 31)),
        ("/2014", "/2014", None, date(2014, 12, 31)),
        ("2014-03", "2014-03", date(2014, 3, 1), date(2014, 3, 31)),
    ],
)
def test_an_interval_may_be_open_at_one_end(phrase, edtf, first, last):
    assert to_edtf_or_open(phrase) == edtf
    assert edtf_bounds(edtf) == (first, last)


@pytest.mark.parametrize("edtf", ["../2014/2016", "/2014/2016", "2014/2016/..", "../..", "/", "../"])
def test_an_interval_has_two_ends(edtf):
    with pytest.raises(ValueError, match=r"EDTF|open"):
        edtf_bounds(edtf)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "..",
        "../..",
        "/",
        "../",
        "since",
        "since then",
        "until soon",
        "from 2016 to 2014",
        "2014/../..",
        "2014//",
    ],
)
def test_what_has_neither_end_is_no_interval(phrase):
    assert to_edtf_or_open(phrase) is None


@given(st.text(max_size=60))
def test_any_text_is_refused_or_has_an_end(text):
    found = to_edtf_or_open(text)
    if found is not None:
        first, last = edtf_bounds(found)
        assert (first or last) and (not first or not last or first <= last)


def test_about_is_said_once():
    assert to_edtf("about circa 2014") == "2014~"
    assert to_edtf("about 2014~") == "2014~"


@pytest.mark.parametrize("reader", [to_edtf, to_edtf_or_open])
@pytest.mark.parametrize("words", ["about ", "between ", "from to ", "since on ", "9", "2014/"])
def test_a_phrase_without_end_is_no_date(reader, words):
    assert reader(words * 100_000) is None


@pytest.mark.lengthy
@pytest.mark.parametrize("phrase", ["1 may", "may 1", "may", "1 may ,", "1 de ", "1 may/", "1 may/ "])
def test_a_date_is_looked_for_in_time_that_grows_with_the_line_alone(phrase):
    assert growth(lambda size: first_date(phrase + " " * size)) < 8
    assert growth(lambda size: first_date(phrase * (size // 4))) < 8
