"""What the address bar says of a search for claims: all of it, so that an address is a search."""

from dataclasses import dataclass
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
    period, status, where = (_said(asked, field) for field in ("period", "status", "where"))
    stand, link = _said(asked, "stand"), _said(asked, "link")
    return query.Wanted(
        status=status if status in (*Status.values, "withdrawn") else "",
        type=_said(asked, "type"),
        speaker=as_uuid(asked.get("speaker", "")),
        article=as_uuid(asked.get("article", "")),
        words=_said(asked, "q", LONGEST),
        code=as_uuid(asked.get("code", "")),
        concept=_said(asked, "concept"),
        stand=stand if stand in Stand.values else "",
        made=_made(asked),
        where=where if where in query.WHERE else "",
        kind=_said(asked, "kind"),
        topic=_said(asked, "topic"),
        outlet=as_uuid(asked.get("outlet", "")),
        period=period if days_of(period) else "",
        annotator=_said(asked, "annotator", 150),
        link=link if link in query.LINKS else "",
        once=asked.get("once") == "yes",
        cites=_cites(asked),
    )


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


def canonical(asked: QueryDict) -> str:
    """The search alone, its fields in one order: the same search is the same text."""
    kept = QueryDict(mutable=True)
    for field in FIELDS:
        if value := asked.get(field, "").replace("\x00", "").strip()[:LONGEST]:
            kept[field] = value
    return kept.urlencode()


def without(request: HttpRequest, field: str) -> str:
    return address(request.GET, **{field: None}, **dict.fromkeys(PLACES))


def leading_to(request: HttpRequest, field: str, key: str) -> str:
    return address(request.GET, **{field: key}, **dict.fromkeys(PLACES))


def asked_for(request: HttpRequest, project: Project, search: Search) -> list[tuple[str, str, str]]:
    """What the list is narrowed to, as (filter, value in words, address without that filter)."""
    return [
        (IN_WORDS[name], value, without(request, "q" if name == "words" else name))
        for name, value in names_of(project, search.wanted).items()
    ]
