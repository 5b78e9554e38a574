"""What a byline says: who wrote, for whom, and when, each read apart from the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sources.text.calendar_words import CHANGED, PUBLISHED, ascii_digits, date_line, said_dates
from sources.text.credits import AGENCIES, called_as_outlets_are, is_outlets_line
from sources.text.furniture import furniture_reason
from sources.text.furniture_reasons import READING_TIME
from sources.text.place_names import is_a_place

_LONGEST = 200
_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_NAME_WORD = rf"(?:{_CAPITAL}[\w.'’-]*|de|da|di|del|den|der|el|al|bin|ibn|van|von|la|le)"
_NAME = rf"{_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}"
_JOINT = r"(?:\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*)"
_LEAD = r"(?:(?:Written\s+|Reported\s+|Story\s+|Words\s+)?[Bb][Yy]|Von|Par|Por)"
_BYLINE = re.compile(
    rf"(?P<lead>{_LEAD})\s+(?P<names>{_NAME}(?:{_JOINT}{_NAME}){{0,5}})(?:\s*[|·•,–—-]\s*(?P<rest>[^|.]{{2,60}}))?"
)
_EASTERN_LEAD = r"بقلم|كتبت?|إعداد|تحریر|از قلم|رپورٹ|نوشته"
_EASTERN_BYLINE = re.compile(rf"(?:(?:{_EASTERN_LEAD})\s*[:：]\s*|بقلم\s+)(?P<names>[^:.؟!۔]{{3,80}})")
_NAMES_APART = re.compile(
    r"\s*,\s*(?:and\s+)?|\s+(?:and|und|et|y)\s+|\s*&\s*|\s*،\s*|\s+و(?=\S{3})|\s+اور\s+"
)
_BARS = r"\s*[|·•]\s*|\s+[–—/-]+\s+"
_AT_BARS = re.compile(_BARS)
_WORD_ON = r"(?:on|am|vom|le|el|den|في|بتاريخ|بتاریخ)"
_SAID_ON = rf"(?:(?:{PUBLISHED}|{CHANGED})\s+)?{_WORD_ON}"
_APART = re.compile(rf"{_BARS}|\s*[,،(]\s*|\s+(?={_SAID_ON}\s)", re.IGNORECASE)
_BLANK = re.compile(r"\s+")
_YEAR = re.compile(r"[12]\d{3}")
_OPENS = re.compile(rf"{_LEAD}\s|(?:{_EASTERN_LEAD})\s*[:：]|بقلم\s")
_COMMAS_OF_A_DATE = 3
_ON = re.compile(rf"\A(?:(?:{PUBLISHED})\s+)?{_WORD_ON}\s+", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|à|en)\s+(?P<place>[^|]{2,60})\Z")
_BEHIND = re.compile(r"\s+کو\Z")
_UNSIGNED = re.compile(rf"{_NAME}(?:{_JOINT}{_NAME}){{0,3}}")
_LONGEST_UNSIGNED = 100
_NO_NAME = re.compile(
    r"\b(?:analysis|breaking|brief|briefing|comment|diary|digest|editorial|explainer|feature|interview|latest"
    r"|live|minutes|newsletter|news|notes?|obituary|opinion|points|politics|profile|release|remarks|report"
    r"|review|roundup|sport|statement|takeaways|timeline|transcript|updates?|video|weekly|world"
    r"|meinung|kommentar|nachrichten|panorama|analyse|avis|actualités?|opinión|análisis|noticias|reportaje)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:staff|correspond|report|edit|wire\b|desk|writer|bureau|redakt|korrespond|rédact|redact)",
    re.IGNORECASE,
)
_A_ROLE = re.compile(
    r"(?:[\w’'&-]+\s+){0,4}(?:writer|reporter|correspondent|editor|columnist|staff|bureau|desk|contributor"
    r"|redakteur(?:in)?|korrespondent(?:in)?|journalist(?:e|in)?|redactora?|corresponsal)s?",
    re.IGNORECASE,
)
_BEHIND_NAMES = re.compile(r"\s*[|·•,–—-]\s*(?P<role>[^|·•,]{2,60})\Z")
_SOMEWHERE = re.compile(rf"\s+in\s+{_CAPITAL}[\w’'-]*(?:\s+{_CAPITAL}[\w’'-]*){{0,2}}\Z")
_HANDLE = re.compile(r"@\w{2,30}")
_ARTICLES = {
    "von": ("Der ", "Die ", "Das "),
    "par": ("Le ", "La ", "Les ", "L'", "L’"),
    "por": ("El ", "La "),
}


@dataclass(frozen=True, slots=True)
class Byline:
    """`outlet` is sure: an agency's name, or called as outlets are. `perhaps` may be an outlet's name, and is
    among `names` too where it may as well be a writer's. `date` is the words of the day of publication,
    `changed` of the last change. `signed`: a word says that the names wrote it ("By"); else dates alone stand
    beside them, and they may be a place's. No names: what stands beside the dates is nobody's."""

    names: tuple[str, ...]
    outlet: str | None = None
    perhaps: str | None = None
    date: str | None = None
    changed: str | None = None
    signed: bool = True


def read_byline(line: str) -> Byline | None:
    """What "By A B and C D, The Valley Post | 2 June 2025" says; None where the line is no byline."""
    line = line.strip()
    if len(line) > _LONGEST:
        return None
    bare, published, changed = _without_dates(line)
    if eastern := _EASTERN_BYLINE.fullmatch(bare):
        found: Byline | None = Byline(_names(eastern["names"]))
    elif match := _BYLINE.fullmatch(_without_place(bare)):
        found = _parted(list(_names(match["names"])), (match["rest"] or "").strip(" ,|·•–—-"), match)
    else:
        found = _unsigned(bare) if published or changed else None
    return found and replace(found, date=published or None, changed=changed or None)


def tells_who_or_when(line: str, *, titled: bool = True) -> bool:
    """Whether the whole line says who wrote a story, or when it was published or changed. Where no title is
    known (not `titled`), words beside a date that are nobody's and no place's may be one themselves: "Morning
    Update – 2 June 2025"."""
    if said_dates(line) is not None:
        return True
    found = read_byline(line)
    if found is None or titled or found.names or found.outlet:
        return found is not None
    bare = _without_dates(line)[0]
    return is_a_place(bare) or furniture_reason(bare) is not None


