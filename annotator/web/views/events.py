"""Events: the list and the timeline, one event, and its record to be changed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions import events as actions
from annotator.intents.refusal import Refused, Stale
from annotator.models import Event, EventParticipant, Factuality
from annotator.queries import event_page, event_twins, timeline
from annotator.queries import events as query
from annotator.queries.claims import article_named
from annotator.queries.discussion_counts import discussed_among
from annotator.queries.event_json import participants_of
from annotator.queries.histories import history_of
from annotator.queries.identities import called
from sources.intake.dates import edtf_range, to_edtf
from sources.models import Role

from ..access import Here, Visit, as_uuid, project_page, to_survivor
from ..forms.events import EventForm, participant_forms
from ..pages import show
from ..paging import PAGE_SIZE, address, choice, page_of, words
from .discussions import section_of

VIEWS = ("list", "timeline")
TIMELINE = 200  # events on one page of the timeline


def _day(request: Visit, field: str, last: bool) -> tuple[str, date | None]:
    """What was written for an end of the period, and the day it means; none for what is no date."""
    written = words(request, field)[:60]
    edtf = to_edtf(written) if written else None
    try:
        return written, edtf_range(edtf)[1 if last else 0] if edtf else None
    except ValueError:
        return written, None


def asked(request: Visit) -> tuple[query.WantedEvents, dict[str, str]]:
    """What the list is narrowed to, and what was written for its period."""
    since, first = _day(request, "from", last=False)
    until, last = _day(request, "to", last=True)
    wanted = query.WantedEvents(
        words=words(request),
        type=words(request, "type")[:60],
        place=words(request, "place"),
        first=first,
        last=last,
        participant=as_uuid(request.GET.get("participant", "")),
        article=as_uuid(request.GET.get("article", "")),
        factuality=choice(request, "as", ("", *Factuality.values), ""),
    )
    return wanted, {"since": since, "until": until}


@require_safe
@project_page()
def events(request: Visit, here: Here) -> HttpResponse:
    wanted, period = asked(request)
    view = choice(request, "view", VIEWS, "list")
    page = page_of(
        request,
        query.events_like(here.project, wanted, here.role),
        TIMELINE if view == "timeline" else PAGE_SIZE,
    )
    parts, doubts = query.parts_in(page.rows), query.doubts_of(page.rows)
    return show(
        request,
        here,
        "events/list.html",
        "events",
        page=page,
        names=called(one.actor.survivor for taking_part in parts.values() for one in taking_part),
        rows=[(event, parts[event.pk], doubts[event.pk]) for event in page.rows],
        discussed=discussed_among("event", [one.pk for one in page.rows], here.role),
        line=timeline.timeline(page.rows, parts, doubts) if view == "timeline" else None,
        types=query.event_types(here.project),
        factualities=Factuality,
        people=query.everybody_who_took_part(here.project, here.role),
        wanted=wanted,
        period=period,
        unread=[
            period[n] for n, day in (("since", wanted.first), ("until", wanted.last)) if period[n] and not day
        ],
        filtered=wanted != query.WantedEvents() or any(period.values()),
        article=article_named(here.project, wanted.article) if wanted.article else None,
        view=view,
        views=[(one, address(request.GET, view=one if one != "list" else None, page=None)) for one in VIEWS],
    )


def found_or_404(here: Here, uuid: UUID) -> Event:
    """The event that is shown under that identifier; one that was merged is the one it was merged into."""
    event = query.event_called(here.project, uuid)
    found = query.events_like(here.project, role=here.role).filter(pk=event.pk).first() if event else None
    if found is None:
        raise Http404("No such event in this project.")
    return found


@require_safe
@project_page()
def event(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    found = found_or_404(here, uuid)
    if found.uuid != uuid:
        return to_survivor(request, "event", here.project.slug, found.uuid)
    slots, parts = event_page.slots_and_parts(found)
    figures, told = event_page.told_of(found, here.role)
    mentions = query.mentions_of(found)
    sources = event_page.sources_of_event([one.article for one in mentions], figures)
    return show(
        request,
        here,
        "events/event.html",
        "events",
        event=found,
        doubts=query.doubts_of([found])[found.pk],
        mentions=mentions,
        sources=sources,
        slots=slots,
        parts=parts,
        figures=figures,
        told=told,
        merges=event_page.merges_into(found),
        twins=event_twins.twins_of(found) if here.may_annotate else [],
        differ=event_twins.not_the_same(found, here.role),
        history=history_of(found) if here.role else [],
        discussed=section_of(here, found),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def event_edit(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    found = found_or_404(here, uuid)
    types = [
        code for code in query.event_types(here.project) if not code.retired_at or code.pk == found.type_id
    ]
    form = EventForm(request.POST or None, initial=EventForm.of(found), types=types)
    rows = participants_of([found], "mention__annotation")
    people = participant_forms(request.POST or None, here.project, rows)
    stale: Any = None
    if request.method == "POST" and form.is_valid() and people.is_valid():
        try:
            if _changed(request, here, found, form, people):
                messages.success(request, "The event is changed.")
                for one in _kept_by_merged(found, people):
                    does = one.get_role_display().lower()
                    messages.warning(
                        request,
                        f"{one.actor.survivor} still stands there as {does}: an event that was merged into "
                        "this one keeps that. Take the merge back to change it.",
                    )
                return redirect("event", here.project.slug, found.uuid)
        except Stale as error:
            stale = error.current
    status = 409 if stale else 422 if request.method == "POST" else 200
    return show(
        request,
        here,
        "events/edit.html",
        "events",
        status,
        event=found,
        form=form,
        people=people,
        stale=stale,
        names=query.named_actors(here.project),
    )


def _kept_by_merged(found: Event, people: Any) -> list[EventParticipant]:
    """Who was to take part no longer, or otherwise, and still does."""
    asked = {(said["actor"], said["role"], said["part"]) for row in people if (said := row.said)}
    parts = participants_of([found])
    return [one for one in parts if (one.actor.survivor.uuid, one.role, one.part) not in asked]


def _changed(request: Visit, here: Here, found: Event, form: EventForm, people: Any) -> bool:
    """False after telling the form what is wrong. Raises Stale."""
    intent = form.intent([said for row in people if (said := row.said)])
    if intent is None:
        return False
    version = form.cleaned_data["version"] or 0
    try:
        actions.edit(by=request.user, project=here.project, uuid=found.uuid, intent=intent, version=version)
    except Refused as error:
        form.refuse(error)
        return False
    return True
