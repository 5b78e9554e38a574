"""A project at a glance: plots whose every mark leads to the claims behind it, and each to keep."""

import csv
from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.attachments import to_save
from annotator.exchange.exporters.tables_csv import neutralise
from annotator.models import Status
from annotator.queries.asking import Desk
from annotator.queries.claims import Wanted
from annotator.queries.overview import offered
from annotator.queries.periods import days_of
from annotator.queries.work import without_claims
from sources.text.printable import printable

from ..access import Here, Visit, as_uuid, project_page
from ..overview_plots import VIEWS, Scope
from ..pages import show
from ..paging import address, choice, words
from ..plots.along_time import UNITS
from ..plots.drawing import Plot

FILTERS = ("period", "outlet", "status", "topic")


def _scope(request: Visit, here: Here) -> Scope:
    """What the address asks for; a field that says nothing sensible asks for nothing."""
    period = words(request, "period")
    status, topic = choice(request, "status", Status.values), words(request, "topic")[:60]
    outlet = as_uuid(request.GET.get("outlet", ""))
    wanted = Wanted(
        status=(status,) if status else (),
        topic=(topic,) if topic else (),
        outlet=(outlet,) if outlet else (),
        period=(period,) if days_of(period) else (),
        once=True,
    )
    return Scope(here.project, here.role, wanted, choice(request, "by", UNITS))


def _desk(here: Here, wanted: Wanted) -> Desk:
    """What every mark asks for besides."""
    kept = {name: str(value) for name in FILTERS for value in getattr(wanted, name)}
    return Desk(reverse("claims", args=[here.project.slug]), {**kept, "once": "yes"})


@require_safe
@project_page()
def overview(request: Visit, here: Here) -> HttpResponse:
    shown = choice(request, "show", VIEWS, "progress")
    scope = _scope(request, here)
    desk = _desk(here, scope.wanted)
    filtered = len(desk.kept) > 1
    plots = VIEWS[shown][1](scope)
    untouched = without_claims(here.project, here.role).count() if shown == "progress" and not filtered else 0
    kept = {name: value for name, value in desk.kept.items() if name != "once"}
    return show(
        request,
        here,
        "overview/overview.html",
        "overview",
        plots=plots,
        desk=desk,
        shown=shown,
        tabs=[(key, name, "?" + urlencode({"show": key, **kept})) for key, (name, _, _) in VIEWS.items()],
        wanted=kept,
        filtered=filtered,
        offered=offered(here.project),
        months=_months(kept.get("period", "")),
        statuses=[one for one in Status.choices if here.role or one[0] != Status.DRAFT],
        units=[(key, name, address(request.GET, by=key)) for key, name in UNITS.items()],
        unit=next((plot.columns[0].lower() for plot in plots if plot.key == "time"), ""),
        untouched=untouched,
        query=urlencode({**kept, **({"by": scope.unit} if scope.unit else {})}),
    )


def _months(period: str) -> list[str]:
    """Of the year that is asked for."""
    return [f"{period[:4]}-{month:02}" for month in range(1, 13)] if days_of(period[:4]) else []


@require_safe
@project_page()
def overview_plot(request: Visit, here: Here, plot: str, kind: str) -> HttpResponse:
    """A plot to keep: as a picture, its marks leading here, or as its numbers."""
    view = next((made for _, made, keys in VIEWS.values() if plot in keys), None)
    if view is None or kind not in ("svg", "csv"):
        raise Http404("There is no such plot, or it is not kept as that.")
    scope = _scope(request, here)
    desk = _desk(here, scope.wanted)
    desk = Desk(request.build_absolute_uri(desk.root), desk.kept)
    found = next((one for one in view(scope) if one.key == plot), None)
    if found is None:
        raise Http404("There is nothing to draw.")
    if kind == "csv":
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        csv.writer(answer).writerows(_lines(found, desk))
    else:
        given = {
            "plot": found,
            "drawing": found.drawing,
            "desk": desk,
            "kept": True,
            "project": printable(here.project.name),
        }
        answer = render(request, "overview/_drawing.svg.html", given, content_type="image/svg+xml")
    return to_save(answer, f"{here.project.slug}-{plot}.{kind}")


def _lines(plot: Plot, desk: Desk) -> Iterator[list[str]]:
    """The table, each line with the address of the claims of its last number."""
    yield [*plot.columns, "Address"]
    for row in plot.rows:
        last = row[-1].asks
        said = [str(cell.said) if cell.number else neutralise(str(cell.said)) for cell in row]
        yield [*said, desk.address(last) if last is not None else ""]
