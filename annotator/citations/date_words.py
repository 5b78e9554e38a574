"""How a date that is given as EDTF (ISO 8601-2) is written for people."""

import re

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)")


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
    """ "2025-04-03" as "3 Apr 2025", "2024-23" as "autumn 2024", "2014-03/2014-04" as "Mar 2014 – Apr 2014".

    "2015-04/.." is "since Apr 2015", "../2014" "until 2014". What has no simple reading
    stays as it is written.
    """
    first, slash, last = edtf.partition("/")
    for end, other, words in ((last, first, "since"), (first, last, "until")):
        if slash and end in ("", "..") and (one := _one(other)):
            return f"{words} {one}"
    parts = [_one(part) for part in edtf.split("/")]
    if not edtf or None in parts or len(parts) > 2:
        return edtf
    if len(parts) == 2 and str(parts[0])[-5:] == str(parts[1])[-5:] and " " in str(parts[0]):
        return f"{str(parts[0])[:-5]} – {parts[1]}"
    return " – ".join(str(part) for part in parts)
