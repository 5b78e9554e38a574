"""One claim: read, handed in, judged, and its type or its speaker corrected."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import recoding, reviews
from annotator.actions.claims import submit
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked, words_asked
from annotator.api.problems import understood
from annotator.api.shapes import claim as shapes
from annotator.api.shapes.annotation import AnnotationAnswer, ClaimAnswer
from annotator.api.shapes.choices import Speakers
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.api.shapes.page import words
from annotator.intents.recode import parse_recode
from annotator.intents.review import parse_decision, parse_submission
from annotator.models import Annotation, Claim
from annotator.queries.claims_listed import claims_json, reviews_json, reviews_like
from annotator.queries.standing import waiting_for_review
from annotator.queries.who_speaks import speakers_proposed
from sources.models import Project, Role

from .annotations import answer, told
from .claim_parts import found


def _found(project: Project, uuid: UUID) -> Claim:
    """Raises Annotation.DoesNotExist."""
    claim = Claim.objects.filter(project=project, uuid=uuid).first()
    if claim is None:
        raise Annotation.DoesNotExist
    return claim


@extend_schema_view(
    get=extend_schema(summary="Read a decision", responses=shapes.ReviewAnswer),
    put=extend_schema(
        summary="Decide on a claim",
        request=shapes.DecisionSent,
        responses=shapes.DecisionAnswer,
    ),
)
class ReviewView(ProjectView):
    """A decision under the UUID that its maker gave it. It says what it was made on the sight of: `version`
    of the claim, and the UUID of the latest decision on it as `review`, empty where there was none.
    The answer's `version` is the one that was decided on, also where the claim was edited since."""

    def get(self, request: Request, slug: str, uuid: UUID, review: UUID) -> Response:
        project, role = self.enter(request, slug)
        rows = reviews_like(project, role, claim=uuid).filter(uuid=review)
        for one in reviews_json(rows):
            return Response({"review": one})
        raise Http404

    def put(self, request: Request, slug: str, uuid: UUID, review: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.REVIEWER)
        with understood():
            intent = parse_decision(request.data, on_sight=True, uuid=review)
        claim = _found(project, uuid)
        made = reviews.decide(by=request.user, claim=claim, intent=intent)
        decided = {
            "uuid": str(made.uuid),
            "decision": made.decision,
            "reason": made.reason,
            "at": made.at.isoformat(),
        }
        stands = {"uuid": str(claim.uuid), "version": made.claim_version, "status": claim.status}
        return Response({"review": decided, "claim": stands, "waiting": waiting_for_review(project)})


@extend_schema_view(
    put=extend_schema(
        summary="Hand in a draft",
        request=shapes.SubmissionSent,
        responses=shapes.SubmissionAnswer,
    ),
)
class SubmissionView(ProjectView):
    """A draft is handed to the reviewers as `version` of it was looked at, once however often it is sent.
    The answer's `version` is the one that this made of it, also where the claim was edited since."""

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            version = parse_submission(request.data)
        claim = submit(by=request.user, claim=_found(project, uuid), version=version)
        made = min(version + 1, claim.annotation.version)
        stands = {"uuid": str(claim.uuid), "version": made, "status": claim.status}
        return Response({"claim": stands, "waiting": waiting_for_review(project)})


@extend_schema_view(
    get=extend_schema(
        summary="Read a claim",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: ClaimAnswer, 304: None},
    ),
    patch=extend_schema(
        summary="Correct a claim's type or its speaker",
        request=shapes.RecodingSent,
        parameters=[IF_MATCH, ETAG],
        responses=AnnotationAnswer,
    ),
)
class ClaimView(ProjectView):
    """GET: {"claim": CLAIM, "also", "actors", "events"}: as the list tells it, with the words that it was
    read from and whom and what it names. It is made, changed and withdrawn as the annotation that it is."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        claim = found(project, role, uuid)
        body = told(claim.annotation, role)
        (whole,) = claims_json([claim.pk], role)
        del body["annotation"]
        body = {"claim": whole, **body}
        return versions.tagged(request, body, versions.of_all(whole["version"], body))

    def patch(self, request: Request, slug: str, uuid: UUID) -> Response:
        """`type`, a code's key, or `speaker`, an actor's UUID, with its `mention`; all else stays."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_recode(request.data)
        claim = _found(project, uuid)
        return answer(recoding.recode(by=request.user, claim=claim, intent=intent, version=version))


@extend_schema_view(
    get=extend_schema(
        summary="Propose who says a claim",
        parameters=[words("q", "Letters of a name.")],
        responses=Speakers,
    ),
)
class ClaimSpeakersView(ProjectView):
    """Who may be the claim's speaker: {"results": [ACTOR with "mention", "sentence" and "here"]}, those whom
    its text names first and the nearest of them before all; `?q=` words, others of the project behind them.
    """

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        claim = _found(project, uuid)
        return Response({"results": speakers_proposed(claim, words_asked(request))})
