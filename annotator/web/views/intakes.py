"""What becomes of articles that were handed over: progress, a line for each, and all of it as a file."""

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from annotator.actions import intakes as actions
from annotator.actions.refused_again import again_refused
from annotator.attachments import to_save
from annotator.exchange.exporters.tables_csv import neutralise
from annotator.queries import intakes as query
from annotator.queries.taken_in import come_along, likely_pairs
from sources.actions.column_mappings import mappings_of
from sources.actions.disk_room import has_room
from sources.actions.standing import why_held
from sources.actions.sweeping import kept_until
from sources.intake.columns import Columns, columns_from
from sources.intake.table_bytes import encoding_in_words
from sources.models import ColumnMapping, Intake, IntakeItem, IntakeOutcome, Role

from ..access import Here, Visit, demand, project_page
from ..forms.columns import LABELS
from ..pages import show
from ..paging import choice, page_of

COLUMNS = (
    "position",
    "name",
    "outcome",
    "in_words",
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


def _tried(request: Visit, here: Here, found: Intake) -> Intake:
    """Does what was posted; the intake to look at then."""
    demand(here, Role.ANNOTATOR)
    if "refused" in request.POST:
        return again_refused(by=request.user, intake=found) or found
    if "again" in request.POST:
        actions.again(intake=found)
    else:
        actions.stop(by=request.user, intake=found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def intake(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """How far it is, with a line for each thing; htmx asks for that alone until it is over. POST stops it,
    has a worker go on with it, or tries the addresses that were refused again, once."""
    found = _intake_or_404(here, uuid)
    if request.method == "POST":
        return redirect("intake", here.project.slug, _tried(request, here, found).uuid)
    outcome = choice(request, "outcome", IntakeOutcome.values)
    standing = query.standing(found)
    page = page_of(request, query.lines(found, outcome, newest_first=not found.ended))
    came = come_along(page.rows)
    likely = likely_pairs(here.project, [line.article_id for line in page.rows if line.article_id])
    held, refused = why_held(found), query.refused_addresses(found)
    said = "held" if held else str(standing.percent // 10) if found.state == "running" else found.state
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
        held=held,
        no_room=not found.ended and not has_room(),
        refused=refused,
        tried_again=query.tried_again(found) if refused else None,
        kept_until=kept_until(found),
        said=said,
        said_anew=request.headers.get("X-Said", "") != said,
    )


def _columns(found: Intake) -> list[tuple[ColumnMapping, list[tuple[str, str]], bool, str]]:
    """What its tables' columns were taken for, as (label, column), whether that was remembered from before
    it, and the encoding that was said of them, or empty."""
    told = found.options.get("columns", {})
    return [
        (mapping, _labelled(said), mapping.at < found.created_at, encoding_in_words(said.encoding))
        for mapping in mappings_of(found)
        for said in (columns_from(told[mapping.key]),)
    ]


def _labelled(columns: Columns) -> list[tuple[str, str]]:
    return [(label, columns.fields[field]) for field, label in LABELS.items() if field in columns.fields]


@require_safe
@project_page(Role.VIEWER)
def intake_csv(request: Visit, here: Here, uuid: UUID) -> StreamingHttpResponse:
    """The whole report, never shown in the browser; of one that may not go on the last line says why."""
    found = _intake_or_404(here, uuid)
    answer = StreamingHttpResponse(_written(found), content_type="text/csv; charset=utf-8")
    return to_save(answer, f"{here.project.slug}-taken-in-{found.pk}.csv")


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
    if why := why_held(found):
        rest = dict.fromkeys(COLUMNS, "") | {"name": found.name, "outcome": "waiting", "why": why}
        writer.writerow([neutralise(cell) for cell in rest.values()])
    yield buffer.getvalue().encode()


def _cells(line: IntakeItem) -> list[str]:
    article, told = line.article, line.told
    return [
        str(line.position + 1),
        line.name,
        line.outcome,
        line.get_outcome_display(),
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
