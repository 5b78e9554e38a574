"""What the claims desk and the speakers' list ask of the database."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from annotator.queries.claim_facets import counted
from annotator.queries.claims import ORDERS, Wanted, claims_like, in_order
from annotator.queries.keyset import slice_of
from annotator.queries.speaker_list import ORDERS as SPEAKER_ORDERS
from annotator.queries.speaker_list import WantedSpeakers, speakers_like
from sources.models import Project, Role

Question = tuple[str, QuerySet[Any] | None, Callable[[], Any]]
SIZE = 20


def of(project: Project) -> Iterator[Question]:
    """(what is asked, the query of its first page if one can be explained, what answers it)."""
    actor = project.actors.order_by("pk").first()
    searches = {
        "everything": Wanted(),
        "a title's word (all claims)": Wanted(words="heron"),
        "a seldom word": Wanted(words='"title 77"'),
        "two words and a beginning": Wanted(words="said again 5*"),
        "not a word": Wanted(words="-heron"),
        "no such word": Wanted(words="xyzzy"),
        "a phrase in the quote": Wanted(words='"ba co"', where="quote"),
        "whole articles": Wanted(words='"title 77"', where="article"),
        "disputed of one type": Wanted(status="disputed", type="fact"),
        "one speaker": Wanted(speaker=actor.uuid if actor else None),
        "one month": Wanted(period="2019-03"),
    }
    for name, wanted in searches.items():
        found = claims_like(project, wanted)
        for order in ("", "published"):
            mine = in_order(project, found, order)
            page = mine.order_by(*ORDERS[order].by()).values_list(*ORDERS[order].keys)[: SIZE + 1]
            yield (
                f"{name}, {order or 'added'} last",
                page,
                lambda found=mine, order=order: slice_of(found, ORDERS[order], SIZE),
            )
        yield f"{name}, facets", None, lambda wanted=wanted: counted(project, wanted, Role.MANAGER)
    for name, who in {
        "speakers": WantedSpeakers(naming="named"),
        "speakers of one year": WantedSpeakers(period="2019"),
    }.items():
        listed = speakers_like(project, who, Role.MANAGER)
        for order in ("claims", "name"):
            by = SPEAKER_ORDERS[order]
            yield f"{name} by {order}", None, lambda listed=listed, by=by: slice_of(listed, by, 50)
