"""What the columns of tables mean: what an intake asks, and the answer."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.intakes import go_on_if_answered, say_columns
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.problems import understood
from annotator.api.shapes import columns as shapes
from annotator.api.shapes.page import choice
from annotator.intents.columns import SayColumns, parse_columns
from annotator.intents.refusal import Refused
from annotator.queries.asked_columns import ENCODINGS, Asked, asked_json, asked_of, shown
from annotator.queries.intake_json import intakes_json
from sources.intake.columns import BadColumns, Columns, checked
from sources.models import Intake, IntakeState, Role

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


def _as_said(asked: Asked, said: SayColumns) -> Columns:
    """Raises Refused where it was said of another table, or cannot be."""
    names = asked.sample.table.columns
    called = {shown(name): name for name in names}
    if set(said.names) != called.keys():
        raise Refused("names", "as_shown", "are not those of the table that is asked about: look at it again")
    meant = {field: called.get(column, column) for field, column in said.columns.items()}
    columns = Columns(meant, said.order, said.outlet, said.language, said.markup)
    try:
        return checked(columns, names)
    except BadColumns as error:
        at = f"columns.{error.field}" if error.field in (*said.columns, "text") else error.field
        raise Refused(at, "columns", str(error)) from error
