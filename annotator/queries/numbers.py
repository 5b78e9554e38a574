"""Numbers that claims give: in figures for people to read, and what an article's words may give."""

from decimal import Decimal
from uuid import UUID

from annotator.detect.number_words import NumberRead, numbers_in, read
from annotator.models import Qualifier, Quantity
from sources.models import Project, Snapshot
from sources.text.offsets import Extent

from .annotation_json import Json

AROUND = 80
"""Code points on either side in which words may bound a number."""
IN_WORDS = {
    Qualifier.ABOUT: "about",
    Qualifier.AT_LEAST: "at least",
    Qualifier.MORE_THAN: "more than",
    Qualifier.AT_MOST: "at most",
    Qualifier.FEWER_THAN: "fewer than",
}


def canonical(number: Decimal) -> str:
    """The one way to write it: 200 and 18.5, never 200.000000 or 2E+2."""
    return f"{number.normalize():f}" if number else "0"


def grouped(number: Decimal | None) -> str:
    """ "1,200.5"; nothing for None."""
    return "" if number is None else f"{Decimal(canonical(number)):,f}"


def in_figures(said: Quantity) -> str:
    """ "more than 1,200 people", "80 to 100"; "people, no figure" where the words give only an order of
    size."""
    ends = [grouped(end) for end in (said.low, said.high) if end is not None]
    if not ends:
        return ", ".join(filter(None, (said.unit, "no figure")))
    number, qualifier = " to ".join(dict.fromkeys(ends)), IN_WORDS.get(Qualifier(said.qualifier), "")
    return " ".join(filter(None, (qualifier, number, said.unit)))


def numbers_within(snapshot: Snapshot, extent: Extent) -> list[Json]:
    """The numbers of which some words lie in the extent: what bounds one may stand just before or after."""
    told: dict[int, Json] = {}
    for start, end in extent.stretches:
        first = max(0, start - AROUND)
        around = snapshot.text[first : end + AROUND]
        for found in numbers_in(around, snapshot.article.language):
            if first + found.start < end and start < first + found.end:
                told[first + found.start] = _told(around[found.start : found.end], found)
    return list(told.values())


def text_called(project: Project, uuid: UUID) -> Snapshot | None:
    return Snapshot.objects.filter(project=project, uuid=uuid).select_related("article").first()


def number_meant(words: str, language: str) -> Json | None:
    """What the words give as a whole; None in any doubt."""
    found = read(words, language)
    return _told(words, found) if found else None


def _told(words: str, found: NumberRead) -> Json:
    return {
        "words": words,
        "qualifier": found.qualifier,
        "low": None if found.low is None else canonical(found.low),
        "high": None if found.high is None else canonical(found.high),
        "unit": found.unit,
    }
