"""Lines that give credit: bylines, sources of reprints, makers of pictures."""

from __future__ import annotations

import re

_WORKED_ON = re.compile(
    r"\(?(?:Additional\s+)?(?:reporting|writing|editing|edited|compiled|translated)\s+by\b\s*:?\s.{3,200}"
    r"|[—–-]*\s*with (?:files|inputs?|assistance|reporting|agency inputs) (?:from|by) [^.]{2,100}\.?"
    r"|[^.]{3,160}(?:\b[A-Z]\.[^.]{0,60}){0,2} contributed to this (?:report|story|article)\.?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:(?:Sources?|Original source|Courtesy|Quelle|Fuente|Fonte)\s*[:：]"
    r"|(?:This\s+(?:article|story|report|piece)\s+)?(?:was\s+)?(?:originally|first)\s+"
    r"(?:published|appeared)\s+(?:in|on|at|by)"
    r"|المصدر\s*[:：]|نقلا عن\s*[:：]?|ماخذ\s*[:：]|بشکریہ\s*[:：]?|منبع\s*[:：])\s*"
    r"(?P<outlet>(?:[^.;]|\.(?=\w)){2,80})\.?",
    re.IGNORECASE,
)
AGENCIES = {
    "AP": "Associated Press",
    "Associated Press": "Associated Press",
    "The Associated Press": "Associated Press",
    "AFP": "Agence France-Presse",
    "Agence France-Presse": "Agence France-Presse",
    "Reuters": "Reuters",
    "dpa": "dpa",
    "DPA": "dpa",
    "EFE": "EFE",
    "UPI": "United Press International",
    "PTI": "Press Trust of India",
    "ANI": "Asian News International",
    "APP": "Associated Press of Pakistan",
    "Xinhua": "Xinhua",
    "Anadolu": "Anadolu Agency",
    "Anadolu Agency": "Anadolu Agency",
    "IANS": "Indo-Asian News Service",
    "Bloomberg": "Bloomberg",
    "رويترز": "Reuters",
    "أ ف ب": "Agence France-Presse",
    "فرانس برس": "Agence France-Presse",
    "روئٹرز": "Reuters",
    "اے ایف پی": "Agence France-Presse",
    "اے پی": "Associated Press",
}
"""News agencies by the names and initials that credits and datelines use."""

_HOUSES = "|".join(
    sorted(
        [re.escape(name) for name in AGENCIES]
        + [
            "Getty(?: Images)?",
            "EPA(?:-EFE)?",
            "Shutterstock",
            "Magnum",
            "PA(?: Media| Images| Wire)?",
            "TASS",
        ],
        key=len,
        reverse=True,
    )
)
_PICTURE = (
    r"(?:file\s+)?(?:photo(?:graph)?s?|images?|pictures?|pics?|illustration|graphic|video|fotos?|bild|grafik"
    r"|imagen|crédits?(?:\s+photos?)?)"
)
_CREDIT = (
    rf"{_PICTURE}(?:\s+credits?)?\s*(?::|\bby\b|\bvia\b|\bcourtesy(?:\s+of)?\b|\bfrom\b)\s*\S[^.!?]{{1,80}}"
    rf"|credits?\s*:\s*\S[^.!?]{{1,80}}"
    rf"|image source\s*[,:]\s*\S[^.!?]{{1,80}}"
    rf"|(?:{_HOUSES})(?:\s+(?:photo|file photo|pool|handout))?\s*(?:/\s*[^.!?/]{{2,60}}|via\s+(?:{_HOUSES}))?"
    rf"|[^.!?/()\[\]]{{2,60}}/\s*(?:{_HOUSES})(?:\s+via\s+(?:{_HOUSES}))?"
    r"|file\s+photo|(?:الصورة|تصوير|تصویر|فوٹو)\s*[:：]\s*\S.{1,80}"
)
_BARE_CREDIT = re.compile(rf"(?:{_CREDIT})", re.IGNORECASE)
_BRACKETED_CREDIT = re.compile(rf"[\[(](?:{_CREDIT})[\])]", re.IGNORECASE)
_BRACKETED_NAMES = re.compile(r"[\[(][A-Z][^\[\]()/!?]{2,50}/\s?[A-Z][^\[\]()/!?]{1,50}[\])]")
_ENDS_IN_CREDIT = re.compile(
    rf"[.!?\"”’]\s*(?:[\[(](?:{_CREDIT})[\])]"
    rf"|{_PICTURE}(?:\s+credits?)?\s*(?::|\bby\b|\bvia\b|\bcourtesy of\b)"
    rf"\s*[^\s.!?][^.!?]{{1,60}}|(?:AP|REUTERS|AFP)(?:\s+photo)?/[^.!?/]{{2,60}})$",
    re.IGNORECASE,
)
_AGENCY_NAMES = frozenset(map(str.casefold, AGENCIES))
_NAMED_AGENCY = "|".join(sorted(map(re.escape, AGENCIES), key=len, reverse=True))
_DATELINE = re.compile(rf"[^()\n]{{0,80}}\(\s*(?P<agency>{_NAMED_AGENCY})\s*\)\s*(?:[—–:-]|\s-\s)")
_FOLLOW = re.compile(r"Follow (?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}) on [A-Z]")
_OUTLET_WORD = re.compile(
    r"\b(?:News|Post|Times|Journal|Daily|Weekly|Herald|Tribune|Gazette|Observer|Press|Media|TV|Radio|Today|Magazine)\b"
)
_NO_FAMILY = re.compile(
    r"\b(?:News|Times|Journal|Daily|Weekly|Tribune|Gazette|Media|TV|Radio|Today|Magazine)$"
)
_OUTLETS_LINE = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w.'’&-]*\s+){1,4}(?:News|Post|Times|Journal|Herald|Tribune|Gazette|Observer|Press|Chronicle"
    r"|Guardian|Telegraph|Zeitung|Rundschau|Tagblatt|Tageblatt|Anzeiger|Kurier)"
)
_ABOUT_NEWS = re.compile(
    r"(?:world|breaking|latest|top|local|national|international|good|bad|fake)\s+news", re.I
)
_TELLING = re.compile(
    r"(?:\b|(?<=\w))(?:zeitung|nachrichten|rundschau|tagblatt|tageblatt|anzeiger|kurier|bote|presse|monde|figaro"
    r"|journal|gazette|diario|periódico|mundo|país|heraldo|prensa|agencia)\b",
    re.IGNORECASE,
)


