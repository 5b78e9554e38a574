"""Where a sentence begins although no stop stands before it: items of lists, rules, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ITEM = re.compile(r"(?:(?<=\s)|^)(?:[•⁃▪‣◦]\s?)?(?P<mark>\d{1,3}|[a-z])(?P<sign>\.\)|[.)])(?=\s+\S)")
_BULLET = re.compile(r"(?<=\s)[•⁃▪‣◦](?=\s?\S)")
_DIVIDER = re.compile(r"(?<!\S)([-=_*~#])\1{4,}(?!\S)")


def forced_starts(text: str, lang: str) -> Iterator[int]:
    """Code point positions where a sentence begins, whatever stands before."""
    yield from _items(text)
    for match in _BULLET.finditer(text):
        yield match.start()
    for match in _DIVIDER.finditer(text):
        yield match.start()
        yield match.end()


def _items(text: str) -> Iterator[int]:
    """Items of an enumeration: "1) … 2) …", "a. … b. …", from the second on, in their order."""
    expected = ""
    sign = ""
    for match in _ITEM.finditer(text):
        mark = match["mark"]
        if expected and mark == expected and match["sign"] == sign:
            yield match.start()
        elif not (mark in ("1", "a") and match.start() == 0):
            continue
        sign = match["sign"]
        expected = str(int(mark) + 1) if mark.isdigit() else chr(ord(mark) + 1)
