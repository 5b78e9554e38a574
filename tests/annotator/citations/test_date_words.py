"""How EDTF dates read."""

import pytest

from annotator.citations.date_words import in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-04-03", "3 Apr 2025"),
        ("2024-23", "autumn 2024"),
        ("2014-03/2014-04", "Mar – Apr 2014"),
        ("2014-12/2015-01", "Dec 2014 – Jan 2015"),
        ("2014~/2014-05", "about 2014 – May 2014"),
        ("2015-04/..", "since Apr 2015"),
        ("../2014", "until 2014"),
        ("2015-04/", "Apr 2015 – unknown"),  # an end that nobody knows is not one that is open
        ("Y170000002", "Y170000002"),
        ("", ""),
    ],
)
def test_a_date_in_words(edtf: str, words: str) -> None:
    assert in_words(edtf) == words