def names_who_worked_on_it(line: str) -> bool:
    """Whether the line is one like "(Reporting by A B; Editing by C D)"."""
    return len(line) <= 240 and _WORKED_ON.fullmatch(line.strip()) is not None


def source_outlet(line: str) -> str | None:
    """The outlet where the line says whom the text was taken from ("Source: The Valley Post"), else None."""
    match = _SOURCE.fullmatch(line.strip()) if len(line) <= 160 else None
    return match["outlet"].strip() if match else None


def is_photo_credit(line: str) -> bool:
    """Whether the line only says who made a picture, with or without brackets."""
    return len(line) <= 120 and bool(_BARE_CREDIT.fullmatch(line.strip()) or is_bracketed_credit(line))


def is_bracketed_credit(line: str) -> bool:
    bare = line.strip() if len(line) <= 120 else ""
    return bool(_BRACKETED_CREDIT.fullmatch(bare) or _BRACKETED_NAMES.fullmatch(bare))


def ends_in_credit(line: str) -> bool:
    """Whether a picture's credit closes the line, after other words."""
    return len(line) <= 400 and _ENDS_IN_CREDIT.search(line.strip()) is not None


def dateline_agency(opening: str) -> str | None:
    """The agency in a story's first words ("PORT SELL, Aug. 3 (AP) — The …"), else None."""
    match = _DATELINE.match(opening)
    return AGENCIES[match["agency"]] if match else None


def names_an_outlet(name: str) -> bool:
    """Whether a name in a byline is an outlet's: "The Valley Post", "Valley Gazette", not "Emily Post"."""
    if _OUTLET_WORD.search(name) is None:
        return False
    return name.startswith("The ") or len(name.split()) != 2 or _NO_FAMILY.search(name) is not None


def called_as_outlets_are(name: str) -> bool:
    """The same, or an agency, or by a word of German, French or Spanish outlets: "Valley-Zeitung"."""
    agency = name.casefold() in _AGENCY_NAMES
    return agency or names_an_outlet(name) or _TELLING.search(name) is not None


def is_outlets_line(line: str) -> bool:
    """Whether the line is an outlet's name and nothing else, by its last word: "The Valley Post". A person of
    two words may be called so: "Emily Post" is none."""
    line = line.strip()
    if line.casefold() in _AGENCY_NAMES:
        return True
    known = len(line) <= 60 and _OUTLETS_LINE.fullmatch(line) and not _ABOUT_NEWS.fullmatch(line)
    return bool(known) and (_OUTLET_WORD.search(line) is None or names_an_outlet(line))


def followed_writer(line: str) -> str | None:
    """The person where a line says "Follow A B on Twitter", else None; outlets by their name are left out."""
    match = _FOLLOW.match(line.strip()) if len(line) <= 200 else None
    return match["name"] if match and not _OUTLET_WORD.search(match["name"]) else None
