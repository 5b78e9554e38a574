"""Speakers, and one speaker with every claim of theirs."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from annotator.models import Actor, Status
from annotator.queries import speaker_list as listed
from annotator.queries import speakers as query
from annotator.queries.actor_page import claims_about, company_of, parts_of, timeline_of
from annotator.queries.actor_records import reasons_of, standing_of
from annotator.queries.actor_sides import label_of
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claims import LABELS, by_status, days_of
from annotator.queries.counting import said_again
from annotator.queries.histories import history_of
from annotator.queries.identities import called, labels_of
from annotator.queries.independent import sources_of_speakers
from annotator.queries.likenesses import perhaps_of

from ..access import Here, Visit, as_uuid, project_page
from ..pages import show
from ..paging import CARDS, address, choice, keyset_page, page_of, words

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
SHOWN = (("by", "Claims by them"), ("about", "Claims about them"), ("context", "Events, company, time"))


@require_safe
@project_page()
def speakers(request: Visit, here: Here) -> HttpResponse:
    wanted, order = _wanted(request, here), choice(request, "sort", listed.ORDERS, "claims")
    unnamed = wanted.naming == "anonymous"
    by = listed.BY_ARTICLE if unnamed else listed.ORDERS[order]
    narrowed = replace(wanted, naming=wanted.naming or "named")
    found = listed.speakers_like(here.project, narrowed, here.role)
    page = keyset_page(request, found, by)
    rows = list(found.filter(pk__in=page.pks).order_by(*by.by()))
    also: list[Actor] = []
    if not wanted.naming and not request.GET.get("after") and not request.GET.get("before"):
        others = listed.speakers_like(here.project, replace(wanted, naming="anonymous"), here.role)
        also = list(others.order_by(*listed.BY_ARTICLE.by())[: UNNAMED + 1])
    anonymous = rows if unnamed else also[:UNNAMED]
    offered = listed.offered(here.project)
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


@require_safe
@project_page()
def speaker(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    actor = query.actor_of(here.project, uuid)
    if actor is None:
        raise Http404("No such speaker in this project.")
    if actor.merged_into:
        return redirect("speaker", here.project.slug, actor.merged_into.uuid, permanent=False)
    shown = choice(request, "show", [key for key, _ in SHOWN], "by")
    by, about = query.claims_by(actor, here.role), claims_about(actor, here.role)
    claims = about if shown == "about" else by
    status = choice(request, "status", Status.values)
    page = page_of(request, claims.filter(status=status) if status else claims, CARDS)
    context: dict[str, Any] = {}
    standing = standing_of(actor)
    if shown == "context":
        context = {
            "parts": parts_of(actor),
            "company": company_of(actor, here.role),
            "sources": sources_of_speakers([actor.pk], here.role, Q()).get(actor.pk),
            "months": timeline_of(by.exclude(said_again(here.project.pk))),
            "history": history_of(actor) if here.role else [],
        }
    return show(
        request,
        here,
        "speakers/speaker.html",
        "speakers",
        actor=actor,
        standing=standing,
        names=called(one.anonymous for one in standing.resolved),
        reasons=reasons_of(actor),
        perhaps=perhaps_of(actor),
        label=label_of(actor),
        roles=query.roles_of(actor, here.role),
        counts=by_status(claims),
        sums=query.sums_of(here.project, actor, here.role) if shown == "by" and not status else None,
        labels=LABELS,
        chosen=status,
        shown=shown,
        tabs=SHOWN,
        page=page,
        cards=[]
        if shown == "context"
        else claim_cards(claims.filter(pk__in=[c.pk for c in page.rows]), here.role),
        **context,
    )
