"""Speakers, and one speaker with every claim of theirs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from annotator.models import Naming, Status
from annotator.queries import speakers as query
from annotator.queries.actor_page import claims_about, company_of, parts_of, timeline_of
from annotator.queries.actor_records import reasons_of, standing_of
from annotator.queries.actor_sides import label_of
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claims import LABELS, by_status
from annotator.queries.identities import labels_of
from annotator.queries.likenesses import perhaps_of

from ..access import Here, Visit, project_page
from ..pages import show
from ..paging import CARDS, choice, page_of, words

SHOWN = (("by", "Claims by them"), ("about", "Claims about them"), ("context", "Events, company, time"))


@require_safe
@project_page()
def speakers(request: Visit, here: Here) -> HttpResponse:
    sought, order = words(request), choice(request, "sort", query.ORDERS, "claims")
    found = query.speakers(here.project, here.role).order_by(*query.ORDERS[order])
    if sought:
        found = query.named_like(found, sought)
    unnamed = found.filter(naming=Naming.ANONYMOUS)
    anonymous = list(unnamed.order_by("article__published_min", "article", "name"))
    page = page_of(request, found.exclude(naming=Naming.ANONYMOUS))
    return show(
        request,
        here,
        "speakers/list.html",
        "speakers",
        page=page,
        anonymous=anonymous,
        unnamed=labels_of(anonymous),
        sought=sought,
        order=order,
        orders=(
            ("claims", "most claims"),
            ("name", "name"),
            ("articles", "most articles"),
            ("outlets", "most outlets"),
            ("first", "first heard"),
            ("last", "last heard"),
        ),
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
    if shown == "context":
        context = {
            "parts": parts_of(actor),
            "company": company_of(actor, here.role),
            "months": timeline_of(by),
        }
    return show(
        request,
        here,
        "speakers/speaker.html",
        "speakers",
        actor=actor,
        standing=standing_of(actor),
        reasons=reasons_of(actor),
        perhaps=perhaps_of(actor),
        label=label_of(actor),
        roles=query.roles_of(actor, here.role),
        counts=by_status(claims),
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