def bare_byline(line: str) -> Byline | None:
    """What a line tells that is nothing but names ("A B and C D", with a role or a place behind them), a
    writer's role or handle, or an outlet's name; None where it is none of these. Only what stands around it
    tells whether it is a byline: a heading may look the same."""
    line = line.strip()
    if not line or len(line) > _LONGEST_UNSIGNED:
        return None
    if is_outlets_line(line):
        return Byline((), line, signed=False)
    behind = _BEHIND_NAMES.search(line)
    names = line[: behind.start()] if behind and _A_ROLE.fullmatch(behind["role"]) else line
    names = _SOMEWHERE.sub("", names)
    if _UNSIGNED.fullmatch(names) and not _NO_NAME.search(names) and not _A_ROLE.fullmatch(names):
        found = _names(names)
        if not any(is_a_place(name) or _is_no_person(name) for name in found):
            return Byline(found, signed=False)
    return Byline((), signed=False) if _A_ROLE.fullmatch(line) or _HANDLE.fullmatch(line) else None


def _parted(names: list[str], rest: str, match: re.Match[str]) -> Byline:
    lead = match["lead"].casefold()
    names = [name for name in names if not is_a_place(name)] or names
    if rest and not is_a_place(rest):
        sure = _is_outlet(rest, lead)
        return Byline(tuple(names), rest if sure else None, None if sure or _ROLE.search(rest) else rest)
    last = names[-1]
    if _is_outlet(last, lead) and (len(names) > 1 or last in AGENCIES):
        return Byline(tuple(names[:-1]), last)
    if len(names) > 1 and _A_ROLE.fullmatch(last):
        return Byline(tuple(names[:-1]))
    if len(names) > 1 and _ends_in_comma_name(match["names"], last):
        alone = len(last.split()) == 1
        return Byline(tuple(names[:-1] if alone else names), None, last)
    return Byline(tuple(names))


def byline_names(line: str) -> tuple[str, ...] | None:
    """The writers where the line is a byline ("By A B and C D"), else None."""
    found = read_byline(line)
    return None if found is None else found.names


