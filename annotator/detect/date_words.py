"""Which date words of an article mean ("over the weekend", "last Tuesday", "in April"): a proposal.

Words are taken against the day of publication. Whatever may as well mean another day is left alone, or
carries EDTF's mark of doubt (`?`, uncertain; `~`, approximate). Pure.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sources.text.calendar_words import ascii_digits

from .calendar_lexicon import LEXICONS, Lexicon

RULES = "date-words 1"
LONGEST = 120
"""Code points of a phrase that is looked at."""
WEEKEND = 5
"""Saturday, counted from Monday as 0: where weekends lie otherwise, the words still mean another day."""
LONG_PAST, SOON = 200, 60
"""Days: a date without its year is taken for the last one this far back, else for one that is soon."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """`date` is EDTF; `reason` says in English how it follows from the day of publication."""

    date: str
    reason: str


def propose(words: str, published: date, language: str = "en") -> Proposal | None:
    """The date that `words` mean in an article of that day and language (BCP 47), or None in any doubt."""
    lexicon = LEXICONS.get(language.partition("-")[0].lower())
    phrase = plain(words)
    if lexicon is None or not phrase or len(phrase) > LONGEST:
        return None
    try:
        for rule in RULES_IN_ORDER:
            if found := rule(phrase, published, lexicon):
                return found
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return None
    return None


def plain(words: str) -> str:
    """Lower case, single blanks, straight apostrophes, ASCII digits, no sign at either end."""
    straight = unicodedata.normalize("NFC", words[: 4 * LONGEST]).translate({0x2019: "'", 0x2018: "'"})
    return " ".join(ascii_digits(straight.lower()).split()).strip(" .,;:()[]\"“”'،")


def _cut(phrase: str, before: tuple[str, ...]) -> Iterator[str]:
    """The phrase without one of the words that may stand before it; the longest of those first."""
    for lead in sorted(before, key=len, reverse=True):
        if phrase.startswith(f"{lead} "):
            yield phrase[len(lead) + 1 :]


def _bare(phrase: str, lexicon: Lexicon) -> Iterator[str]:
    yield phrase
    yield from _cut(phrase, lexicon.on)


def _whole_day(phrase: str, lexicon: Lexicon) -> str:
    """ "Tuesday" of "Tuesday morning"."""
    ends = (f" {part}" for part in lexicon.parts)
    return next((phrase[: -len(end)] for end in ends if phrase.endswith(end)), phrase)


def _day(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "yesterday", "yesterday morning"."""
    offset = lexicon.days.get(phrase, lexicon.days.get(_whole_day(phrase, lexicon)))
    if offset is None:
        return None
    count = "" if abs(offset) < 2 else f"{abs(offset)} days "
    side = "before" if offset < 0 else "after"
    reason = "the day of publication" if not offset else f"{count or 'the day '}{side} publication"
    return Proposal((published + timedelta(offset)).isoformat(), reason)


