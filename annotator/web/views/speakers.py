"""Speakers, and one speaker with every claim of theirs."""

from dataclasses import replace

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from annotator.models import Actor, Status
from annotator.queries import speaker_list as listed
from annotator.queries.discussion_counts import discussed_among
from annotator.queries.identities import labels_of
from annotator.queries.periods import days_of

from ..access import Here, Visit, as_uuid, project_page
from ..pages import show
from ..paging import address, choice, keyset_page, words

UNNAMED = 20
"""Of those who are not named, under the list of the others."""
SORTED = {
    "claims": "most claims",
    "name": "name",
    "articles": "most articles",
    "outlets": "most outlets",
    "first": "first heard",
    "last": "last heard",
    "unreviewed": "least reviewed",
}


@require_safe
@project_page()
def speakers(request: Visit, here: Here) -> HttpResponse:
    wanted, order = _wanted(request, here), choice(request, "sort", listed.ORDERS, "claims")
    unnamed = wanted.naming == "anonymous"
    by = listed.BY_ARTICLE if unnamed else listed.ORDERS[order]
    narrowed = replace(wanted, naming=wanted.naming or "named")
    found = listed.speakers_like(here.project, narrowed, here.role)
    page = keyset_page(request, listed.listed_by(by, here.project, narrowed, here.role), by)
    rows = list(found.filter(pk__in=page.pks).order_by(*by.by()))
    also: list[Actor] = []
    if not wanted.naming and not request.GET.get("after") and not request.GET.get("before"):
        others = listed.speakers_like(here.project, replace(wanted, naming="anonymous"), here.role)
        also = list(others.order_by(*listed.BY_ARTICLE.by())[: UNNAMED + 1])
    anonymous = rows if unnamed else also[:UNNAMED]
    offered = listed.offered(here.project, here.role)
    return show(
        request,
        here,
        "speakers/list.html",
        "speakers",
        page=page,
        named=[] if unnamed else rows,
        anonymous=anonymous,
        unnamed=labels_of(anonymous),
        more_unnamed=address(request.GET, naming="anonymous") if len(also) > UNNAMED else "",
        plots=listed.plots_of(
            [one.pk for one in (*rows, *anonymous)], offered.first, offered.last, here.role, wanted
        ),
        discussed=discussed_among("actor", [one.pk for one in (*rows, *anonymous)], here.role),
        sources=listed.sources_like([one.pk for one in rows], wanted, here.role),
        wanted=wanted,
        filtered=wanted != listed.WantedSpeakers(),
        offered=offered,
        statuses=[one for one in Status.choices if here.role or one[0] != Status.DRAFT],
        order=order,
        orders=SORTED.items(),
    )


def _wanted(request: Visit, here: Here) -> listed.WantedSpeakers:
    """What the address asks for; a field that says nothing sensible asks for nothing."""
    period = words(request, "period")
    return listed.WantedSpeakers(
        words=words(request),
        kind=words(request, "kind")[:60],
        belongs=request.GET.get("belongs", "").replace("\x00", "").strip()[:300],
        outlet=as_uuid(request.GET.get("outlet", "")),
        period=period if days_of(period) else "",
        status=choice(request, "status", Status.values),
        topic=words(request, "topic")[:60],
        naming=choice(request, "naming", ("named", "anonymous")),
    )
