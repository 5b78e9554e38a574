"""Events, and one event with the sentences that mention it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from annotator.queries import events as query

from ..access import Here, Visit, project_page
from ..pages import show
from ..paging import page_of, words


@require_safe
@project_page()
def events(request: Visit, here: Here) -> HttpResponse:
    sought, kind = words(request), words(request, "type")[:60]
    return show(
        request,
        here,
        "events/list.html",
        "events",
        page=page_of(request, query.events_like(here.project, sought, kind)),
        types=query.event_types(here.project),
        sought=sought,
        kind=kind,
    )


@require_safe
@project_page()
def event(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    found = query.events_like(here.project).filter(uuid=uuid).first()
    if found is None:
        raise Http404("No such event in this project.")
    return show(request, here, "events/event.html", "events", event=found, mentions=query.mentions_of(found))
