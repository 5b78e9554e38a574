"""What the columns of tables mean: what an intake asks, the answer, and what is remembered."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.intakes import go_on_if_answered, say_columns
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.parsing import version_asked
from annotator.api.problems import understood
from annotator.api.shapes import columns as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.intents.columns import SayColumns, parse_columns
from annotator.intents.refusal import Refused
from annotator.queries.asked_columns import (
    ENCODINGS,
    NEWEST,
    Asked,
    asked_json,
    asked_of,
    mapping_json,
    mappings_json,
    shown,
)
from annotator.queries.intake_json import intakes_json
from sources.actions.column_mappings import forget, mapping_of, say_anew
from sources.intake.columns import BadColumns, Columns, checked
from sources.models import ColumnMapping, Intake, IntakeState, Project, Role

from .intakes import intake_or_404


class IntakeColumnsView(ProjectView):
    @extend_schema(
        summary="Read what an intake asks of a table's columns",
        parameters=[
            choice("encoding", "Look at the table, if it is one alone, as written so.", list(ENCODINGS))
        ],
        responses=shapes.ColumnsAsked,
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Of one kind of table after another: what its columns hold and what their names propose. For
        annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        declared = Parameters(request, "encoding").choice("encoding", ENCODINGS)
        intake = intake_or_404(project, uuid)
        if intake.state != IntakeState.ASKING:
            return Response(asked_json(None))
        with asked_of(intake, declared) as asked:
            return Response(asked_json(asked))

    @extend_schema(
        summary="Say what a table's columns mean",
        request=shapes.ColumnsSent,
        responses=shapes.ColumnsAnswered,
        examples=[shapes.AN_ANSWER],
    )
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Remembered of these columns in this project. After the answer to the last table a worker takes all
        of it in; else ask again for the next. Answering what is asked no more changes nothing."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            said = parse_columns(request.data)
            if said.encoding and said.encoding not in ENCODINGS:
                raise Refused("encoding", "choice", f"must be one of {', '.join(ENCODINGS)}")
        intake = intake_or_404(project, uuid)
        over = intake.state != IntakeState.ASKING or self._answered(request, intake, said)
        (told,) = intakes_json([intake.pk])
        return Response({"over": over, "intake": told})

    def _answered(self, request: Request, intake: Intake, said: SayColumns) -> bool:
        with asked_of(intake, said.encoding) as asked:
            if asked is None:
                return go_on_if_answered(by=request.user, intake=intake)
            columns, letters = asked.answer(_as_said(asked, said))
            names = asked.sample.table.columns
            return say_columns(by=request.user, intake=intake, names=names, columns=columns, letters=letters)


class ColumnMappingsView(ProjectView):
    @extend_schema(
        summary="List what is remembered of columns",
        parameters=[*PAGE],
        responses=page_of(shapes.ColumnMappingShape),
    )
    def get(self, request: Request, slug: str) -> Response:
        """The newest first: tables with the very same columns are not asked about again. For annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        asked = Parameters(request, paged=True)
        found = ColumnMapping.objects.filter(project=project)
        return page(asked, found, NEWEST, mappings_json)


class ColumnMappingView(ProjectView):
    @extend_schema(
        summary="Read what is remembered of columns",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.ColumnMappingShape, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        Parameters(request)
        return _mapping(request, _found(project, uuid))

    @extend_schema(
        summary="Say anew what columns mean",
        request=shapes.ColumnMappingSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.ColumnMappingShape,
        examples=[shapes.A_MAPPING],
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The whole of it: it holds from the next table with these columns on. Sending it twice is sending it
        once."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            said = parse_columns(request.data, named=False)
        mapping = _found(project, uuid)
        columns = replace(_checked(mapping.names, said), encoding=said.encoding)
        return _mapping(request, remembered_anew(request, mapping, columns, version))

    @extend_schema(summary="Forget what columns mean", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """The next table with these columns is asked about."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        mapping = _found(project, uuid)
        forget(by=request.user, mapping=mapping, version=versions.needed(request))
        return Response(status=204)


def remembered_anew(
    request: Request, mapping: ColumnMapping, columns: Columns, version: int | None
) -> ColumnMapping:
    """Raises Refused for an encoding that is none, and what `say_anew` raises."""
    try:
        return say_anew(by=request.user, mapping=mapping, columns=columns, version=version)
    except BadColumns as error:
        raise Refused(error.field, "columns", str(error)) from error


def _found(project: Project, uuid: UUID) -> ColumnMapping:
    """Raises Http404."""
    mapping = mapping_of(project, uuid)
    if mapping is None:
        raise Http404
    return mapping


def _mapping(request: Request, mapping: ColumnMapping) -> Response:
    return versions.tagged(request, mapping_json(mapping), mapping.version)


def _as_said(asked: Asked, said: SayColumns) -> Columns:
    """Raises Refused where it was said of another table, or cannot be."""
    names = asked.sample.table.columns
    if set(said.names) != {shown(name) for name in names}:
        raise Refused("names", "as_shown", "are not those of the table that is asked about: look at it again")
    return _checked(names, said)


def _checked(names: Sequence[str], said: SayColumns) -> Columns:
    """Raises Refused where it cannot be."""
    called = {shown(name): name for name in names}
    meant = {field: called.get(column, column) for field, column in said.columns.items()}
    columns = Columns(meant, said.order, said.outlet, said.language, said.markup)
    try:
        return checked(columns, names)
    except BadColumns as error:
        at = f"columns.{error.field}" if error.field in (*said.columns, "text") else error.field
        raise Refused(at, "columns", str(error)) from error