def _unsigned(bare: str) -> Byline | None:
    """Of "A B | 2 June 2025": the writers, perhaps, where each name has several words and none is a section's
    or a place's, or the outlet."""
    if known := bare_byline(bare):
        return known
    if furniture_reason(bare) == READING_TIME:
        return Byline((), signed=False)
    if _UNSIGNED.fullmatch(bare) is None and not is_a_place(bare):
        return None
    names = tuple(name for name in _names(bare) if not is_a_place(name))
    nobody = is_a_place(bare) or _NO_NAME.search(bare) or any(map(_is_no_person, names))
    return Byline(() if nobody else names, signed=False)


def _without_place(bare: str) -> str:
    """ "By A B" of "By A B in New York"."""
    found = _IN.search(bare)
    return bare[: found.start()] if found and is_a_place(found["place"]) else bare


def _is_no_person(name: str) -> bool:
    return not 2 <= len(name.split()) <= 4 or _is_outlet(name, "")


def _without_dates(line: str) -> tuple[str, str, str]:
    """The line without its dates, the words of the day of publication, and of the last change."""
    bare, words = _without_date(line)
    published, changed = said_dates(words or "") or ("", "")
    if words and not (published and changed):
        barer, more = _without_date(bare)
        others = said_dates(more or "") or ("", "")
        if (others[0] and not published) or (others[1] and not changed):
            return barer, published or others[0], changed or others[1]
    return bare, published, changed


def _without_date(line: str) -> tuple[str, str | None]:
    """The line without the one part that is a date, or two beside each other, and that part. A date may have
    commas of its own. Where no word says that this is a byline, more than a comma sets it apart, unless a
    place, names or an outlet alone stand before it."""
    if not _YEAR.search(ascii_digits(line)):
        return line, None
    if _OPENS.match(line):
        return _cut_out(line, _APART) or _after_blank(line) or (line, None)
    if len(line) > _LONGEST_UNSIGNED:
        return line, None
    return _put_first(line) or _cut_out(line, _AT_BARS) or _behind_comma(line) or (line, None)


def _behind_comma(line: str) -> tuple[str, str] | None:
    """Of "New Delhi, 2 June 2025" and "A B, 2 June 2025"."""
    found = _cut_out(line, _APART)
    return found if found and (is_a_place(found[0]) or bare_byline(found[0])) else None


def _cut_out(line: str, apart: re.Pattern[str]) -> tuple[str, str] | None:
    marks = list(apart.finditer(line))
    for number, mark in enumerate(marks):
        nearest = marks[number + 1 : number + 1 + _COMMAS_OF_A_DATE]
        for end in (len(line), *(later.start() for later in reversed(nearest))):
            if words := _date(line[mark.end() : end]):
                return line[: mark.start()] + line[end:], words
    return None


def _after_blank(line: str) -> tuple[str, str] | None:
    """Of "By A B June 2, 2025". One word before it may have its other half in the month: "By Theresa May 2,
    2025"."""
    for mark in list(_BLANK.finditer(line))[2:]:
        words = _date(line[mark.end() :])
        if words and _tells_day(words):
            return line[: mark.start()], words
    return None


def _put_first(line: str) -> tuple[str, str] | None:
    """Of "2 June 2025 | By A B"."""
    for mark in reversed(list(_AT_BARS.finditer(line))):
        if words := _date(line[: mark.start()]):
            return line[mark.end() :], words
    return None


def _date(words: str) -> str:
    """The date's words, without "on" before them; empty where they are none."""
    bare = _BEHIND.sub("", _ON.sub("", words)).strip()
    bare = bare.removesuffix(")") if "(" not in bare else bare
    return bare if said_dates(bare) else ""


def _tells_day(words: str) -> bool:
    found = date_line(next(filter(None, said_dates(words) or ()), ""))
    return found is not None and any(found[group] for group in ("iso", "d2", "d3", "d5", "a6"))


def _names(words: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in _NAMES_APART.split(words) if name and name.strip())


def _is_outlet(name: str, lead: str) -> bool:
    opened = len(name.split()) > 1 and name.startswith(("The ", *_ARTICLES.get(lead, ())))
    return opened or called_as_outlets_are(name)


def _ends_in_comma_name(words: str, last: str) -> bool:
    """Whether a comma alone stands before the last name: "and" would have made it one more writer."""
    return re.search(rf",\s*{re.escape(last)}$", words) is not None