def _day_and_weekday(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "yesterday, Monday": only where both mean the same day."""
    day, _, weekday = phrase.replace(",", " ").replace("،", " ").rpartition(" ")
    found = _day(day.strip(), published, lexicon)
    fits = found and date.fromisoformat(found.date).weekday() == lexicon.weekdays.get(weekday)
    return found if fits else None


def _weekday(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "on Tuesday": the latest one, the day of publication included; "last Tuesday" may mean another."""
    for bare in _bare(_whole_day(phrase, lexicon), lexicon):
        if bare in lexicon.weekdays:
            back = (published.weekday() - lexicon.weekdays[bare]) % 7
            return Proposal(_ago(published, back), "the latest such day up to publication")
    for bare in _cut(_whole_day(phrase, lexicon), lexicon.last):
        if bare in lexicon.weekdays:
            back = (published.weekday() - lexicon.weekdays[bare] - 1) % 7 + 1
            return Proposal(f"{_ago(published, back)}?", "the latest such day before publication")
    for bare in _cut(_whole_day(phrase, lexicon), lexicon.following):
        if bare in lexicon.weekdays:
            ahead = (lexicon.weekdays[bare] - published.weekday() - 1) % 7 + 1
            return Proposal(f"{_ago(published, -ahead)}?", "the next such day after publication")
    return None


def _ago(published: date, days: int) -> str:
    return (published - timedelta(days)).isoformat()


def _weekend(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """The Saturday and Sunday before; on a Sunday those two days; on a Saturday nobody can tell."""
    if phrase not in lexicon.weekend or published.weekday() == WEEKEND:
        return None
    saturday = published - timedelta((published.weekday() - WEEKEND) % 7)
    told = f"{saturday.isoformat()}/{(saturday + timedelta(1)).isoformat()}"
    return Proposal(told, "the latest Saturday and Sunday up to publication")


def _span(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "last week", "earlier this month", "last year"."""
    unit, offset = lexicon.spans.get(phrase, ("", 0))
    if not unit:
        return None
    told = {0: "of publication", -1: "before publication", 1: "after publication"}[offset]
    return Proposal(SPANS[unit](published, offset), f"the {unit} {told}")


def _week(published: date, offset: int) -> str:
    monday = published - timedelta(published.weekday()) + timedelta(7 * offset)
    return f"{monday.isoformat()}/{(monday + timedelta(6)).isoformat()}"


def _month(published: date, offset: int) -> str:
    months = published.year * 12 + published.month - 1 + offset
    return date(months // 12, months % 12 + 1, 1).isoformat()[:7]


def _year(published: date, offset: int) -> str:
    return date(published.year + offset, 1, 1).isoformat()[:4]


SPANS: dict[str, Callable[[date, int], str]] = {"week": _week, "month": _month, "year": _year}


def _distance_back(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "two weeks ago": a number of days is exact, anything coarser approximate."""
    match = re.fullmatch(lexicon.ago, phrase) if lexicon.ago else None
    if match is None:
        return None
    written = match["n"]
    number = int(written) if written.isdecimal() else (lexicon.numbers or {}).get(written, 0)
    units = (lexicon.units or {}).items()
    unit = next((unit for word, unit in units if match["unit"].startswith(word)), "")
    if not number or not unit:
        return None
    reason = f"{number} {unit}{'s' if number > 1 else ''} before publication"
    if unit == "day":
        return Proposal(_ago(published, number), reason)
    told = _ago(published, 7 * number) if unit == "week" else SPANS[unit](published, -number)
    return Proposal(f"{told}~", reason)


def _month_named(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "in April", "late in April": the one of the last eight months; "last April" may mean another."""
    for bare in _bare(phrase, lexicon):
        for month in (bare, *_cut(bare.replace("-", " "), lexicon.within)):
            if month in lexicon.months:
                back = (published.month - lexicon.months[month]) % 12
                reason = "the latest such month up to publication"
                return Proposal(_month(published, -back), reason) if back <= 8 else None
    for bare in _cut(phrase, lexicon.last):
        if bare in lexicon.months:
            back = (published.month - lexicon.months[bare] - 1) % 12 + 1
            return Proposal(f"{_month(published, -back)}?", "the latest such month before publication")
    return None


def _day_of_month(phrase: str, published: date, lexicon: Lexicon) -> Proposal | None:
    """ "on 12 April", "April 12": the last such day, or one that is soon."""
    for bare in _bare(phrase, lexicon):
        found = _figures(bare, lexicon)
        if found is None:
            continue
        near = [day for year in (-1, 0, 1) if (day := _real(published.year + year, *found))]
        before = max((day for day in near if day <= published), default=None)
        after = min((day for day in near if day > published), default=None)
        if before and (published - before).days <= LONG_PAST:
            return Proposal(before.isoformat(), "the latest such day up to publication")
        if after and (after - published).days <= SOON:
            return Proposal(f"{after.isoformat()}?", "the next such day after publication")
    return None


def _figures(phrase: str, lexicon: Lexicon) -> tuple[int, int] | None:
    """Month and day of "12 April", "April 12th", "12. April", "12 de abril"."""
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|\.)(?= |$)|,| de(?= )| of(?= )", "", phrase).split()
    words = [word.strip(".") for word in words]
    if len(words) == 3 and words[0] in lexicon.weekdays:
        words = words[1:]
    if len(words) != 2:
        return None
    day, month = words if words[0].isdecimal() else reversed(words)
    if not re.fullmatch(r"\d{1,2}", day) or month not in lexicon.months:
        return None
    return lexicon.months[month], int(day)


def _real(year: int, month: int, day: int) -> date | None:
    fits = 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(min(max(year, 1), 9999), month)[1]
    return date(year, month, day) if fits else None


RULES_IN_ORDER: tuple[Callable[[str, date, Lexicon], Proposal | None], ...] = (
    *(_day, _day_and_weekday, _weekend, _span, _weekday, _distance_back, _month_named, _day_of_month),
)
