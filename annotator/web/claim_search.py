"""What the address bar says of a search for claims: all of it, so that an address is a search."""

from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict

from annotator.models import Stand, Status
from annotator.queries import claims as query
from annotator.queries.concordance import SIDES, WIDTHS
from annotator.queries.periods import days_of
from annotator.queries.search_names import IN_WORDS, names_of
from sources.models import Project

from .access import as_uuid
from .paging import address, choice

FIELDS = (
    *("q", "where", "status", "speaker", "kind", "type", "topic", "outlet", "period", "annotator", "article"),
    *("link", "once", "cites", "concept", "stand", "code", "made", "order", "show", "width"),
)
"""What makes a search, in the order in which it is kept; the place in its pages is none of it."""
SEVERAL = ("status", "speaker", "kind", "type", "topic", "outlet", "period", "annotator", "article")
"""Those of which any one of several values will do."""
VALUES = 50
"""Of one field at most."""
PLACES = ("after", "before", "page")
LONGEST = 2000  # code points of one field


@dataclass(frozen=True)
class Search:
    """`lines`: shown as keywords in context, `width` code points on either side; only then is `order` a key
    of SIDES."""

    wanted: query.Wanted
    order: str
    lines: bool = False
    width: int = WIDTHS[1]

    @property
    def narrowed(self) -> bool:
        return self.wanted != query.Wanted()


def search_of(request: HttpRequest) -> Search:
    lines = request.GET.get("show") == "lines"
    order = choice(request, "order", [*query.ORDERS, *SIDES] if lines else query.ORDERS)
    width = choice(request, "width", [str(one) for one in WIDTHS], str(WIDTHS[1]))
    return Search(wanted_of(request.GET), order, lines, int(width))


def wanted_of(asked: QueryDict) -> query.Wanted:
    """What is asked for; a field that says nothing sensible asks for nothing."""
    where, stand, link = (_said(asked, field) for field in ("where", "stand", "link"))
    return query.Wanted(
        status=tuple(one for one in several(asked, "status") if one in (*Status.values, "withdrawn")),
        type=several(asked, "type"),
        speaker=_uuids(asked, "speaker"),
        article=_uuids(asked, "article"),
        words=_said(asked, "q", LONGEST),
        code=as_uuid(asked.get("code", "")),
        concept=_said(asked, "concept"),
        stand=stand if stand in Stand.values else "",
        made=_made(asked),
        where=where if where in query.WHERE else "",
        kind=several(asked, "kind"),
        topic=several(asked, "topic"),
        outlet=_uuids(asked, "outlet"),
        period=tuple(one for one in several(asked, "period") if days_of(one)),
        annotator=several(asked, "annotator", 150),
        link=link if link in query.LINKS else "",
        once=asked.get("once") == "yes",
        cites=_cites(asked),
    )


def several(asked: QueryDict, field: str, most: int = 60) -> tuple[str, ...]:
    """The values of a field that may be given more than once, each once, in their order."""
    said = (one.replace("\x00", "").strip()[:most] for one in asked.getlist(field)[:VALUES])
    return tuple(dict.fromkeys(one for one in said if one))


def _uuids(asked: QueryDict, field: str) -> tuple[UUID, ...]:
    found = (as_uuid(one) for one in several(asked, field))
    return tuple(dict.fromkeys(one for one in found if one))


def _cites(asked: QueryDict) -> tuple[UUID | None, UUID | None] | None:
    """ "<uuid>~<uuid>", of which one may be missing."""
    source, _, target = asked.get("cites", "").partition("~")
    ends = as_uuid(source), as_uuid(target)
    return ends if any(ends) else None


def _said(asked: QueryDict, field: str, most: int = 60) -> str:
    """The field's words: trimmed, capped, without the NULs PostgreSQL refuses."""
    return asked.get(field, "").replace("\x00", "").strip()[:most]


def _made(query_dict: QueryDict) -> str:
    """ "older", or the number of a version of the codebook; empty for anything else."""
    asked = query_dict.get("made", "")
    number = asked.isascii() and asked.isdigit() and len(asked) < 9
    return asked if asked == "older" or number else ""


def kept(asked: QueryDict, but: Container[str] = ()) -> list[tuple[str, str]]:
    """What makes the search as (field, value), but for some fields; of several values each."""
    found = []
    for field in FIELDS:
        values = several(asked, field, LONGEST) if field in SEVERAL else (_said(asked, field, LONGEST),)
        found += [(field, value) for value in values if value and field not in but]
    return found


def canonical(asked: QueryDict) -> str:
    """The search alone, its fields and their values in one order: the same search is the same text."""
    found = kept(asked)
    return urlencode(sorted(found, key=lambda one: (FIELDS.index(one[0]), one[1])))


def without(request: HttpRequest, field: str, value: str = "") -> str:
    """The search without a field, or without one of its values."""
    left = [one for one in several(request.GET, field, LONGEST) if value and one != value]
    return address(request.GET, **{field: left or None}, **dict.fromkeys(PLACES))


def leading_to(request: HttpRequest, field: str, key: str) -> str:
    """The search for that value of the field alone."""
    return address(request.GET, **{field: key}, **dict.fromkeys(PLACES))


def turned(request: HttpRequest, field: str, key: str) -> str:
    """The search with one more value of the field, or without it where it has it. A month stands for its year
    and the other way round: the one takes the place of the other."""
    values = several(request.GET, field, LONGEST)
    left = [one for one in values if one != key and not (field == "period" and one.startswith(key))]
    if len(left) == len(values):
        left = [one for one in left if not (field == "period" and one == key[:4])] + [key]
    return address(request.GET, **{field: left or None}, **dict.fromkeys(PLACES))


def asked_for(request: HttpRequest, project: Project, search: Search) -> list[tuple[str, str, str]]:
    """What the list is narrowed to, as (filter, value in words, address without it)."""
    return [
        (IN_WORDS[name], words, without(request, "q" if name == "words" else name, key))
        for name, key, words in names_of(project, search.wanted)
    ]
