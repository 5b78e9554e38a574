"""Read one plain text document: decode, clean, cut into blocks, and read off what its lines tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sources.intake.article import LONGEST_TITLE, Found, ReadArticle, Telling, as_read, tidy
from sources.intake.dates import first_date, to_edtf
from sources.intake.header import Header, read_header
from sources.intake.refusal import refused
from sources.text.blocks import Block, cut_blocks
from sources.text.bylines import bare_byline, read_byline
from sources.text.calendar_words import date_line, said_dates
from sources.text.credits import (
    AGENCIES,
    dateline_agency,
    followed_writer,
    names_an_outlet,
    source_outlet,
)
from sources.text.direction import guess_language
from sources.text.furniture import url_line
from sources.text.normalise import Step, Unreadable, clean, decode, refuse_blank

_AUTHORS_APART = re.compile(r" ?; ?| ?, ?(?:and )?| and | ?، ?| اور ")
_JOINED = re.compile(r" (?:and|&|اور) ")
"""Both of a line whose blanks are single."""
_INVERTED = re.compile(
    r"(?P<family>(?:(?:al|bin|da|de|del|della|den|der|di|du|ibn|la|le|ter|van|von|zu)\s+){0,3}[^\W\d_][\w’'.-]*)"
    r"\s*,\s*(?P<given>[^\W\d_][\w’'.-]*(?:\s[^\W\d_][\w’'.-]*){0,2})"
)
_STAFF = re.compile(r"\b(?:staff|agenc|correspond|report|edit|wire|desk|writer|bureau)", re.IGNORECASE)
_LONGEST_NAME = 120
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]{4,1990}", re.IGNORECASE)


def read_plain(document: bytes | str, name: str = "pasted text", declared: str | None = None) -> ReadArticle:
    """Read a document given as bytes (decoded by mark, `declared` encoding, UTF-8, then a guess) or as str.

    A header wins over what the text's lines tell, and is no part of the text. Raises Refused when the
    document is empty, blank, binary or not valid in its encoding.
    """
    notes: list[str] = []
    try:
        text, encoding = decoded_text(document, declared, notes)
        cleaned = clean(text)
        header = read_header(cleaned.text)
        body = cleaned.text[header.length :]
        refuse_blank(body, _kind(document))
    except Unreadable as error:
        where = "" if error.where is None else f"byte {error.where}"
        raise refused(name, error.reason, where) from None
    steps = cleaned.steps
    if header.length:
        steps = (*steps, Step("header character taken off", header.length))
    blocks = tuple(cut_blocks(body))
    found = Telling(from_header(header, notes))
    found.hear(from_lines(body, blocks))
    return as_read(body, blocks, found, notes, encoding=encoding, steps=steps)


def _kind(document: bytes | str) -> str:
    return "text" if isinstance(document, str) else "file"


def decoded_text(document: bytes | str, declared: str | None, notes: list[str]) -> tuple[str, str]:
    """The text and its encoding. Raises Unreadable; a guess is added to the notes."""
    if isinstance(document, str):
        refuse_blank(document, _kind(document))
        return document, "str"
    decoded = decode(document, declared)
    if decoded.how == "guessed":
        notes.append(f"the encoding was guessed as {decoded.encoding}: check the letters")
    return decoded.text, decoded.encoding


def names_in(value: str) -> tuple[str, ...]:
    """The names in a header's line. A comma within one ("Oduya, Tamar") parts nobody from themselves: where
    semicolons part the names, and where each of one or more joined by "and" is a family name of one word
    with given names behind it, who are no agency and no staff."""
    line = " ".join(value.split())
    parts = line.split(";") if ";" in line else _JOINED.split(line)
    if ";" not in line and not all(_is_inverted(part) for part in parts):
        parts = _AUTHORS_APART.split(line)
    return tuple(tidy(part) for part in parts if part.strip())


def _is_inverted(name: str) -> bool:
    found = _INVERTED.fullmatch(name.strip()) if len(name) <= _LONGEST_NAME else None
    if found is None:
        return False
    both = found.group("family", "given")
    return not any(
        part in AGENCIES or names_an_outlet(part) or _STAFF.search(part) or (part.isupper() and len(part) > 1)
        for part in both
    )


def from_header(header: Header, notes: list[str]) -> Found:
    """What the header's lines tell; what one tells that cannot be read is added to the notes."""
    found: Found = {}
    for field, value in header.fields.items():
        where = "the header"
        if field in ("published", "modified"):
            day = date_line(value)
            edtf = to_edtf(value) or first_date(value)
            if edtf:
                changed = field == "modified" or (day is not None and day["changed"])
                found["modified_edtf" if changed else "published_edtf"] = (edtf, where)
            else:
                notes.append(f"the header’s date “{value[:60]}” is not a date we can read")
        elif field == "authors":
            found["authors"] = (names_in(value), where)
        elif field == "url":
            if _URL.fullmatch(value):
                found["url"] = (value, where)
            else:
                notes.append(f"the header’s URL “{value[:60]}” is not an http address")
        elif field == "language":
            if _LANGUAGE.fullmatch(value):
                found["language"] = (value.lower(), where)
            else:
                notes.append(f"the header’s language “{value[:60]}” is not a language tag such as en or ur")
        else:
            found[field] = (tidy(value, LONGEST_TITLE if field == "title" else 200), where)
    return found


