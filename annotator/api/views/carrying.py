"""What became of the annotations of an article that was taken again, and what is decided on each."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import carrying_decisions as decisions
from annotator.actions.carrying_places import place_found, place_selected
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.problems import Problem, understood
from annotator.api.shapes import carrying as shapes
from annotator.api.shapes.page import choice
from annotator.intents.carrying import Decide, parse_decision, parse_many
from annotator.queries.articles import article_of
from annotator.queries.carrying_json import became_json
from annotator.queries.carryings import became
from sources.models import Article, Project, Role
from sources.text.offsets import Extent

ONLY = ("moved", "changed", "orphaned", "left")


class CarryingView(ProjectView):
    @extend_schema(
        summary="List what waits to be carried to an article's newest text",
        parameters=[choice("only", "Of this fate alone, or those that were left.", list(ONLY))],
        responses=shapes.CarryingTold,
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What did not come along by itself: each unit with its old words beside the place where they are
        thought to stand. For annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        only = Parameters(request, "only").choice("only", ONLY)
        return Response(became_json(became(_found(project, uuid), only)))

    @extend_schema(
        summary="Confirm many as proposed",
        request=shapes.ManyConfirmedSent,
        responses=shapes.ManyConfirmed,
        examples=[shapes.MANY],
    )
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """412, and none is confirmed, where one is not what was seen any more."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            asked = parse_many(request.data)
        article = _found(project, uuid)
        try:
            done, refused = decisions.confirm_all(by=request.user, article=article, shown=asked.shown)
        except decisions.LookAgain as stale:
            raise _look_again(stale) from stale
        reopened = [str(claim) for one in done for claim in one.reopened]
        whys = [one.message for one in refused]
        return Response({"confirmed": len(done), "reopened": reopened, "refused": whys})


class CarryingLookView(ProjectView):
    @extend_schema(
        summary="Look for what was not looked for yet", request=None, responses=shapes.CarryingTold
    )
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """What was marked on earlier texts, or changed there, since the newest one came: what is certain
        comes along, the rest waits."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        article = _found(project, uuid)
        decisions.look_again(by=request.user, article=article)
        return Response(became_json(became(article)))


class CarryingUnitView(ProjectView):
    @extend_schema(
        summary="Decide where a unit stands now",
        request=shapes.CarryingDecision,
        responses=shapes.CarryingDecided,
        examples=[shapes.A_DECISION],
    )
    def post(self, request: Request, slug: str, uuid: UUID, unit: UUID) -> Response:
        """`confirm` carries it to the newest text: each part to its place among `places`, else to where it
        was proposed. A claim that says something else there goes back to the reviewers. `leave` keeps it on
        the old text, where it may be placed later."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_decision(request.data)
        article = _found(project, uuid)
        if intent.decision == "leave":
            decisions.leave(by=request.user, article=article, uuid=unit)
            return Response({"carried": 0, "reopened": [], "taken_off": []})
        try:
            settled = decisions.confirm(
                by=request.user,
                article=article,
                uuid=unit,
                chosen=_places(article, intent),
                without=intent.without,
                without_words=intent.without_words,
                shown=intent.seen,
            )
        except decisions.LookAgain as stale:
            raise _look_again(stale) from stale
        told = {"carried": settled.carried, "taken_off": settled.taken_off}
        return Response(told | {"reopened": [str(claim) for claim in settled.reopened]})


def _places(article: Article, intent: Decide) -> dict[UUID, Extent]:
    """Raises Refused."""
    newest = article.snapshots.order_by("-number").first()
    if newest is None:
        return {}
    return {
        one.part: place_found(newest, f"places.{number}", one.words)
        if one.extent is None
        else place_selected(newest, f"places.{number}", one.words, one.extent)
        for number, one in enumerate(intent.places)
    }


def _look_again(stale: decisions.LookAgain) -> Problem:
    told = {"field": "seen", "rule": "as_shown", "message": f"{stale.unit} was changed since"}
    return Problem(412, f"{stale}.", [told])


def _found(project: Project, uuid: UUID) -> Article:
    """Raises Http404."""
    article = article_of(project, uuid)
    if article is None:
        raise Http404
    return article
