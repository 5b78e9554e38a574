"""The optional header of a plain text document: `Key: value` lines, then a blank line, then the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_KEYS = {
    "title": "title",
    "headline": "title",
    "subtitle": "subtitle",
    "dek": "subtitle",
    "outlet": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "newspaper": "outlet",
    "author": "authors",
    "authors": "authors",
    "by": "authors",
    "byline": "authors",
    "date": "published",
    "published": "published",
    "updated": "modified",
    "modified": "modified",
    "last updated": "modified",
    "last modified": "modified",
    "date modified": "modified",
    "url": "url",
    "link": "url",
    "language": "language",
    "lang": "language",
    "source": "original_outlet",
    "original outlet": "original_outlet",
    "agency": "original_outlet",
    "العنوان": "title",
    "الصحيفة": "outlet",
    "الكاتب": "authors",
    "التاريخ": "published",
    "الرابط": "url",
    "عنوان": "title",
    "اخبار": "outlet",
    "مصنف": "authors",
    "تاریخ": "published",
}
_LINE = re.compile(r"(?P<key>[^\W\d_][\w ]{0,24}?)[ \t]*[:：](?:[ \t]+|$)(?P<value>.*)")
_FENCE = "---"
_MOST_LINES = 20


@dataclass(frozen=True)
class Header:
    """`fields` by the record's names; `length` is how many code points come before the text."""

    fields: dict[str, str] = field(default_factory=dict)
    length: int = 0


def read_header(text: str) -> Header:
    """The header at the very top, or an empty one where the first lines are no header.

    Every line up to the blank one has to be a known key with its value; one that is not makes all of it
    text. `---` lines around the header, as Markdown has them, are taken with it.
    """
    lines = text.split("\n", _MOST_LINES + 3)[: _MOST_LINES + 2]
    at = 0
    while at < len(lines) and not lines[at].strip("\ufeff \t"):
        at += 1
    fenced = at < len(lines) and lines[at].strip("\ufeff \t") == _FENCE
    at += fenced
    fields: dict[str, str] = {}
    while at < len(lines) and lines[at].strip() and not (fenced and lines[at].strip() == _FENCE):
        match = _LINE.fullmatch(lines[at].strip().lstrip("\ufeff"))
        name = _KEYS.get(match["key"].casefold()) if match else None
        if match is None or name is None:
            return Header()
        value = match["value"].strip().strip("\"'") if fenced else match["value"].strip()
        if value:
            fields.setdefault(name, value)
        at += 1
    closed = at < len(lines) and (not fenced or lines[at].strip() == _FENCE)
    if not fields or not closed:
        return Header()
    at += fenced
    while at < len(lines) and not lines[at].strip():
        at += 1
    return Header(fields, sum(len(line) + 1 for line in lines[:at]))
