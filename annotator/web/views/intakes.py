"""What becomes of articles that were handed over: progress, a line for each, and all of it as a file."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions import intakes as actions
from annotator.exchange.exporters.tables_csv import neutralise
from annotator.queries import intakes as query
from annotator.queries.taken_in import come_along, likely_pairs
from sources.actions.column_mappings import mappings_of
from sources.intake.columns import Columns, columns_from
from sources.models import ColumnMapping, Intake, IntakeItem, IntakeOutcome, Role

from ..access import Here, Visit, project_page
from ..forms.columns import LABELS
from ..pages import show
from ..paging import choice, page_of

COLUMNS = (
    "position",
    "name",
    "outcome",
    "title",
    "outlet",
    "published",
    "article_id",
    "text_number",
    "where",
    "why",
    "notes",
    "missing",
)
_ROWS = 500  # lines that are read at once


def _intake_or_404(here: Here, uuid: UUID) -> Intake:
    found = query.intake_of(here.project, uuid)
    if found is None:
        raise Http404("No such intake.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def intake(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """How far it is, with a line for each thing; htmx asks for that alone until it is over. POST stops it, or
    has a worker go on with it."""
    found = _intake_or_404(here, uuid)
    if request.method == "POST":
        if "again" in request.POST:
            actions.again(intake=found)
        else:
            actions.stop(by=request.user, intake=found)
        return redirect("intake", here.project.slug, uuid)
    outcome = choice(request, "outcome", IntakeOutcome.values)
    standing = query.standing(found)
    page = page_of(request, query.lines(found, outcome, newest_first=not found.ended))
    came = come_along(page.rows)
    likely = likely_pairs(here.project, [line.article_id for line in page.rows if line.article_id])
    said = str(standing.percent // 10) if found.state == "running" else found.state
    return show(
        request,
        here,
        "articles/_intake.html" if request.htmx else "articles/intake.html",
        "articles",
        intake=found,
        columns=() if request.htmx else _columns(found),
        standing=standing,
        outcome=outcome,
        outcomes=[(key, name, standing.counts.get(key, 0)) for key, name in IntakeOutcome.choices],
        page=page,
        told=[(line, came.get(line.snapshot_id), likely.get(line.article_id)) for line in page.rows],
        nobody_works=query.nobody_works(found),
        given_up=query.given_up(found),
        said=said,
        said_anew=request.headers.get("X-Said", "") != said,
    )


def _columns(found: Intake) -> list[tuple[ColumnMapping, list[tuple[str, str]], bool]]:
    """What its tables' columns were taken for, as (label, column), and whether that was remembered from
    before it."""
    told = found.options.get("columns", {})
    return [
        (mapping, _labelled(columns_from(told[mapping.key])), mapping.at < found.created_at)
        for mapping in mappings_of(found)
    ]


def _labelled(columns: Columns) -> list[tuple[str, str]]:
    return [(label, columns.fields[field]) for field, label in LABELS.items() if field in columns.fields]


@require_safe
@project_page(Role.ANNOTATOR)
def intake_csv(request: Visit, here: Here, uuid: UUID) -> StreamingHttpResponse:
    """The whole report, never shown in the browser."""
    found = _intake_or_404(here, uuid)
    answer = StreamingHttpResponse(_written(found), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{here.project.slug}-taken-in-{found.pk}.csv"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _written(found: Intake) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for line in query.lines(found).iterator(_ROWS):
        writer.writerow([neutralise(cell) for cell in _cells(line)])
        if buffer.tell() > 65536:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cells(line: IntakeItem) -> list[str]:
    article, told = line.article, line.told
    return [
        str(line.position + 1),
        line.name,
        line.outcome,
        article.title if article else "",
        str(article.publication or "") if article else "",
        article.published if article else "",
        str(article.uuid) if article else "",
        str(line.text_number or ""),  # type: ignore[attr-defined]  # annotated by the query
        told.get("where", ""),
        told.get("why", ""),
        "; ".join(told.get("notes", [])),
        "; ".join(told.get("missing", [])),
    ]
