"""What a project watches for: words or patterns, many at once, or one that is changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from annotator.detect.watch_patterns import BadPattern, compiled
from annotator.detect.watch_words import BadWords, phrase
from annotator.detect.watching import Wanted

from . import fields
from .gathered import leaf
from .refusal import Refused

MOST_LINES = 1000
LONGEST = 200  # code points
SHOWN = 40

_FLAGS = ("is_pattern", "whole_words", "case_sensitive")
_MOST_TEXT = MOST_LINES * (LONGEST + 2)


@dataclass(frozen=True, slots=True)
class AddWatchTerms:
    terms: tuple[Wanted, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlaceWatchTerm:
    """One term under the identifier that its maker gave it."""

    uuid: UUID
    term: Wanted
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeWatchTerm:
    """`version` is the one that the change was based on."""

    term: Wanted
    note: str
    version: int


def parse_adding(value: Any) -> AddWatchTerms:
    """From `lines`, one term a line; empty lines and terms that stand there twice are passed over.

    Raises Refused naming the line, the term and what is wrong where.
    """
    data = fields.mapping(value, "", ("lines", "note", *_FLAGS))
    lines = fields.text(data.get("lines"), "lines", _MOST_TEXT, required=True).split("\n")
    if len(lines) > MOST_LINES:
        raise Refused("lines", "max_items", f"has {len(lines)} lines, at most {MOST_LINES} are allowed")
    flags = _flags(data)
    terms: dict[str, Wanted] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            place = f"line {number}, “{line.strip()[:SHOWN]}”: " if len(lines) > 1 else ""
            term = _term(line, "lines", flags, place)
            terms.setdefault(term.words, term)
    return AddWatchTerms(tuple(terms.values()), _note(data))


def parse_placing(uuid: UUID, value: Any) -> PlaceWatchTerm:
    data = fields.mapping(value, "", ("words", "note", *_FLAGS))
    return PlaceWatchTerm(uuid, _term(data.get("words"), "words", _flags(data)), _note(data))


def parse_change(value: Any) -> ChangeWatchTerm:
    data = fields.mapping(value, "", ("words", "note", "version", *_FLAGS))
    version = data.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise Refused("version", "version", "must be the version that was shown")
    return ChangeWatchTerm(_term(data.get("words"), "words", _flags(data)), _note(data), version)


def _flags(data: Any) -> dict[str, bool]:
    return {name: fields.flag(data.get(name), name, default=name == "whole_words") for name in _FLAGS}


def _note(data: Any) -> str:
    return fields.name(data.get("note"), "note", LONGEST, required=False)


@leaf(Wanted("-"))
def _term(value: Any, field: str, flags: dict[str, bool], place: str = "") -> Wanted:
    """The blanks within a pattern stay as they are: they are looked for."""
    read = fields.text if flags["is_pattern"] else fields.name
    try:
        words = read(value, field, LONGEST, required=True)
        if any(not c.isprintable() and c in "\n\t" for c in words):
            raise Refused(field, "one_line", "must be one line without tabs; write \\t for one in a pattern")
        options = {"whole_words": flags["whole_words"], "case_sensitive": flags["case_sensitive"]}
        if flags["is_pattern"]:
            compiled(words, **options)
        else:
            phrase(words, **options)
    except (BadPattern, BadWords) as error:
        rule = "pattern" if flags["is_pattern"] else "words"
        raise Refused(field, rule, f"{place}{error}") from error
    except Refused as refusal:
        raise Refused(field, refusal.rule, f"{place}{refusal.message}") from refusal
    return Wanted(words, **flags)
