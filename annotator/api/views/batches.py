"""Acts on many claims: looked at, done as one or not at all, told, and taken back claim by claim."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import batches as actions
from annotator.actions.batches import NotAsShown, Outcome
from annotator.api import lists
from annotator.api.access import ProjectView
from annotator.api.problems import Problem, understood
from annotator.api.shapes import batch as shapes
from annotator.api.shapes.page import PAGE, page_of
from annotator.intents.batch import ActOnMany, CodeMany, parse_act
from annotator.models import Batch
from annotator.queries import batches as query
from annotator.queries.batch_json import LATEST_FIRST, batch_json, batch_rows_json, batches_listed
from annotator.queries.speakers import actor_of
from sources.models import Project, Role

NEEDS = {"code": Role.ANNOTATOR, "decide": Role.REVIEWER}


class BatchesView(ProjectView):
    @extend_schema(summary="List acts on many", parameters=[*PAGE], responses=page_of(shapes.BatchShape))
    def get(self, request: Request, slug: str) -> Response:
        """The latest first. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = lists.Parameters(request, paged=True)

        def tell(keys: list[Any]) -> list[Any]:
            return [batch_json(one) for one in batches_listed(project).filter(pk__in=keys).order_by("-pk")]

        return lists.page(asked, Batch.objects.filter(project=project), LATEST_FIRST, tell)


class BatchLookView(ProjectView):
    @extend_schema(
        summary="Look at what an act on many would do",
        request=shapes.BatchSent,
        responses=shapes.Outcomes,
        examples=[shapes.AN_ACT],
    )
    def post(self, request: Request, slug: str) -> Response:
        """It is done, looked at and taken back: nothing of it stays."""
        project, act = _act(self, request, slug, on_sight=False)
        outcomes = actions.look(
            by=request.user, project=project, deed=act.act, intent=act.intent, rows=act.rows
        )
        return Response({"outcomes": [_outcome(one) for one in outcomes]})


class BatchView(ProjectView):
    @extend_schema(summary="Read an act on many", responses=shapes.BatchAnswer)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """With what became of each claim. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        return Response({"batch": _told(project, uuid)})

    @extend_schema(
        summary="Do one thing to many claims, or to none",
        request=shapes.BatchSent,
        responses={200: shapes.BatchAnswer, 201: shapes.BatchAnswer},
        examples=[shapes.AN_ACT],
    )
    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Under a UUID of the client's making, so that doing it twice is doing it once. Each claim says its
        version and the latest decision that were seen: 412 with those that are otherwise or refuse, and then
        nothing is done."""
        project, act = _act(self, request, slug, on_sight=True)
        known = Batch.objects.filter(project=project, uuid=uuid).exists()
        try:
            actions.carry_out(
                by=request.user,
                project=project,
                deed=act.act,
                intent=act.intent,
                rows=act.rows,
                uuid=uuid,
                said=_said(project, act),
            )
        except NotAsShown as error:
            raise _not_as_shown(error, act) from error
        return Response({"batch": _told(project, uuid)}, status=200 if known else 201)


class BatchUndoneView(ProjectView):
    @extend_schema(summary="Take back an act on many", request=None, responses=shapes.BatchUndone)
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Each claim gets back what it had, but for those that were changed since; once more tries these."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        found = query.batch_of(project, uuid)
        if found is None:
            raise Http404
        self.enter(request, slug, NEEDS[found.deed])
        number, left = actions.undo(by=request.user, project=project, uuid=uuid)
        told = [{"claim": str(claim), "why": why} for claim, why in left]
        return Response({"given_back": number, "left": told, "batch": _told(project, uuid)})


def _act(view: ProjectView, request: Request, slug: str, *, on_sight: bool) -> tuple[Project, ActOnMany]:
    """Raises Problem (403) where the act needs a higher role."""
    project, _ = view.enter(request, slug, Role.ANNOTATOR)
    with understood():
        act = parse_act(request.data, on_sight=on_sight)
    view.enter(request, slug, NEEDS[act.act])
    return project, act


def _said(project: Project, act: ActOnMany) -> list[tuple[str, str]]:
    if not isinstance(act.intent, CodeMany):
        return query.said_of_decision(act.intent)
    speaker = actor_of(project, act.intent.speaker) if act.intent.speaker else None
    return query.said_of_coding(act.intent, query.codes_to_give(project), speaker)


def _told(project: Project, uuid: UUID) -> dict[str, Any]:
    batch = batches_listed(project).filter(uuid=uuid).first()
    if batch is None:
        raise Http404
    return batch_json(batch) | {"rows": batch_rows_json(batch)}


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "claim": str(one.picked.claim),
        "version": one.picked.version,
        "review": one.picked.review,
        "refused": one.refused,
        "why": one.why,
        "was": one.was,
        "became": one.became,
    }


def _not_as_shown(error: NotAsShown, act: ActOnMany) -> Problem:
    """412 naming each claim that stands in the way."""
    places = {row.claim: number for number, row in enumerate(act.rows)}
    told = [
        {
            "item": places[one.picked.claim],
            "field": f"claims.{places[one.picked.claim]}",
            "rule": "as_shown",
            "message": one.why,
        }
        for one in error.outcomes
        if one.refused
    ]
    return Problem(412, "Nothing was done: some claims are not as they were seen, or refuse it.", told)
