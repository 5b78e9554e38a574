"""What an address asks of a project's claims: the fields of the claims desk, each read strictly."""

from rest_framework.request import Request

from annotator.models import Stand, Status
from annotator.queries.claims import LINKS, ORDERS, WHERE, Wanted
from annotator.queries.periods import days_of

from .lists import Parameters, wrong

ONE = ("q", "where", "link", "once", "cites", "concept", "stand", "code", "made", "order")
SEVERAL = ("status", "speaker", "kind", "type", "topic", "outlet", "period", "annotator", "article")
STATUSES = (*Status.values, "withdrawn")
LONGEST_WORDS = 2000  # code points


def asked_of(request: Request, *more: str, paged: bool = True) -> Parameters:
    """Raises Problem (400)."""
    return Parameters(request, *ONE, *more, several=SEVERAL, paged=paged)


def wanted_of(asked: Parameters) -> Wanted:
    """Raises Problem (400) naming the parameter that says nothing sensible."""
    periods = asked.texts("period")
    for period in periods:
        if not days_of(period):
            raise wrong("period", "period", "must be a year, month, week or day, two of them, or undated")
    return Wanted(
        status=asked.choices("status", STATUSES),
        type=asked.texts("type"),
        speaker=asked.uuids("speaker"),
        article=asked.uuids("article"),
        words=asked.text("q", LONGEST_WORDS),
        code=asked.uuid("code"),
        concept=asked.text("concept", 60),
        stand=asked.choice("stand", Stand.values),
        made=_made(asked),
        where=asked.choice("where", WHERE),
        kind=asked.texts("kind"),
        topic=asked.texts("topic"),
        outlet=asked.uuids("outlet"),
        period=periods,
        annotator=asked.texts("annotator", 150),
        link=asked.choice("link", LINKS),
        once=asked.flag("once"),
        cites=asked.pair("cites"),
    )


def order_of(asked: Parameters) -> str:
    """A key of ORDERS."""
    return asked.choice("order", ORDERS)


def _made(asked: Parameters) -> str:
    made = asked.text("made", 8)
    if made and made != "older" and not (made.isascii() and made.isdigit()):
        raise wrong("made", "version", "must be older, or the number of a version of the codebook")
    return made
