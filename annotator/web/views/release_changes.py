"""What changed between two releases: which rows, and what in them; as files too."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions.releases import request_comparison
from annotator.attachments import to_save
from annotator.exchange.difference_file import (
    find,
    forget_refusal,
    found_at,
    refusal_of,
    small,
)
from annotator.exchange.difference_list import WHAT, Differences, as_csv, as_json, differences_in
from annotator.exchange.differences import NotComparable
from annotator.models import Release, ReleaseState
from annotator.queries import releases as query
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..pages import show
from ..paging import PAGE_SIZE, Page, address
from .releases import release_or_404

FILES: dict[str, tuple[Callable[[Path], Iterator[bytes]], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "json": (as_json, "application/json"),
}


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def release_changes(request: Visit, here: Here, number: int) -> HttpResponse:
    """Since the release that `?since=` numbers, or the one before. Large ones are compared by a job, which
    members alone ask for; the page waits for it. POST, a member's, has them compared that could not be."""
    if request.method == "POST":
        demand(here, Role.VIEWER)
    new, old, others = _pair(request, here, number)
    if request.method == "POST":
        if old is not None:
            forget_refusal(old, new)
        return redirect(request.get_full_path())
    told: dict[str, Any] = {"new": new, "old": old, "others": others}
    if old is not None:
        told |= _found(request, here, old, new)
    template = "releases/_changes.html" if request.htmx else "releases/changes.html"
    return show(request, here, template, "releases", 422 if told.get("refused") else 200, **told)


@require_safe
@project_page()
def release_changes_file(
    request: Visit, here: Here, number: int, kind: str
) -> HttpResponse | StreamingHttpResponse:
    """All of it as CSV or JSON, never shown in the browser."""
    new, old, _ = _pair(request, here, number)
    if kind not in FILES or old is None or not found_at(old, new).is_file():
        raise Http404("These releases were not compared yet.")
    write, content_type = FILES[kind]
    answer = StreamingHttpResponse(write(found_at(old, new)), content_type=content_type)
    name = f"{here.project.slug}-release-{new.number}-since-{old.number}.{kind}"
    return to_save(answer, name)


def _pair(request: Visit, here: Here, number: int) -> tuple[Release, Release | None, list[Release]]:
    new = release_or_404(here, number)
    ready = [one for one in query.releases_of(here.project, here.role) if one.state == ReleaseState.READY]
    if new not in ready:
        raise Http404("This release has no file yet.")
    others = [one for one in ready if one != new]
    asked = request.GET.get("since", "")
    if asked:
        old = next((one for one in others if str(one.number) == asked), None)
        if old is None:
            raise Http404("No such release.")
    else:
        old = next((one for one in others if one.number < number), None)
    return new, old, others


def _found(request: Visit, here: Here, old: Release, new: Release) -> dict[str, Any]:
    path = found_at(old, new)
    if not path.is_file():
        if small(old, new):
            try:
                find(old, new)
            except NotComparable as error:
                return {"refused": str(error)}
        else:
            return _of_a_job(here, old, new)
    with differences_in(path) as found:
        return _shown(request, found)


def _of_a_job(here: Here, old: Release, new: Release) -> dict[str, Any]:
    """Where nothing was found yet: what to tell, having asked for it if that is due."""
    refusal = refusal_of(old, new)
    if refusal and refusal.final:
        return {"refused": refusal.why, "again": here.may(Role.VIEWER)}
    if here.role is None:
        return {"members_only": True}
    if refusal is None or refusal.due:
        request_comparison(old=old, new=new)
    return {"waiting": True, "delayed": refusal.why if refusal else ""}


def _shown(request: Visit, found: Differences) -> dict[str, Any]:
    tables = found.tables()
    table = next((one for one in tables if one.name == request.GET.get("table")), None)
    what = request.GET.get("what") if request.GET.get("what") in WHAT else ""
    chosen = [
        one.number(kind) for one in ([table] if table else tables) for kind in WHAT if what in ("", kind)
    ]
    asked, total = request.GET.get("page", ""), sum(chosen)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = max(1, min(number, -(-total // PAGE_SIZE)))
    start = (number - 1) * PAGE_SIZE
    rows = list(found.rows(table.name if table else "", what or "", PAGE_SIZE, start))
    before = address(request.GET, page=number - 1) if number > 1 else ""
    after = address(request.GET, page=number + 1) if start + len(rows) < total else ""
    return {
        "tables": [one for one in tables if not one.same],
        "cut": found.cut,
        "table": table,
        "what": what,
        "page": Page(rows, number, PAGE_SIZE, total, before, after),
    }
