"""Reading a document takes no longer than it is long, whatever stands in one line of it."""

from collections.abc import Callable

import pytest

from sources.intake.article import tidy
from sources.intake.plain import read_plain
from tests.growth import growth

BODY = "The ferry stayed in port, the harbour master said on Monday at the quay."
LINES: dict[str, Callable[[int], str]] = {
    "marks": lambda n: "a" + "\u0301" * n + "\u0316" * n,
    "marks made of marks": lambda n: "a" + "\u0f73" * n,
    "blanks": lambda n: "a" + " " * n + "b",
    "wide blanks": lambda n: "a" + "\u00a0" * n + "b",
    "commas": lambda n: "a" + " ," * n,
    "names": lambda n: "A and " * n,
    "abouts": lambda n: "about " * n,
    "a day and blanks": lambda n: f"1 May{' ' * n}x",
}


@pytest.mark.lengthy
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
@pytest.mark.parametrize("key", ["Title: ", "Outlet: ", "Author: ", "Date: ", "", "By ", "Source: "])
def test_one_long_line(key: str, line: Callable[[int], str]) -> None:
    assert growth(lambda n: read_plain(f"{key}{line(n)}\n\n{BODY}\n")) < 8


@pytest.mark.lengthy
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_long_name(line: Callable[[int], str]) -> None:
    assert growth(lambda n: tidy(line(n))) < 8


def test_names_are_shortened_after_they_are_composed() -> None:
    assert tidy("e\u0301" * 300, 200) == "é" * 200
    assert tidy("\u1f82" * 300, 200) == "\u1f82" * 200
    assert tidy("α\u0313\u0300\u0345" * 300, 200) == "\u1f82" * 200
    assert tidy(" \t  a\n\n b" + " " * 5000 + "c ") == "a b c"
