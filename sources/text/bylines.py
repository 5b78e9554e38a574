"""What a byline says: who wrote, for whom, and when, each read apart from the others."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources.text.calendar_words import ascii_digits, date_line
from sources.text.credits import AGENCIES, called_as_outlets_are

_LONGEST = 200
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_NAME_WORD = rf"(?:{_CAPITAL}[\w.'’-]*|de|da|di|del|den|der|el|al|bin|ibn|van|von|la|le)"
_NAME = rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}"
_JOINT = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*)"
_LEAD = r"(?:(?:Written\s+|Reported\s+|Story\s+|Words\s+)?[Bb][Yy]|Von|Par|Por)"
_BYLINE = re.compile(
    rf"(?P<lead>{_LEAD})\s+(?P<names>{_NAME}(?:{_JOINT}{_NAME}){{0,5}})(?:\s*[|·•,–—-]\s*(?P<rest>[^|.]{{2,60}}))?"
)
_EASTERN_BYLINE = re.compile(
    r"(?:(?:بقلم|كتبت?|إعداد|تحریر|از قلم|رپورٹ|نوشته)\s*[:：]\s*|بقلم\s+)(?P<names>[^:.؟!۔]{3,80})"
)
_NAMES_APART = re.compile(
    r"\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*|\s*،\s*|\s+و(?=\S{3})|\s+اور\s+"
)
_APART = re.compile(r"\s*[|·•]\s*|\s*[,،]\s*|\s+[–—-]+\s+")
_YEAR = re.compile(r"[12]\d{3}")
_OPENS = re.compile(rf"{_LEAD}\s")
_COMMAS_OF_A_DATE = 3
_ON = re.compile(r"\A(?:on|am|vom|le|el|den)\s+", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:staff|correspond|report|edit|wire\b|desk|writer|bureau|redakt|korrespond|rédact|redact)",
    re.IGNORECASE,
)
_ARTICLES = {
    "von": ("Der ", "Die ", "Das "),
    "par": ("Le ", "La ", "Les ", "L'", "L’"),
    "por": ("El ", "La "),
}


@dataclass(frozen=True, slots=True)
class Byline:
    """`outlet` is sure: an agency's name, or called as outlets are. `perhaps` may be an outlet's name, and is
    among `names` too where it may as well be a writer's. `date` is the date's words."""

    names: tuple[str, ...]
    outlet: str | None = None
    perhaps: str | None = None
    date: str | None = None


def read_byline(line: str) -> Byline | None:
    """What "By A B and C D, The Valley Post | 2 June 2025" says; None where the line is no byline."""
    line = line.strip()
    if len(line) > _LONGEST:
        return None
    if eastern := _EASTERN_BYLINE.fullmatch(line):
        return Byline(_names(eastern["names"]))
    bare, date = _without_date(line)
    match = _BYLINE.fullmatch(bare)
    if match is None:
        return None
    names, rest = list(_names(match["names"])), (match["rest"] or "").strip(" ,|·•–—-")
    return _parted(names, rest, match, date)


def _parted(names: list[str], rest: str, match: re.Match[str], date: str | None) -> Byline:
    lead = match["lead"].casefold()
    if rest:
        sure = _is_outlet(rest, lead)
        return Byline(
            tuple(names), rest if sure else None, None if sure or _ROLE.search(rest) else rest, date
        )
    last = names[-1]
    if _is_outlet(last, lead) and (len(names) > 1 or last in AGENCIES):
        return Byline(tuple(names[:-1]), last, None, date)
    if len(names) > 1 and _ends_in_comma_name(match["names"], last):
        alone = len(last.split()) == 1
        return Byline(tuple(names[:-1] if alone else names), None, last, date)
    return Byline(tuple(names), None, None, date)


def byline_names(line: str) -> tuple[str, ...] | None:
    """The writers where the line is a byline ("By A B and C D"), else None."""
    found = read_byline(line)
    return None if found is None else found.names


def _without_date(line: str) -> tuple[str, str | None]:
    """The line without the one part that is a date, and that part. A date may have commas of its own."""
    if not _OPENS.match(line) or not _YEAR.search(ascii_digits(line)):
        return line, None
    marks = list(_APART.finditer(line))
    for number, mark in enumerate(marks):
        nearest = marks[number + 1 : number + 1 + _COMMAS_OF_A_DATE]
        for end in (len(line), *(later.start() for later in reversed(nearest))):
            words = _ON.sub("", line[mark.end() : end])
            if date_line(words):
                return line[: mark.start()] + line[end:], words.strip()
    return line, None


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NAMES_APART.split(words) if name and name.strip())


def _is_outlet(name: str, lead: str) -> bool:
    opened = len(name.split()) > 1 and name.startswith(("The ", *_ARTICLES.get(lead, ())))
    return opened or called_as_outlets_are(name)


def _ends_in_comma_name(words: str, last: str) -> bool:
    """Whether a comma alone stands before the last name: "and" would have made it one more writer."""
    return re.search(rf",\s*{re.escape(last)}$", words) is not None
