"""What the columns of tables mean: asked before a table is taken in, remembered, and changed."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap, retarget

from annotator.actions.intakes import go_on_if_answered, say_columns
from annotator.queries.asked_columns import SHOWN_ROWS, Asked, alone, asked_of
from annotator.queries.intakes import intake_of
from sources.actions.column_mappings import StaleMapping, forget, mapping_of, say_anew
from sources.intake.article import ReadArticle
from sources.intake.columns import BadColumns, Columns, columns_from
from sources.intake.csv_table import SEPARATORS
from sources.intake.refusal import Refusal
from sources.intake.row_article import article_of
from sources.intake.table import value_of
from sources.intake.table_bytes import encoding_in_words
from sources.intake.table_sample import Held, Sample
from sources.models import ColumnMapping, Intake, IntakeState, Role

from ..access import Here, Visit, project_page
from ..forms.columns import LABELS, ColumnsForm
from ..pages import show

SHOWN_COLUMNS = 60
_SHOWN_TEXT = 700  # code points
_SHOWN_CELL = 120
_RECORD = ("title", "subtitle", "authors", "outlet", "original_outlet", "url", "section", "language")


@dataclass(frozen=True)
class Preview:
    """The first row as it will be stored, or why it is refused, and those of the rows looked at that are."""

    article: ReadArticle | Refusal
    where: str
    faults: list[Refusal]
    unclear: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return isinstance(self.article, Refusal)

    @property
    def record(self) -> list[tuple[str, str]]:
        """What is told of it, in words."""
        if isinstance(self.article, Refusal):
            return []
        told = {field: getattr(self.article, field) for field in _RECORD}
        told["authors"] = "; ".join(self.article.authors)
        return [(LABELS[field], value) for field, value in told.items() if value]

    @property
    def published(self) -> str | None:
        return None if isinstance(self.article, Refusal) else self.article.published_edtf

    @property
    def modified(self) -> str | None:
        return None if isinstance(self.article, Refusal) else self.article.modified_edtf

    @property
    def opening(self) -> str:
        text = "" if isinstance(self.article, Refusal) else self.article.text.strip()
        return text if len(text) <= _SHOWN_TEXT else f"{text[: _SHOWN_TEXT - 1].rstrip()}…"


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def intake_columns(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Asks about one kind of table after another; the answer to the last has all of it taken in."""
    intake = intake_of(here.project, uuid)
    if intake is None:
        raise Http404("No such intake.")
    if intake.state != IntakeState.ASKING:
        return redirect("intake", here.project.slug, uuid)
    with asked_of(intake, request.POST.get("encoding", "")) as asked:
        if asked is None:
            go_on_if_answered(by=request.user, intake=intake)
            return redirect("intake", here.project.slug, uuid)
        return _asked(request, here, intake, asked)


def _asked(request: Visit, here: Here, intake: Intake, asked: Asked) -> HttpResponse:
    sample, declared = asked.sample, asked.declared
    names = sample.table.columns
    posted = request.POST if request.method == "POST" else None
    # Other letters, and so perhaps other names of columns: looked at again before anything begins.
    anew = posted is not None and posted.get("shown", "") != declared
    not_so = request.POST.get("encoding", "") not in ("", declared)
    if posted is not None and anew:
        form = ColumnsForm.read_anew(names, posted.dict(), asked.proposed, declared)
    else:
        form = ColumnsForm(names, posted, initial=ColumnsForm.of(asked.proposed) | {"encoding": declared})
    columns = asked.proposed if posted is None else form.columns()
    starting = posted is not None and posted.get("step") == "start" and not anew
    if starting and columns is not None and not not_so:
        columns, letters = asked.answer(columns)
        say_columns(by=request.user, intake=intake, names=names, columns=columns, letters=letters)
        # Where another table is left to be asked about, that page leads back here.
        return redirect("intake_columns", here.project.slug, intake.uuid)
    fragment = "articles/_columns.html" if anew or posted is None else "articles/_columns_answer.html"
    answer = show(
        request,
        here,
        fragment if request.htmx else "articles/columns.html",
        "articles",
        422 if starting else 200,
        intake=intake,
        form=form,
        table=sample.table,
        declared=declared,
        not_so=not_so,
        alone=alone(intake),
        encoding=encoding_in_words(sample.table.encoding),
        separator=SEPARATORS.get(sample.table.separator, ""),
        looked_at=len(sample.rows) + len(sample.bad),
        proven=sample.order_of(columns)[1] if columns else "",
        fields=[(field, bound, sample.column(bound.value() or "")) for field, bound in form.selects],
        held=[(held, _share(held, sample)) for held in sample.held[:SHOWN_COLUMNS]],
        left=max(0, len(sample.held) - SHOWN_COLUMNS),
        rows=_first_rows(sample),
        preview=_preview(sample, columns) if columns and "text" in columns.fields and sample.rows else None,
    )
    return retarget(reswap(answer, "outerHTML"), "#columns") if request.htmx and anew else answer


