"""What is kept of speakers and of work beside what counting anew finds."""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet

from annotator.models import Actor, Claim, Heard
from annotator.queries import heard, overview, speakers, work
from annotator.queries.citing import EDGES, REAL, network
from annotator.queries.claims import Wanted, by_status
from annotator.queries.independent import sources_of_speakers
from annotator.queries.keyset import slice_of
from annotator.queries.speaker_list import OVER_TIME
from annotator.queries.speakers import claims_by
from annotator.queries.speech import ORDERS, Told, counts_by, page_of, told_by
from annotator.queries.visibility import HANDED_IN, seen_by
from sources.models import Project, Role

COUNTED = (
    *("n_claims", "n_passed_on", "n_articles", "n_outlets", "n_reviewed"),
    *("first", "last", "first_date", "last_date"),
)


def differing(project: Project, role: Role | None) -> str:
    """What is kept and what is counted anew, where they are not the same."""
    names = ("pk", *COUNTED)
    told = [
        list(found.values_list(*names))
        for found in (heard.heard(project, role), speakers.speakers(project, role))
    ]
    if told[0] != told[1]:
        return f"speakers: {told}"
    actors = [row[0] for row in told[0]]
    counted = sources_of_speakers(actors, role, Q())
    carried = heard.carried(actors, role)
    sources = [
        {key: (one.outlets, one.independent) for key, one in found.items()} for found in (carried, counted)
    ]
    if sources[0] != sources[1]:
        return f"sources: {sources}"
    if along(project, actors, role, heard.ALONG) != along(project, actors, role, OVER_TIME):
        return f"along time: {[along(project, actors, role, one) for one in (heard.ALONG, OVER_TIME)]}"
    every = overview.claims_of(project, Wanted(once=True), role)
    for name in ("by_article", "by_annotator"):
        kept = getattr(work, name)(project, role, 50), getattr(overview, name)(every, 50)
        if kept[0] != kept[1]:
            return f"{name}: {kept}"
    shown = overview.by_article(every, 50).rows, overview.by_annotator(every, 50).rows
    if work.worked_on(project, role, *shown) != overview.worked_on(every, *shown):
        return "worked on"
    edges = {(one.source, one.target): one.claims for one in network(every, 1000).edges}
    if edges != (listed := listed_one_by_one(every)):
        return f"who cites whom: {edges}, {listed}"
    statuses = work.by_status(project, role), by_status(project.claims.filter(seen_by(role)))
    return "" if statuses[0] == statuses[1] else f"statuses: {statuses}"


def listed_one_by_one(claims: QuerySet[Claim]) -> dict[tuple[int, int], int]:
    """Each edge of who cites whom with its claims, every one of which was asked for its way."""
    found, given = claims.order_by().values("pk").query.sql_with_params()
    asks = f"SELECT source, target, count(DISTINCT claim) FROM edges WHERE {REAL} GROUP BY 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(f"{EDGES.format(found=found)} {asks}", given)
        return {(source, target): claims for source, target, claims in cursor.fetchall()}


def differing_speaker(actor: Actor, role: Role | None) -> str:
    """The same of the page of one of them."""
    if counts_by(actor, role) != counted_by(actor, role):
        return f"told: {counts_by(actor, role)}"
    page = pages_differ(actor, role)
    return "" if page is None else f"pages: {page}"


def counted_by(actor: Actor, role: Role | None) -> Told:
    """Claim by claim."""
    every = told_by(claims_by(actor, role), actor)
    ways, reaches = (Counter(every.values_list(name, flat=True)) for name in ("way", "reach"))
    return Told(by_status(claims_by(actor, role)), dict(ways), dict(reaches))


def pages_differ(actor: Actor, role: Role | None) -> object:
    """The first page that is not cut as it would be out of all claims, there and back by threes."""
    found = told_by(claims_by(actor, role), actor)
    for name in ("", "latest"):
        order, after, before = ORDERS[name], None, None
        cut = page_of(found, actor, role, order, 3)
        for back in (False, True):
            while True:
                page = cut(after, before)
                if page != slice_of(found, order, 3, after=after, before=before):
                    return name, after, before
                if (page.before if back else page.after) is None:
                    break
                after, before = (None, page.before) if back else (page.after, None)
            after, before = None, page.before
    return None


MET = {
    "said again": Q(n_said__gt=F("n_claims")),
    "passed on": Q(n_passed_on__gt=0),
    "reprints": Q(n_carried__gt=F("n_outlets"), n_claims__gt=0),
    "dependent": Q(n_independent__lt=F("n_carried")),
    "reviewed": Q(n_reviewed__gt=0),
    "undated": Q(n_claims__gt=0, first=None),
}
"""What has to have happened, or the numbers would be alike for no reason."""


def met(project: Project) -> list[str]:
    return [name for name, how in MET.items() if Heard.objects.filter(how, project=project).exists()]


def along(project: Project, actors: list[int], role: Role | None, statement: str) -> list[Any]:
    nothing = {"status": "", "topic": "", "outlet": None, "from": None, "to": None}
    by = {
        "actors": actors,
        "by": "YYYY-MM-DD",
        "all": role is not None,
        "open": [one.value for one in HANDED_IN],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, nothing | by)
        return cursor.fetchall()
