"""Dates as articles write them, as EDTF (ISO 8601-2), and the range of days an EDTF date covers."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from sources.text.calendar_words import DATE_PHRASE, MONTHS, MONTHS_ABROAD, ascii_digits, date_line

_ANY_MONTH = MONTHS_ABROAD | MONTHS
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON = re.compile(
    r"(?:in (?:the )?)?(spring|summer|autumn|fall|winter)(?: of)?,? ([12]\d{3})", re.IGNORECASE
)
_YEAR = re.compile(r"[12]\d{3}")
_ABOUT = re.compile(r"(?:circa|c\.|ca\.|about|around)\s+", re.IGNORECASE)
_SINCE = re.compile(r"(?:since|from)\s+(.+?)(?:\s+on(?:wards?)?)?", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till|up to|through)\s+(.+)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:from\s+(.+?)\s+(?:to|until|till|through)|between\s+(.+?)\s+and)\s+(.+)", re.IGNORECASE
)
_LONGEST = 160
"""Code points of a date, or of two with their words; each reader below looks at no more."""
_PLAIN_EDTF = re.compile(r"[0-9XYEeTZ.:~?%/+\-]{4,60}")


def to_edtf(phrase: str) -> str | None:
    """ "Aug. 11, 2021" -> "2021-08-11", "March 2014" -> "2014-03", "spring 2015" -> "2015-21".

    None where the phrase is no date, where it names no real day, or where day and month cannot be told
    apart ("03/04/2015").
    """
    phrase = phrase.strip()
    if len(phrase) > _LONGEST:
        return None
    phrase = ascii_digits(phrase)
    if about := _ABOUT.match(phrase):
        exact = to_edtf(phrase[about.end() :])
        return f"{exact.removesuffix('~')}~" if exact else None
    if _YEAR.fullmatch(phrase):
        return phrase
    if season := _SEASON.fullmatch(phrase):
        return f"{season[2]}-{_SEASONS[season[1].lower()]}"
    match = date_line(phrase)
    if match is not None:
        return _from_match(match)
    return phrase if _is_edtf(phrase) else None


def to_edtf_or_open(phrase: str) -> str | None:
    """As `to_edtf`, and intervals in words, which may be open at one end: "since April 2015" -> "2015-04/..",
    "until 2014" -> "../2014", "from 2014 to 2016" -> "2014/2016". None where an end is no date.
    """
    phrase = phrase.strip()
    if len(phrase) > _LONGEST:
        return None
    if found := to_edtf(phrase):
        return found
    if both := _BETWEEN.fullmatch(phrase):
        first, last = to_edtf(both[1] or both[2]), to_edtf(both[3])
        written = f"{first}/{last}" if first and last else ""
    elif (one := _SINCE.fullmatch(phrase)) and (first := to_edtf(one[1])):
        written = f"{first}/.."
    elif (one := _UNTIL.fullmatch(phrase)) and (last := to_edtf(one[1])):
        written = f"../{last}"
    else:
        written = ascii_digits(phrase)
    try:
        edtf_bounds(written)
    except ValueError:
        return None
    return written


def first_date(text: str) -> str | None:
    """EDTF of the first date with its year inside a longer line, or None."""
    for match in DATE_PHRASE.finditer(ascii_digits(text)):
        if found := _from_match(match):
            return found
    return None


@lru_cache(maxsize=4096)
def edtf_range(edtf: str) -> tuple[date, date]:
    """First and last day an EDTF date (levels 0 to 2) covers: "2014-03/2014-04" -> 1 March to 30 April.

    A qualifier (~ ? %) does not widen it. Raises ValueError, with the reason, for what is no EDTF date, is
    open or unknown at one end, or lies outside the years 1 to 9999.
    """
    from edtf import EDTFParseException, parse_edtf

    if not _PLAIN_EDTF.fullmatch(edtf):
        raise ValueError(f"{edtf[:40]!r} is not an EDTF date")
    if edtf.startswith(("..", "/")) or edtf.endswith(("..", "/")):
        raise ValueError(f"{edtf!r} is open at one end")
    try:
        parsed = parse_edtf(edtf)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        first, last = date(*low[:3]), date(*high[:3])
    except EDTFParseException:
        raise ValueError(f"{edtf!r} is not an EDTF date") from None
    except (TypeError, ValueError, AttributeError, OverflowError, IndexError):
        raise ValueError(f"{edtf!r} does not name days of the calendar") from None
    if first > last:
        raise ValueError(f"{edtf!r} ends before it begins")
    return first, last


def edtf_bounds(edtf: str) -> tuple[date | None, date | None]:
    """As `edtf_range`, and of an interval that is open ("2015-04/..") or unknown ("2015-04/") at one end the
    end that it has: None stands for the other. Raises ValueError, also for what has neither end."""
    first, slash, last = edtf.partition("/")
    if slash and first in ("", "..") and last not in ("", "..") and "/" not in last:
        return None, edtf_range(last)[1]
    if slash and last in ("", "..") and first not in ("", ".."):
        return edtf_range(first)[0], None
    return edtf_range(edtf)


def _is_edtf(phrase: str) -> bool:
    try:
        edtf_range(phrase)
    except ValueError:
        return False
    return True


def _from_match(match: re.Match[str]) -> str | None:
    found = match.groupdict()
    if found["name4"]:
        return f"{found['y4']}-{MONTHS[found['name4'].lower()]:02d}"
    if found["a6"]:
        return _figures(found["y6"], int(found["a6"]), int(found["b6"]), found["by6"])
    n = next(n for n in "1235" if found[f"y{n}"])
    month = found[f"m{n}"] if n in "15" else _ANY_MONTH[found[f"name{n}"].lower()]
    return _day(found[f"y{n}"], month, found[f"d{n}"])


def _figures(year: str, first: int, second: int, sign: str) -> str | None:
    """11.08.2021 is day first; 11/08/2021 may be either, and is taken only where one of them cannot be."""
    if sign == "." or first > 12:
        return _day(year, second, first)
    if second > 12 or first == second:
        return _day(year, first, second)
    return None


def _day(year: str, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
