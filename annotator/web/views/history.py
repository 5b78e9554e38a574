"""All that was changed in a project: by whom, when, in which request, from what to what."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from annotator.attachments import to_save
from annotator.exchange.exporters.history_files import FORMS
from annotator.queries import project_history as query
from sources.models import Role

from ..access import Here, Visit, project_page
from ..forms.history import HistoryForm
from ..pages import show
from ..paging import address, keyset_page


@require_safe
@project_page(Role.VIEWER)
def history(request: Visit, here: Here) -> HttpResponse:
    """The latest first, for members; of one person, kind, period, article, member or mark where one is asked
    for."""
    form = HistoryForm(query.people_of(here.project), request.GET)
    page = None
    if form.is_valid():
        found = query.changes_in(here.project, form.asked())
        page = keyset_page(request, found, query.LATEST)
    return show(
        request,
        here,
        "history/history.html",
        "project_settings",
        200 if page else 422,
        form=form,
        page=page,
        entries=query.entries(here.project, page.pks, here.role) if page else [],
        member=form.asked().member if form.is_valid() else None,
        of_mark=form.is_valid() and form.asked().mark is not None,
        narrowed=form.is_valid() and form.asked() != query.Asked(),
        asked=address(request.GET, after=None, before=None),
    )


@require_safe
@project_page(Role.VIEWER)
def history_file(request: Visit, here: Here, form: str) -> StreamingHttpResponse:
    """The same changes, the oldest first, as CSV or as JSON Lines: a record a line, written as it is read."""
    if form not in FORMS:
        raise Http404("There is no such form of a history.")
    asked = HistoryForm(query.people_of(here.project), request.GET)
    if not asked.is_valid():
        raise Http404("Nothing is asked for that way.")
    write, content_type = FORMS[form]
    rows = query.exported(query.changes_in(here.project, asked.asked()), here.role)
    answer = StreamingHttpResponse(write(rows), content_type=content_type)
    return to_save(answer, f"{here.project.slug}-history.{form}")
