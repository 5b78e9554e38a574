"""How a date that is given as EDTF (ISO 8601-2) is written for people."""

import re
from datetime import date

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")


def _one(edtf: str) -> str | None:
    found = _DAY.fullmatch(edtf)
    if found is None:
        return None
    year, month, day, doubt = found.groups()
    number = int(month or 0)
    if month is None:
        words = year
    elif number in SEASONS and day is None:
        words = f"{SEASONS[number]} {year}"
    elif 1 <= number <= 12:
        words = f"{int(day)} {MONTHS[number - 1]} {year}" if day else f"{MONTHS[number - 1]} {year}"
    else:
        return None
    return {"~": "about ", "%": "about "}.get(doubt, "") + words + ("?" if doubt in ("?", "%") else "")


def in_words(edtf: str) -> str:
    """ "2025-04-03" as "3 Apr 2025", "2024-23" as "autumn 2024", "2014-03/2014-04" as "Mar – Apr 2014".

    "2015-04/.." is "since Apr 2015", "../2014" "until 2014"; an end that nobody knows ("/2014") is said to be
    unknown. A week of a year ("2025-W14", ISO 8601; EDTF has none) is "week of 31 Mar 2025". What has no
    simple reading stays as it is written.
    """
    if week := _WEEK.fullmatch(edtf):
        try:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        except ValueError:
            return edtf
        return f"week of {_one(monday.isoformat())}"
    first, slash, last = edtf.partition("/")
    for end, other, open_, unknown in (
        (last, first, "since {}", "{} – unknown"),
        (first, last, "until {}", "unknown – {}"),
    ):
        if slash and end in ("", "..") and (one := _one(other)):
            return (open_ if end else unknown).format(one)
    parts = [_one(part) for part in edtf.split("/")]
    if not edtf or None in parts or len(parts) > 2:
        return edtf
    if len(parts) == 2 and "-" in first and str(parts[0])[-5:] == str(parts[1])[-5:]:
        return f"{str(parts[0])[:-5]} – {parts[1]}"
    return " – ".join(str(part) for part in parts)
