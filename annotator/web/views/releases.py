"""Releases: the list and asking for one, one of them, and its file."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions.releases import is_awaited
from annotator.attachments import ALONE
from annotator.exchange.citing import cited
from annotator.exchange.contents import contents
from annotator.exchange.release_file import path_of, progress_of, workbook_of
from annotator.exchange.taken_away import noted
from annotator.intents.release import scope_from
from annotator.intents.site import kept_out
from annotator.models import Release, ReleaseState
from annotator.queries import releases as query
from sources.models import Role
from sources.request_id import request_id

from ..access import Here, Visit, demand, project_page
from ..forms.releases import ReleaseForm
from ..pages import show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def release_or_404(here: Here, number: int) -> Release:
    found = query.release_numbered(here.project, number, here.role) if number < 2**31 else None
    if found is None:
        raise Http404("No such release.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def releases(request: Visit, here: Here) -> HttpResponse:
    site = request.build_absolute_uri("/")
    form = ReleaseForm(here.project, initial={"site": site}) if here.may_review else None
    taken = None
    if request.method == "POST":
        demand(here, Role.REVIEWER)
        form = ReleaseForm(here.project, request.POST, initial={"site": site})
        if form.is_valid() and "count" in request.POST:
            taken = form.count()
        elif form.is_valid() and (made := form.ask(by=request.user, site=site)):
            return redirect("release", here.project.slug, made.number)
    return show(
        request,
        here,
        "releases/list.html",
        "releases",
        422 if form and form.errors else 200,
        releases=list(query.releases_of(here.project, here.role)),
        form=form,
        taken=taken,
        begins=form.begins() if form else "",
        kept_out=kept_out(form.begins()) if form else "",
    )


@require_safe
@project_page(Role.REVIEWER)
def release_count(request: Visit, here: Here) -> HttpResponse:
    """How many claims a release of what is chosen would take, or why it would take none."""
    form = ReleaseForm(here.project, request.GET)
    taken = form.count() if form.is_valid() else None
    return show(request, here, "releases/_taken.html", "releases", form=form, taken=taken)


@require_safe
@project_page()
def release(request: Visit, here: Here, number: int) -> HttpResponse:
    """One release; htmx asks for its state alone until it is ready."""
    found = release_or_404(here, number)
    template = "releases/_state.html" if request.htmx else "releases/release.html"
    address = request.build_absolute_uri(request.path)
    scope = scope_from(found.filter)
    site = found.filter.get("site", "")
    told = {"scope": scope, "begins": site, "kept_out": kept_out(site)}
    return show(request, here, template, "releases", release=found, **told, **_files(found, address))


def _files(found: Release, address: str) -> dict[str, Any]:
    """What is in its file, the size in bytes of the workbook beside it, and how it is cited."""
    if found.state != ReleaseState.READY:
        return {"progress": progress_of(found)}
    workbook = workbook_of(found)
    return {
        "cited": cited(found, address),
        "parts": contents(path_of(found)),
        "workbook": workbook.stat().st_size if workbook.is_file() else None,
    }


@require_safe
@project_page()
def release_download(request: Visit, here: Here, number: int) -> HttpResponse | FileResponse:
    """The ZIP, never shown in the browser: it holds words that strangers wrote."""
    found = release_or_404(here, number)
    answer = _file(found, path_of, "application/zip")
    if request.method == "GET" and request.user.is_authenticated and is_awaited(found):
        answer.streaming_content = noted(iter(answer), found, request.user, request_id())
    return answer


@require_safe
@project_page()
def release_workbook(request: Visit, here: Here, number: int) -> HttpResponse | FileResponse:
    """The tables as XLSX, never shown in the browser either."""
    return _file(release_or_404(here, number), workbook_of, XLSX)


def _file(found: Release, place: Callable[[Release], Path], content_type: str) -> FileResponse:
    if found.state != ReleaseState.READY:
        raise Http404("This release has no file yet.")
    path = place(found)
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise Http404("This file of the release is not in the data folder.") from error
    answer = FileResponse(opened, as_attachment=True, filename=path.name, content_type=content_type)
    answer["Content-Security-Policy"] = ALONE
    return answer
