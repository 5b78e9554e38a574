"""Addresses as people paste them."""

import pytest

from annotator.intents.addresses import LONGEST, MOST, address_alone, parse_addresses
from annotator.intents.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("https://a.example/b", ("https://a.example/b",)),
        (" https://a.example/b\r\n\r\nhttps://c.example ", ("https://a.example/b", "https://c.example")),
        ("https://a.example/b, <https://a.example/b>;", ("https://a.example/b",)),
        ("www.a.example/b", ("https://www.a.example/b",)),
        ("https://a.example/b www.c.example", ("https://a.example/b", "https://www.c.example")),
        ("file:///etc/passwd what  ever\nno", ("file:///etc/passwd what ever", "no")),  # told of each line
        ("https://a.example/my page.html", ("https://a.example/my page.html",)),
    ],
)
def test_are_read_once_each(typed: str, read: tuple[str, ...]) -> None:
    assert parse_addresses(typed) == read


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("", "required"),
        (" \n , <> ", "required"),
        (None, "required"),
        (["https://a.example"], "string"),
        ("https://a.example/\x00", "no_control_characters"),
        ("https://a.example/" + "b" * LONGEST, "max_length"),
        ("\n".join(f"https://a.example/{n}" for n in range(MOST + 1)), "max_items"),
        ("a" * 200_001, "max_length"),
    ],
)
def test_are_refused(typed: object, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_addresses(typed)
    assert (refused.value.field, refused.value.rule) == ("addresses", rule)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example/b?c#d", "https://a.example/b?c#d"),
        ("\n <HTTP://a.example> \n", "HTTP://a.example"),
        ("www.a.example/b", "https://www.a.example/b"),
        ("https://a.example/b https://c.example", ""),
        ("Read it: https://a.example/b", ""),
        ("A ferry stays in port", ""),
        ("https://", ""),
        ("", ""),
        ("https://a.example/" + "b" * 3000, ""),
    ],
)
def test_a_text_that_is_an_address(text: str, address: str) -> None:
    assert address_alone(text) == address