def _share(held: Held, sample: Sample) -> int:
    return held.filled * 100 // max(1, len(sample.rows))


def _first_rows(sample: Sample) -> list[tuple[str, list[str]]]:
    shown = sample.table.columns[:SHOWN_COLUMNS]
    return [
        (row.where, [_cell(value_of(row.cells.get(name, ""))) for name in shown])
        for row in sample.rows[:SHOWN_ROWS]
    ]


def _cell(value: str) -> str:
    line = " ".join(value[: 4 * _SHOWN_CELL].split())
    return line if len(line) <= _SHOWN_CELL else f"{line[: _SHOWN_CELL - 1]}…"


def _preview(sample: Sample, columns: Columns) -> Preview:
    faults = sample.faults(columns)
    faulty = {fault.where.partition(",")[0] for fault in faults}
    first = next((row for row in sample.rows if row.where not in faulty), sample.rows[0])
    article = article_of(first, columns, sample.table.name)
    return Preview(article, first.where, faults, sample.unclear(columns) if not columns.order else ())


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def column_mapping(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What is remembered of some columns; saying it anew holds from the next table on. Whoever was shown
    another version of it is told what stands now, and keeps what they chose."""
    mapping = mapping_of(here.project, uuid)
    if mapping is None:
        raise Http404("No such mapping.")
    form, stale = ColumnsForm(mapping.names, initial=ColumnsForm.of(_said(mapping))), None
    if request.method == "POST":
        form = ColumnsForm(mapping.names, request.POST)
        try:
            if done := _changed(request, mapping, form):
                messages.success(request, done)
                if "forget" in request.POST:
                    return redirect("article_import", here.project.slug)
                return redirect("column_mapping", here.project.slug, uuid)
        except StaleMapping as error:
            if error.current is None:
                messages.error(request, "Nothing was saved: somebody had these columns forgotten meanwhile.")
                return redirect("article_import", here.project.slug)
            mapping = stale = error.current
            if "forget" in request.POST:
                form = ColumnsForm(mapping.names, initial=ColumnsForm.of(_said(mapping)))
    return show(
        request,
        here,
        "articles/column_mapping.html",
        "articles",
        409 if stale else 422 if form.errors else 200,
        form=form,
        fields=[(field, bound, None) for field, bound in form.selects],
        mapping=mapping,
        stale=form.in_words(_said(stale)) if stale else None,
    )


def _changed(request: Visit, mapping: ColumnMapping, form: ColumnsForm) -> str:
    """What was done, in words; nothing where the form is refused. Raises StaleMapping."""
    told = request.POST.get("version", "")
    version = (
        int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0
    )  # 0: none that there is
    if "forget" in request.POST:
        forget(by=request.user, mapping=mapping, version=version)
        return "Forgotten. The next table with these columns is asked about."
    if (columns := form.columns()) is None:
        return ""
    columns = replace(columns, encoding=form.cleaned_data["encoding"])
    say_anew(by=request.user, mapping=mapping, columns=columns, version=version)
    return "Saved. It holds for the next table with these columns; what is in stays."


def _said(mapping: ColumnMapping) -> Columns:
    """Nothing, where it is of a version of the app that said what can no longer be read."""
    try:
        return columns_from(mapping.meaning)
    except BadColumns:
        return Columns()
