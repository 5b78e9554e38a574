"""One speaker: every claim of theirs, those about them and against them, and how they lie along time."""

import csv
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.attachments import to_save
from annotator.exchange.exporters.tables_csv import neutralise
from annotator.models import Actor, Claim, Status
from annotator.queries import hedges, speech
from annotator.queries import speakers as query
from annotator.queries.actor_page import claims_about, company_of, parts_of
from annotator.queries.actor_records import reasons_of, standing_of
from annotator.queries.actor_sides import label_of
from annotator.queries.actors_open import actor_open_to
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claims import LABELS, by_status
from annotator.queries.counting import said_again
from annotator.queries.histories import history_of
from annotator.queries.identities import called
from annotator.queries.independent import sources_of_speakers
from annotator.queries.likenesses import perhaps_of
from annotator.queries.speech_over_time import over_time

from ..access import Here, Visit, project_page, to_survivor
from ..pages import show
from ..paging import CARDS, address, choice, cut_page, keyset_page
from .discussions import section_of

SHOWN = {
    "by": "Claims by them",
    "about": "Claims about them",
    "against": "Against them",
    "context": "Time, events, company",
}
ANEW = ("after", "before")


def _actor_or_404(here: Here, uuid: UUID) -> Actor:
    actor = actor_open_to(here.project, uuid, here.role)
    if actor is None:
        raise Http404("No such speaker in this project.")
    return actor


@require_safe
@project_page()
def speaker(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    actor = _actor_or_404(here, uuid)
    if actor.merged_into:
        return to_survivor(request, "speaker", here.project.slug, actor.merged_into.uuid)
    shown = choice(request, "show", SHOWN, "by")
    claims = _claims(here, actor, shown)
    told = speech.counts_by(actor, here.role) if shown in ("by", "context") else None
    standing = standing_of(actor, here.role)
    more = (
        _context(here, actor, claims)
        if shown == "context"
        else _listed(request, here, actor, claims, shown, told)
    )
    whole = shown == "by" and not more["narrowed"]
    return show(
        request,
        here,
        "speakers/speaker.html",
        "speakers",
        actor=actor,
        standing=standing,
        names=called(one.anonymous for one in standing.resolved),
        reasons=reasons_of(actor),
        perhaps=perhaps_of(actor, here.role),
        label=label_of(actor),
        roles=query.roles_of(actor, here.role),
        counts=told.statuses if told else by_status(claims),
        sums=query.sums_of(actor, here.role) if whole else None,
        labels=LABELS,
        shown=shown,
        tabs=SHOWN.items(),
        discussed=section_of(here, actor),
        **more,
    )


def _claims(here: Here, actor: Actor, shown: str) -> QuerySet[Claim]:
    if shown == "about":
        return claims_about(actor, here.role)
    return (
        speech.claims_against(actor, here.role) if shown == "against" else query.claims_by(actor, here.role)
    )


def _listed(
    request: Visit, here: Here, actor: Actor, claims: QuerySet[Claim], shown: str, counts: speech.Told | None
) -> dict[str, Any]:
    """A page of claims in an order, and what they can be narrowed to."""
    asked = {
        "status": choice(request, "status", Status.values),
        "way": choice(request, "way", speech.WAYS),
        "reach": choice(request, "reach", speech.REACHES),
    }
    if shown != "by":
        asked |= {"way": "", "reach": ""}
    order = choice(request, "order", speech.ORDERS)
    told = speech.told_by(claims, actor)
    found = told.filter(status=asked["status"]) if asked["status"] else told
    found = found.filter(way=asked["way"]) if asked["way"] else found
    found = found.filter(reach=asked["reach"]) if asked["reach"] else found
    if shown == "by" and found is told and order != "said":
        cut = speech.page_of(found, actor, here.role, speech.ORDERS[order], CARDS)
        page = cut_page(request, speech.ORDERS[order], cut)
    else:
        page = keyset_page(request, found, speech.ORDERS[order], CARDS)
    rows = speech.told_by(Claim.objects.filter(pk__in=page.pks), actor).order_by(*speech.ORDERS[order].by())
    ways, reaches = (counts.ways, counts.reaches) if counts else ({}, {})
    return {
        "page": page,
        "cards": claim_cards(rows, here.role, alike=here.may_annotate),
        "chosen": asked["status"],
        "narrowed": any(asked.values()),
        "narrowings": [
            ("How it is told", _choices(request, "way", asked["way"], speech.WAYS, ways)),
            (
                "How far the evidence reaches",
                _choices(request, "reach", asked["reach"], speech.REACHES, reaches),
            ),
        ]
        if shown == "by"
        else [],
        "kept": _kept(shown, asked),
        "order": order,
        "orders": speech.ORDERS_IN_WORDS.items(),
        "bare": _bare(here, actor) if shown == "against" else [],
    }


def _kept(shown: str, asked: dict[str, str]) -> list[tuple[str, str]]:
    """What the page was asked for besides an order, as (field, value)."""
    first = next(iter(SHOWN))
    said = {"show": "" if shown == first else shown, **asked}
    return [(field, value) for field, value in said.items() if value]


def _bare(here: Here, actor: Actor) -> list[hedges.Bare]:
    perhaps = hedges.hedges_perhaps_dropped(actor, here.role) if here.may_annotate else []
    return [*hedges.hedges_dropped(actor, here.role), *perhaps]


def _choices(
    request: Visit, field: str, chosen: str, names: dict[str, str], counts: dict[str, int]
) -> list[tuple[str, int, str, bool]]:
    """(name, number, address, chosen): choosing what is chosen lets go of it."""
    return [
        (
            name,
            counts[key],
            address(request.GET, **{field: None if key == chosen else key}, **dict.fromkeys(ANEW)),
            key == chosen,
        )
        for key, name in names.items()
        if counts.get(key)
    ]


def _context(here: Here, actor: Actor, claims: QuerySet[Claim]) -> dict[str, Any]:
    return {
        "parts": parts_of(actor, here.role),
        "company": company_of(actor, here.role),
        "sources": sources_of_speakers([actor.pk], here.role, Q()).get(actor.pk),
        "plot": over_time(claims.exclude(said_again(here.project.pk))),
        "root": reverse("claims", args=[here.project.slug]),
        "speaker": actor.uuid,
        "name": actor.name,
        "history": history_of(actor) if here.role else [],
    }


@require_safe
@project_page()
def speaker_plot(request: Visit, here: Here, uuid: UUID, kind: str) -> HttpResponse:
    """The plot to keep: as a picture, its marks leading here, or as its numbers."""
    actor = _actor_or_404(here, uuid)
    if kind not in ("svg", "csv"):
        raise Http404("A plot is kept as svg or csv.")
    if actor.merged_into:
        return to_survivor(request, "speaker_plot", here.project.slug, actor.merged_into.uuid, kind)
    plot = over_time(query.claims_by(actor, here.role).exclude(said_again(here.project.pk)))
    if kind == "csv":
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.writer(answer)
        writer.writerow(("period", "topic", "claims"))
        writer.writerows((period, neutralise(topic), n) for period, topic, n in plot.numbers)
    else:
        root = request.build_absolute_uri(reverse("claims", args=[here.project.slug]))
        given = {"plot": plot, "root": root, "speaker": actor.uuid, "name": actor.name}
        answer = render(request, "speakers/_over_time.html", given, content_type="image/svg+xml")
    return to_save(answer, f"speaker-{actor.uuid}.{kind}")
