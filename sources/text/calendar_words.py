"""Names of months and weekdays, and the shape of a line that is nothing but a date."""

from __future__ import annotations

import re


def _names(line: str) -> list[str]:
    return line.split()


_ENGLISH = _names("january february march april may june july august september october november december")
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9}
_LATE_SHORT = {"oct": 10, "nov": 11, "dec": 12}
_ARABIC = _names("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
_LEVANTINE = _names("شباط آذار نيسان أيار حزيران تموز آب أيلول")
_URDU = _names("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر")

MONTHS: dict[str, int] = {
    **{name: number for number, name in enumerate(_ENGLISH, 1)},
    **_SHORT,
    **_LATE_SHORT,
    **{name: number for number, name in enumerate(_ARABIC, 1)},
    **{name: number for number, name in enumerate(_LEVANTINE, 2)},
    **{name: number for number, name in enumerate(_URDU, 1)},
    "ابريل": 4,
    "اغسطس": 8,
    "اكتوبر": 10,
}
"""Month names in English, Arabic and Urdu, lower case, without a dot, to 1-12."""

MONTHS_ABROAD: dict[str, int] = {
    name: number
    for year in (
        "januar februar märz april mai juni juli august september oktober november dezember",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    )
    for number, name in enumerate(_names(year), 1)
} | {"jänner": 1, "setiembre": 9}
"""Month names in German, French and Spanish, as MONTHS; read after a day only: "Mars 2020" is no date."""

_WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu|thurs?|fri|sat|sun"
    "|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|پیر|منگل|بدھ|جمعرات|جمعہ|ہفتہ|اتوار"
    "|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag"
    "|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    "|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_NAMES = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
_AFTER_A_DAY = "|".join(sorted(map(re.escape, MONTHS | MONTHS_ABROAD), key=len, reverse=True))
_ON = r"(?:\s+(?:on|at|am|vom|den|le|el|في))?"
PUBLISHED = (
    r"(?:first\s+|last\s+|originally\s+)?(?:published|posted|date)|veröffentlicht|erschienen|publié|publicado"
    r"|تاريخ النشر|نُشر في|تاریخ(?: اشاعت)?"
)
CHANGED = (
    r"(?:last\s+|first\s+)?(?:updated|modified|revised|edited)|last\s+(?:update|change|revision)"
    r"|(?:zuletzt\s+)?(?:aktualisiert|geändert)|letzte\s+(?:aktualisierung|änderung)|stand"
    r"|mise?\s+à\s+jour|dernière\s+(?:mise\s+à\s+jour|modification)|modifié"
    r"|(?:última\s+)?(?:actualización|modificación)|actualizado|modificado"
    r"|آخر تحديث|تم التحديث|تحديث|آخری اپ ڈیٹ|اپ ڈیٹ"
)
"""What stands before the date on which an article was published, or last changed; of a regular expression."""
_LEAD = rf"(?:(?:(?P<changed>{CHANGED})|{PUBLISHED}){_ON}\s*+:?\s*+)?"
_TIME = (
    r"(?:[,\s|/·•–—-]{1,4}(?:at\s+|um\s+|à\s+|الساعة\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?"
    r"(?:\s*[ap]\.?m\.?|\s*uhr)?(?:\s*\(?[A-Z]{2,5}\)?)?)?"
)
_TIME_FIRST = r"(?:\d{1,2}:\d{2}(?:\s*[ap]\.?m\.?)?(?:\s+\(?[A-Z]{2,5}\)?)?\s*[,|·–—-]\s*)?"
_MAYBE_COMMA = r"(?:\s*+[,،])?\s++"
"""Takes each blank at most twice, however many there are."""

DATE_PHRASE = re.compile(
    r"(?P<iso>(?P<y1>[12]\d{3})-(?P<m1>\d{2})-(?P<d1>\d{2}))"
    r"(?:[T ]\d{2}:\d{2}[\d:.]*(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|(?P<name2>{_NAMES})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?{_MAYBE_COMMA}(?P<y2>[12]\d{{3}})"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?(?P<name3>{_AFTER_A_DAY})(?:/\w+)?\.?"
    rf"{_MAYBE_COMMA}(?:del?\s+)?(?P<y3>[12]\d{{3}})"
    rf"|(?P<name4>{_NAMES})\.?{_MAYBE_COMMA}(?P<y4>[12]\d{{3}})"
    r"|(?P<y5>[12]\d{3})/(?P<m5>\d{1,2})/(?P<d5>\d{1,2})"
    r"|(?P<a6>\d{1,2})(?P<by6>[./])(?P<b6>\d{1,2})(?P=by6)(?P<y6>[12]\d{3})",
    re.IGNORECASE,
)
"""A date with its year, as news pages write it; ASCII digits."""

_DATE_LINE = re.compile(
    rf"{_LEAD}{_TIME_FIRST}(?:(?:{_WEEKDAYS})\.?\s*+[,،]?\s*+)?(?:{DATE_PHRASE.pattern}){_TIME}\.?",
    re.IGNORECASE,
)
_LONGEST = 80
_BETWEEN = re.compile(r"[\s|·•;/,،(\[–—-]+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def ascii_digits(text: str) -> str:
    """The text with Arabic-Indic and extended Arabic-Indic digits as ASCII ones, of the same length."""
    return text.translate(_DIGITS)


def date_line(line: str) -> re.Match[str] | None:
    """The match of DATE_PHRASE's groups where the whole line is a date, perhaps with weekday and time. Its
    group `changed` is what says that it is the day of the last change."""
    return _DATE_LINE.fullmatch(ascii_digits(line.strip())) if len(line) <= _LONGEST else None


def said_dates(line: str) -> tuple[str, str] | None:
    """The words of the day of publication and of the last change, either of which may be empty, where the
    whole line is such a date, or both: "Published 1 June 2025 (updated 2 June 2025)"."""
    line = line.strip()
    if len(line) > 2 * _LONGEST:
        return None
    if one := date_line(line):
        return ("", line) if one["changed"] else (line, "")
    for mark in _BETWEEN.finditer(line):
        first, second = line[: mark.start()], line[mark.end() :].rstrip(" )]")
        found = date_line(first), date_line(second)
        if found[0] and found[1] and bool(found[0]["changed"]) != bool(found[1]["changed"]):
            return (second, first) if found[0]["changed"] else (first, second)
    return None
