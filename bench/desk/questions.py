"""What the claims desk, the speakers' list and the overview ask of the database."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet

from annotator.queries import overview
from annotator.queries.citing import network
from annotator.queries.claim_facets import counted
from annotator.queries.claims import ORDERS, Wanted, claims_like, in_order
from annotator.queries.concordance import lines_of_claims
from annotator.queries.keyset import slice_of
from annotator.queries.likely_repeats import likely_repeats
from annotator.queries.review_queue import AHEAD, QUEUE_ORDERS, Queue
from annotator.queries.sentence_lines import everywhere
from annotator.queries.speaker_list import ORDERS as SPEAKER_ORDERS
from annotator.queries.speaker_list import WantedSpeakers, listed_by
from sources.models import Project, Role

Question = tuple[str, QuerySet[Any] | None, Callable[[], Any]]
SIZE = 20


def of_judging(project: Project) -> Iterator[Question]:
    """The queue, likely repeats, and words in their context."""
    for rule, ordered in (("", ""), ("returned", ""), ("disputed", "newest"), ("any", "first")):
        queue = Queue(project, Role.MANAGER, Wanted(), rule, ordered)
        name = f"queue {rule or 'waiting'}, {QUEUE_ORDERS[ordered][0]}"
        yield f"{name}, first", None, lambda queue=queue: queue.after(None, AHEAD + 2)
        middle = queue.claims.order_by("uuid").values_list("uuid", flat=True).first()
        if middle:
            place = queue.place(middle)
            yield f"{name}, next", None, lambda queue=queue, place=place: queue.after(place, AHEAD + 2)
        yield f"{name}, counted", None, queue.count
    yield "queue, its speakers", None, Queue(project, Role.MANAGER, Wanted()).speakers
    keys = list(project.claims.order_by("-pk").values_list("pk", flat=True)[:400])
    yield "repeats, likely ones of a page of claims", None, lambda: likely_repeats(keys[:SIZE])
    stock = list(project.claims.filter(annotation__quotes__0__istartswith="the spokesman told")[:8])
    yield "repeats, of 8 that begin alike", None, lambda: likely_repeats([one.pk for one in stock])
    for words in ("heron", "said again 5*", "spokesman monday", "spokesman heron"):
        wanted = Wanted(words=words)
        found = slice_of(claims_like(project, wanted), ORDERS[""], 50)
        rows = [row[-1] for row in found.rows]
        yield (
            f"lines of claims, {words}",
            None,
            lambda rows=rows, wanted=wanted: lines_of_claims(rows, wanted.sought, 80, quotes_only=False),
        )
        wanted = Wanted(words=words, where="article")
        yield (
            f"lines everywhere, {words}",
            None,
            lambda wanted=wanted: everywhere(project, wanted, Role.MANAGER, 80, 50),
        )


def of(project: Project) -> Iterator[Question]:
    """(what is asked, the query of its first page if one can be explained, what answers it)."""
    actor = project.actors.order_by("pk").first()
    two = tuple(project.actors.order_by("pk").values_list("uuid", flat=True)[:2])
    searches = {
        "everything": Wanted(),
        "a title's word (all claims)": Wanted(words="heron"),
        "a seldom word": Wanted(words='"title 77"'),
        "two words and a beginning": Wanted(words="said again 5*"),
        "not a word": Wanted(words="-heron"),
        "no such word": Wanted(words="xyzzy"),
        "a phrase in the quote": Wanted(words='"ba co"', where="quote"),
        "whole articles": Wanted(words='"title 77"', where="article"),
        "disputed of one type": Wanted(status=("disputed",), type=("fact",)),
        "one speaker": Wanted(speaker=(actor.uuid,) if actor else ()),
        "two speakers, disputed or rejected": Wanted(status=("disputed", "rejected"), speaker=two),
        "one month": Wanted(period=("2019-03",)),
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
    yield from _overview(project)
    for name, who in {
        "speakers": WantedSpeakers(naming="named"),
        "speakers of one year": WantedSpeakers(period="2019"),
    }.items():
        for order in ("claims", "name"):
            by = SPEAKER_ORDERS[order]
            listed = listed_by(by, project, who, Role.MANAGER)
            yield f"{name} by {order}", None, lambda listed=listed, by=by: slice_of(listed, by, 50)


def _overview(project: Project) -> Iterator[Question]:
    for name, wanted in {"all": Wanted(once=True), "one year": Wanted(period=("2019",), once=True)}.items():
        claims = overview.claims_of(project, wanted, Role.MANAGER)
        for asked, ask in {
            "by article": lambda claims=claims: overview.by_article(claims, 20),
            "by annotator": lambda claims=claims: overview.by_annotator(claims, 20),
            "by speaker": lambda claims=claims: overview.by_speaker(claims, 15),
            "by topic": lambda claims=claims: overview.by_topic(claims, 15),
            "without a topic": lambda claims=claims: overview.without_topic(claims),
            "by day": lambda claims=claims: overview.by_day(claims),
            "who cites whom": lambda claims=claims: network(claims, 40),
        }.items():
            yield f"overview of {name}: {asked}", None, ask
    one = network(overview.claims_of(project, Wanted(once=True), Role.MANAGER), 1)
    for edge in one.edges:
        ends = one.nodes[edge.source].uuid, one.nodes[edge.target].uuid
        for name, asked in {"a tie": ends, "an outlet": (None, ends[1])}.items():
            found = claims_like(project, Wanted(cites=asked))
            page = found.order_by(*ORDERS[""].by()).values_list(*ORDERS[""].keys)[: SIZE + 1]
            yield f"the claims behind {name}", page, lambda found=found: slice_of(found, ORDERS[""], SIZE)
    yield from of_judging(project)
