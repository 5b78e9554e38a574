"""Addresses of articles that are to be fetched, as somebody typed or pasted them."""

import re
from typing import Any
from urllib.parse import urlsplit

from . import fields
from .gathered import leaf
from .refusal import Refused

MOST = 500
LONGEST = 2000  # code points; what a record keeps
LONGEST_TEXT = 200_000

_BEGINS = re.compile(r"<?(?:https?://|www\.)", re.IGNORECASE)
_ALONE = re.compile(r"\s*<?((?:https?://|www\.)[^\s<>]{3,2000})>?\s*", re.IGNORECASE)


@leaf("")
def parse_address(value: Any, field: str) -> str:
    """An http or https address of a page that anybody may open, kept as written; or none. Raises Refused."""
    if value is None or value == "":
        return ""
    said = fields.text(value, field, LONGEST)
    if said and not said.lower().startswith(("http://", "https://")):
        raise Refused(field, "scheme", "an address begins with http:// or https://")
    if any(c.isspace() or not c.isprintable() or c in '<>"' for c in said):
        raise Refused(field, "blank", "an address holds no blanks, brackets or quotation marks")
    try:
        parts = urlsplit(said)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise Refused(field, "address", "this is no address") from error
    if said and not host:
        raise Refused(field, "host", "an address names a site")
    if parts.username is not None:
        raise Refused(field, "account", "an address names nobody’s account or password")
    return said


def parse_listed(value: Any, field: str = "addresses") -> tuple[str, ...]:
    """The same of a list with one address an entry. Raises Refused."""
    lines = fields.items(value, field, lambda one, at: fields.text(one, at, LONGEST, required=True), MOST)
    return parse_addresses("\n".join(lines), field)


def parse_addresses(value: object, field: str = "addresses") -> tuple[str, ...]:
    """Each once, in their order; they stand apart by lines, or on a line by blanks where each begins as
    addresses do. Whether one can be fetched is told of each line by itself."""
    text = fields.text(value, field, LONGEST_TEXT)
    words = [word.strip("<>,; \t") for line in text.splitlines() for word in _parts(line)]
    found = dict.fromkeys(_whole(word) for word in words if word)
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


def _parts(line: str) -> list[str]:
    words = [word for word in line.split() if word.strip("<>,;")]
    return words if all(_BEGINS.match(word) for word in words) else [" ".join(line.split())]


def _whole(word: str) -> str:
    return f"https://{word}" if word.lower().startswith("www.") else word
