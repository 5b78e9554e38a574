"""What is found in a comment: addresses and calls of members; in time that grows with its length."""

import pytest

from annotator.detect.comment_words import called_in, candidates_in, parts_of
from tests.growth import growth

NAMES = {"ana", "ana.b", "ben@desk.org", "زينب", "o+k"}


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@ana look", ["ana"]),
        ("(@ana)", ["ana"]),
        ("Ask @ana.", ["ana"]),
        ("Ask @ana.b.", ["ana.b"]),
        ("@ana, @ana and @ana.b", ["ana", "ana.b"]),
        ("@ben@desk.org and @o+k", ["ben@desk.org", "o+k"]),
        ("اسأل @زينب", ["زينب"]),
        ("mail ana@ana or x@ana", []),
        ("@anabel @an @Ana @ana-b", []),
        ("https://x.org/@ana", []),
        ("@@ana", []),
        ("@", []),
    ],
)
def test_who_is_called(text: str, called: list[str]) -> None:
    assert called_in(text, NAMES) == called
    assert set(called) <= candidates_in(text)


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("see https://x.org/a?b=c#d.", ["https://x.org/a?b=c#d"]),
        ("(http://x.org/a_(b))", ["http://x.org/a_(b)"]),
        ("“https://x.org/é”", ["https://x.org/é"]),
        ("<https://x.org>", ["https://x.org"]),
        ("https://x.org/\u202egnp.exe", ["https://x.org/"]),
        ("javascript:alert(1) data:text/html,x ftp://x.org //x.org x.org", []),
        ("xhttps://x.org", []),
    ],
)
def test_what_is_an_address(text: str, addresses: list[str]) -> None:
    assert [part.address for part in parts_of(text, ()) if part.address] == addresses


def test_no_letter_is_lost() -> None:
    for text in ("", "@ana, see (https://x.org/a)!\n\n<b>@ana.b</b>", "@" * 50, "https://" * 20):
        assert "".join(part.text for part in parts_of(text, NAMES)) == text


@pytest.mark.lengthy
@pytest.mark.parametrize(
    "piece", ["@", "@a", "a@", "https://", "https://)", "@a.", "((", "https://x.org/)))"]
)
def test_long_texts_take_no_longer_than_they_are_long(piece: str) -> None:
    assert growth(lambda times: parts_of("https://" + piece * times, NAMES)) < 8
