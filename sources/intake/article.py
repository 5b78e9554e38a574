"""What a reader makes of one document: the text and what could be read off it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sources.text.blocks import Block
from sources.text.credits import AGENCIES
from sources.text.marks import stream_safe
from sources.text.normalise import Step
from sources.text.origins import origins

Found = dict[str, tuple[Any, str]]
"""Field of ReadArticle -> (value, where it was read)."""
Told = dict[str, list[list[str]]]
"""Field -> [[value, where it was read], …]: first what was taken, then what the document says otherwise.
Authors stand one a line."""
MOST_TOLD = 6
PERHAPS = "perhaps, by "
"""Before the place of what is only proposed."""
BY_HAND = "what somebody typed"
"""Where a value was read that a person gave in place of what a document says."""
LONGEST_NAME = 200
LONGEST_TITLE = 500
_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class ReadArticle:
    """One article as read. What was not read off is None (authors: empty) and has to be asked for.

    `published_edtf` and `modified_edtf` are EDTF dates (ISO 8601-2). `original_outlet` is whom the text was
    taken from where this is a reprint; `archive_url` where an archive keeps the page; `accessed` the day it
    was read there. `read_off` says for each field found where it was read, `told` also what was read there
    and elsewhere. `steps` and `encoding` say what decoding and cleaning did; offsets in
    `blocks` are code points of `text`. `extractor` and its version name the rules that found the text.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    original_outlet: str | None = None
    published_edtf: str | None = None
    modified_edtf: str | None = None
    url: str | None = None
    archive_url: str | None = None
    section: str | None = None
    accessed: date | None = None
    language: str | None = None
    read_off: dict[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    encoding: str = "utf-8"
    steps: tuple[Step, ...] = ()
    media_type: str = "text/plain"
    extractor: str = "sourceline-plain"
    extractor_version: str = "1"

    @property
    def working_title(self) -> str:
        """The title, or the first words of the text where none was read off."""
        if self.title:
            return self.title
        story = next((block for block in self.blocks if not block.masked), None)
        start = story.start if story else 0
        words = self.text[start : start + 400].split()
        return tidy(" ".join(words[:10]) + (" …" if len(words) > 10 else ""), LONGEST_TITLE)


class Telling(Found):
    """What a document tells of its record, also where it says of one field several things."""

    def __init__(self, found: Found | None = None) -> None:
        super().__init__(found or {})
        self.also: dict[str, list[tuple[Any, str]]] = {}

    def listens(self, field: str, where: str) -> bool:
        """Whether what this place says of the field is still asked for: each place says it once."""
        places = [place for _, place in self.every(field)]
        return len(places) < MOST_TOLD and where not in places

    def take(self, field: str, value: Any, where: str) -> None:
        """Keeps it as the field's value, or beside the one that was told before and is another."""
        if field not in self:
            self[field] = (value, where)
        elif self.listens(field, where) and value not in (known for known, _ in self.every(field)):
            self.also.setdefault(field, []).append((value, where))

    def propose(self, field: str, value: Any, where: str) -> None:
        """Keeps it beside the field's value, also where there is none: somebody may take it."""
        if self.listens(field, where) and value not in (known for known, _ in self.every(field)):
            self.also.setdefault(field, []).append((value, f"{PERHAPS}{where}"))

    def hear(self, found: Found) -> None:
        """Takes what was found elsewhere, and what was told or only proposed there beside it."""
        for name, one in found.items():
            self.take(name, *one)
        for name, others in found.also.items() if isinstance(found, Telling) else ():
            for value, where in others:
                if value not in (known for known, _ in self.every(name)):
                    self.also.setdefault(name, []).append((value, where))

    def prefer(self, field: str, value: Any, where: str) -> None:
        """Takes this one, and keeps what was told before beside it."""
        before = self.every(field)
        self[field], self.also[field] = (value, where), []
        for one in before:
            self.take(field, *one)

    def every(self, field: str) -> list[tuple[Any, str]]:
        return [*([self[field]] if field in self else []), *self.also.get(field, ())]


def _told(found: Found) -> Told:
    telling = found if isinstance(found, Telling) else Telling(found)
    fields = dict.fromkeys([*telling, *telling.also])
    return {field: [[_plain(value), where] for value, where in telling.every(field)] for field in fields}


def _plain(value: Any) -> str:
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def as_read(
    text: str,
    blocks: tuple[Block, ...],
    found: Found,
    notes: Iterable[str],
    **how: Any,
) -> ReadArticle:
    """The article with the record that was `found`; `how` is what the format alone knows of its reading
    (encoding, steps, media type, extractor)."""
    found = found if isinstance(found, Telling) else Telling(found)
    _tell_origins(found, text, blocks)
    values = {name: value for name, (value, _) in found.items()}
    read_off = {name: where for name, (_, where) in found.items()}
    how |= {"read_off": read_off, "told": _told(found), "notes": tuple(notes)}
    return ReadArticle(text=text, blocks=blocks, **values, **how)


def _tell_origins(found: Telling, text: str, blocks: tuple[Block, ...]) -> None:
    """Whom the text was taken from, as its own words say, or may say. Its own outlet is no origin."""
    outlet = str(found["outlet"][0]) if "outlet" in found else ""
    own = {outlet.casefold(), AGENCIES.get(outlet, "").casefold()}
    for origin in origins(text, blocks):
        name, where = tidy(origin.outlet), f"the words “{tidy(origin.words, 120)}”"
        where += f", the first of {origin.times} times" if origin.times > 1 else ""
        if name.casefold() not in own:
            (found.take if origin.sure else found.propose)("original_outlet", name, where)


def tidy(value: str, longest: int = LONGEST_NAME) -> str:
    """A name for a record: NFC, single blanks, no controls or bidi overrides, at most `longest` long.

    Zero-width joiners stay: Persian, Urdu and Indic names need them.
    """
    # Shortened before it is composed, which is dear; one composed character is made of four at the most.
    blanks_apart = " ".join(_UNWANTED.sub("", value).split())[: 4 * longest]
    return unicodedata.normalize("NFC", stream_safe(blanks_apart))[:longest].rstrip()