def from_lines(text: str, blocks: Sequence[Block]) -> Telling:
    """What the words of the headline, bylines, datelines and furniture tell; the first to tell is taken."""
    found = Telling()

    def take(field: str, value: object, where: str) -> None:
        if value and field not in found:
            found[field] = (value, where)

    language = guess_language(text)
    take("language", language, "the script and frequent words of the text")
    for block in blocks:
        line = text[block.start : block.end]
        if block.role == "headline" and not block.masked:
            take("title", tidy(line.lstrip("#"), LONGEST_TITLE), "the headline")
        elif block.role == "dek":
            take("subtitle", tidy(line, LONGEST_TITLE), "the line between headline and story")
        elif block.role == "byline":
            _from_byline(line, found)
        elif block.role == "boilerplate":
            _from_furniture(line, take)
    opening = next((b for b in blocks if b.role == "paragraph"), None)
    if opening is not None:
        agency = dateline_agency(text[opening.start : opening.start + 200])
        take("original_outlet", agency, "the agency in the first paragraph's dateline")
    return found


def _from_byline(line: str, found: Telling) -> None:
    def take(field: str, value: object, where: str) -> None:
        if value and field not in found:
            found[field] = (value, where)

    if dates := said_dates(line):
        take("published_edtf", to_edtf(dates[0]), "the date line by the headline")
        take("modified_edtf", to_edtf(dates[1]), "the date line by the headline")
        return
    byline = read_byline(line) or bare_byline(line)
    if byline is None:
        return
    writers = tuple(tidy(name) for name in byline.names)
    if byline.signed:
        take("authors", writers, "the byline")
    elif writers:
        found.propose("authors", writers, "the names beside the date")
    take("published_edtf", to_edtf(byline.date or ""), "the byline, its date")
    take("modified_edtf", to_edtf(byline.changed or ""), "the byline, its date of change")
    if agency := AGENCIES.get(byline.outlet or ""):
        take("original_outlet", agency, "the byline names an agency")
    elif byline.outlet:
        where = "the byline, after the writers" if byline.names else "a line by the headline that names it"
        take("outlet", tidy(byline.outlet), where)
    elif byline.perhaps:
        found.propose("outlet", tidy(byline.perhaps), "the byline, after the writers")


def _from_furniture(line: str, take) -> None:
    if outlet := source_outlet(line):
        take("original_outlet", tidy(AGENCIES.get(outlet, outlet)), f'the line "{tidy(line, 80)}"')
    elif address := url_line(line):
        take("url", address, "a line that is an address")
    elif writer := followed_writer(line):
        take("authors", (tidy(writer),), "the line that asks to follow the writer")
