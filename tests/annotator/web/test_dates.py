import pytest

from annotator.templatetags.dates import until, when


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-04-03", "3 Apr 2025"),
        ("2025-04", "Apr 2025"),
        ("1987", "1987"),
        ("2024-23", "autumn 2024"),
        ("2025-04-02?", "2 Apr 2025?"),
        ("2021-08~", "about Aug 2021"),
        ("2014-03/2014-04", "Mar – Apr 2014"),
        ("2025-03-24/2025-04-22", "24 Mar – 22 Apr 2025"),
        ("2024-12-30/2025-01-02", "30 Dec 2024 – 2 Jan 2025"),
        ("1987/1989", "1987 – 1989"),
        ("201X", "201X"),
        ("2025-04-03/..", "since 3 Apr 2025"),
        ("2025-04/", "Apr 2025 – unknown"),
        ("../2014~", "until about 2014"),
        ("/2014", "unknown – 2014"),
        ("../..", "../.."),
        ("2025-13", "2025-13"),
        ("", ""),
    ],
)
def test_dates_are_said_as_people_say_them(edtf: str, words: str) -> None:
    assert when(edtf) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2015-21", "2015-21", "spring 2015"),
        ("1987", "1987", "1987"),
        ("2025-05~", "2025-05~", "about May 2025"),
        ("2025-04-03", "2025-06-01", "3 Apr – 1 Jun 2025"),
        ("1987", "2015-21", "1987 – spring 2015"),
        ("2014-03/2014-04", "2015", "Mar – Apr 2014 – 2015"),
        ("2014-03/2014-04", "2014-03/2014-04", "Mar – Apr 2014"),
    ],
)
def test_the_first_and_the_last_of_several_are_no_surer_than_they_are(
    first: str, last: str, words: str
) -> None:
    assert until(first, last) == words
