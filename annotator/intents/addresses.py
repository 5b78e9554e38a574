"""Addresses of articles that are to be fetched, as somebody typed or pasted them."""

import re

from . import fields
from .refusal import Refused

MOST = 500
LONGEST = 2000  # code points; what a record keeps
LONGEST_TEXT = 200_000

_ALONE = re.compile(r"\s*<?((?:https?://|www\.)[^\s<>]{3,2000})>?\s*", re.IGNORECASE)


def parse_addresses(value: object, field: str = "addresses") -> tuple[str, ...]:
    """Each once, in their order; they stand apart by blanks or lines. Whether one can be fetched is told of
    each by itself."""
    text = fields.text(value, field, LONGEST_TEXT)
    found = dict.fromkeys(_whole(word.strip("<>,;")) for word in text.split() if word.strip("<>,;"))
    if not found:
        raise Refused(field, "required", "is needed: at least one address")
    if len(found) > MOST:
        raise Refused(field, "max_items", f"has {len(found)} addresses, at most {MOST} are fetched at once")
    if any(len(one) > LONGEST for one in found):
        raise Refused(field, "max_length", f"holds an address of more than {LONGEST} characters")
    return tuple(found)


def address_alone(text: str) -> str:
    """The address that the text is, or empty where it is anything else."""
    found = _ALONE.fullmatch(text[: LONGEST + 100])
    return _whole(found[1]) if found else ""


def _whole(word: str) -> str:
    return f"https://{word}" if word.lower().startswith("www.") else word
