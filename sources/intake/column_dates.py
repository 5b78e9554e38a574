"""Dates as tables write them: those of `dates` in more languages, with times, in an order that was chosen."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from sources.intake.dates import to_edtf
from sources.text.calendar_words import ascii_digits

ORDERS = ("", "day", "month")
_MONTHS = {
    1: "januar janner jan janvier enero ene",
    2: "februar feber februar fevrier fevr febrero",
    3: "marz maerz mrz mars marzo",
    4: "avril avr abril abr",
    5: "mai mayo",
    6: "juni juin junio",
    7: "juli juillet juil julio",
    8: "august aout agosto ago",
    9: "septembre septiembre setiembre",
    10: "oktober okt octobre octubre",
    11: "novembre noviembre",
    12: "dezember dez decembre dec diciembre dic",
}
_ENGLISH = (
    *("", "January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_NAMED = {name: _ENGLISH[month] for month, names in _MONTHS.items() for name in names.split()}
_WEEKDAYS = (
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim"
    " lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom"
)
_WEEKDAY = re.compile(rf"(?:{'|'.join(sorted(_WEEKDAYS.split(), key=len, reverse=True))})\.?,?\s+(?=\d)")
_TIME = re.compile(
    r"(?:,?\s+|t)(?:um\s+|at\s+|a\s+(?:las\s+)?)?\d{1,2}[:.h]\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?"
    r"\s*(?:[ap]\.?m\.?|uhr)?\s*(?:z|[a-z]{3,5}|[+-]\d{2}:?\d{2})?"
)
_FIGURES = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?([12]\d{3})")
_RUN = re.compile(r"([12]\d{3})(\d{2})(\d{2})")
_YEAR_FIRST = re.compile(r"([12]\d{3})[-.](\d{1,2})[-.](\d{1,2})")
_HAS_MONTH = re.compile(r"[a-z]{3}|\d[./-]\s?\d{1,2}[./-]|\d{8}")
"""Behind a weekday. "mar" and "jan" are months as well as days: what is left of "Mar 3, 2025" has none."""
_WORDED = re.compile(r"(\d{1,2})(?:er|\.)?\s+(?:de\s+)?([a-z]+)\.?\s+(?:del?\s+)?([12]\d{3})")
_MONTH = re.compile(r"([a-z]+)\.?\s+(?:del?\s+)?([12]\d{3})")
_LONGEST = 80


class UnclearDate(ValueError):
    """Says in words why a cell is not taken for a date; `ambiguous` where only the order is missing."""

    def __init__(self, why: str, *, ambiguous: bool = False) -> None:
        super().__init__(why)
        self.ambiguous = ambiguous


def date_of(cell: str, order: str = "") -> str:
    """EDTF. Raises UnclearDate: no date, no real day, or day and month that cannot be told apart."""
    written = " ".join(cell.split())
    shown = written[:40]
    if len(written) > _LONGEST:
        raise UnclearDate(f"“{shown}…” is no date")
    plain = unicodedata.normalize("NFC", ascii_digits(written))
    folded = _folded(plain)
    if (timed := _TIME.search(folded)) and timed.end() == len(folded) and timed.start() > 3:
        folded = folded[: timed.start()]
        plain = _without_time(folded, plain, len(timed[0]))
    if (weekday := _WEEKDAY.match(folded)) and _HAS_MONTH.search(folded, weekday.end()):
        folded = folded[weekday.end() :]
    if figures := _FIGURES.fullmatch(folded):
        return _of_figures(shown, int(figures[1]), figures[2], int(figures[3]), int(figures[4]), order)
    if (run := _RUN.fullmatch(folded)) or (run := _YEAR_FIRST.fullmatch(folded)):
        return _day(shown, int(run[1]), int(run[2]), int(run[3]))
    if (worded := _WORDED.fullmatch(folded)) and worded[2] in _NAMED:
        folded = plain = f"{worded[1]} {_NAMED[worded[2]]} {worded[3]}"
    elif (month := _MONTH.fullmatch(folded)) and month[1] in _NAMED:
        folded = plain = f"{_NAMED[month[1]]} {month[2]}"
    found = to_edtf(plain or folded) or to_edtf(folded)
    if found is None:
        if folded.isdigit() and len(folded) > 8:
            raise UnclearDate(
                f"“{shown}” is a count of seconds or milliseconds, not a date: write it as a date"
            )
        raise UnclearDate(f"“{shown}” is not a date we can read; 2025-03-04 always is")
    return found


def _of_figures(shown: str, first: int, sign: str, second: int, year: int, order: str) -> str:
    if order == "month":
        return _day(shown, year, first, second, "month first")
    if order == "day" or sign == "." or first > 12:
        return _day(shown, year, second, first, "day first" if order else "")
    if second > 12 or first == second:
        return _day(shown, year, first, second)
    why = f"“{shown}” may be day first or month first: choose which of them the column has"
    raise UnclearDate(why, ambiguous=True)


def _day(shown: str, year: int, month: int, day: int, how: str = "") -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise UnclearDate(f"“{shown}” is no day of the calendar{f', read {how}' if how else ''}") from None


def _without_time(folded: str, plain: str, time: int) -> str:
    """The plain text of what is left when so many letters of a time are cut off; empty where a letter of it
    is folded to several."""
    cut = plain[: len(plain) - time]
    return cut if _folded(cut) == folded else ""


def _folded(text: str) -> str:
    """Small letters without their accents, which is how names of months are compared."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
