"""Taking annotations in from other tools' files, and what became of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.receiving.parcels import parcel_of
from annotator.exchange.receiving.report import summary
from sources.actions.disk_room import NoRoom, free_bytes, has_room
from sources.models import Role

from ..access import Here, Visit, project_page
from ..forms.annotations_in import AnnotationsForm
from ..pages import show

MOST_SHOWN = 1000
"""Lines of each list; the command tells all of them."""


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def annotation_import(request: Visit, here: Here) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    full = bool(sent) and not has_room()
    if full:
        messages.error(request, f"Nothing can be taken in for now: {NoRoom(free_bytes())}. Try again later.")
    form = AnnotationsForm(here.project, *sent, may_code=here.may_manage)
    if sent and not full and form.is_valid():
        parcel = form.take(request.user)
        if parcel is not None:
            return redirect("annotation_report", here.project.slug, parcel.uuid)
    status = 507 if full else 422 if form.errors else 200
    return show(request, here, "annotations_in/ask.html", "articles", status, form=form, formats=FORMATS)


@require_safe
@project_page(Role.ANNOTATOR)
def annotation_report(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What became of an upload; htmx asks for that alone until it is in."""
    parcel = parcel_of(here.project, uuid)
    if parcel is None:
        raise Http404("No such import.")
    report = parcel.report
    template = "annotations_in/_state.html" if request.htmx else "annotations_in/report.html"
    lists = []
    if report is not None:
        told = (
            ("Refused", "bad", report.refused),
            ("Here already in other words, and left so", "", report.changed),
            ("Found by their words", "", report.moved),
            ("Not taken over", "", report.unmapped),
        )
        lists = [(name, tone, len(some), some[:MOST_SHOWN]) for name, tone, some in told if some]
    return show(
        request,
        here,
        template,
        "articles",
        parcel=parcel,
        format=FORMATS[parcel.asked.format].name,
        report=report,
        summary=summary(report) if report else "",
        progress=parcel.progress,
        lists=lists,
    )
