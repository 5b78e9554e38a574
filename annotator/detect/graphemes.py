"""Where a character as people see it begins and ends: what is marked never cuts one in two."""

import unicodedata
from functools import cache

ZWJ = "\u200d"
LONGEST_CLUSTER = 100
"""Code points on each side that are looked at; a longer heap of marks is nobody's letter."""


def whole_characters(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch grown on both sides until it cuts no letter from its marks, no flag and no joined emoji.

    Follows the extended grapheme clusters of UAX #29, less Hangul letters typed one by one.
    """
    return _boundary(text, start, -1), _boundary(text, end, 1)


def _boundary(text: str, at: int, way: int) -> int:
    for _ in range(LONGEST_CLUSTER):
        if not 0 < at < len(text) or not _joined(text, at):
            break
        at += way
    return at


def _joined(text: str, at: int) -> bool:
    """Whether the code points before and at `at` belong to one character."""
    before, after = text[at - 1], text[at]
    if after < "\u0300":
        return before == "\r" and after == "\n"
    if extends(after):
        return before not in "\n\r"
    if before == ZWJ:
        return unicodedata.category(after) == "So"
    if _is_flag_half(before) and _is_flag_half(after):
        halves, floor = 1, max(0, at - LONGEST_CLUSTER)
        while at - 1 - halves >= floor and _is_flag_half(text[at - 1 - halves]):
            halves += 1
        return halves % 2 == 1
    return False


@cache
def extends(character: str) -> bool:
    """Whether it goes with the character before it: a mark, a joiner, an emoji's skin or style."""
    return (
        character in {ZWJ, "\u200c"}
        or unicodedata.category(character)[0] == "M"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
        or "\uff9e" <= character <= "\uff9f"
    )


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
