"""A project's claims and the decisions on them: searched as on the claims desk, counted, and page by page."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import lists
from annotator.api.access import ProjectView
from annotator.api.claim_search import asked_of, order_of, wanted_of
from annotator.api.shapes import claim as shapes
from annotator.api.shapes.annotation import ClaimShape
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.api.shapes.search import CLAIM_SEARCH, moment, several
from annotator.models import Decision, Review
from annotator.queries import claims as query
from annotator.queries.claim_facets import ARMS, counted
from annotator.queries.claims_listed import (
    LATEST_FIRST,
    claims_json,
    claims_seen,
    facets_json,
    reviews_json,
    reviews_like,
)
from annotator.queries.people import with_keys
from annotator.queries.visibility import seen_by

DECIDED = (
    several("decision", "What was decided.", Decision.values),
    several("reviewer", "Usernames, or UUIDs."),
    moment("since", "Decided at that moment or later."),
)


@extend_schema_view(
    get=extend_schema(
        summary="Search claims", parameters=[*CLAIM_SEARCH, *PAGE], responses=page_of(ClaimShape)
    ),
)
class ClaimsView(ProjectView):
    """{"results": [CLAIM], "next", "previous"}, the last added first or as `?order=` says. The parameters are
    those of the claims desk; of several values of one any will do."""

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        asked = asked_of(request)
        order = order_of(asked)
        found = query.claims_like(project, wanted_of(asked), role).filter(seen_by(role))
        found = query.in_order(project, found, order)
        return lists.page(asked, found, query.ORDERS[order], lambda keys: claims_json(keys, role))


@extend_schema_view(
    get=extend_schema(
        summary="Count the claims that a search finds",
        parameters=[*CLAIM_SEARCH, choice("unfold", "Of which facet to tell more values.", list(ARMS))],
        responses=shapes.ClaimFacets,
    ),
)
class ClaimFacetsView(ProjectView):
    """How many claims the same search finds, and of which status, speaker, type …: what may narrow it.
    `?unfold=` a facet of which as many values are told as anybody reads."""

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug)
        asked = asked_of(request, "unfold", paged=False)
        order_of(asked)
        unfolded = asked.choice("unfold", ARMS)
        return Response(facets_json(counted(project, wanted_of(asked), role, unfolded)))


@extend_schema_view(
    get=extend_schema(
        summary="List decisions",
        parameters=[uuid_asked("claim", "On this claim alone."), *DECIDED, *PAGE],
        responses=page_of(shapes.ReviewShape),
    ),
)
class ReviewsView(ProjectView):
    """Decisions, the latest first: {"results": [REVIEW], "next", "previous"}. `?claim=` a UUID; `?decision=`
    and `?reviewer=` (a username or UUID), each several times; `?since=`."""

    def get(self, request: Request, slug: str) -> Response:
        return self._page(request, slug, None)

    def _page(self, request: Request, slug: str, claim: UUID | None) -> Response:
        project, role = self.enter(request, slug)
        one = ("since",) if claim else ("since", "claim")
        asked = lists.Parameters(request, *one, several=("decision", "reviewer"), paged=True)
        if claim and not claims_seen(project, role).filter(uuid=claim).exists():
            raise Http404
        reviewers = asked.texts("reviewer", 150)
        found = reviews_like(
            project,
            role,
            claim=claim or asked.uuid("claim"),
            decision=asked.choices("decision", Decision.values),
            reviewer=with_keys(reviewers, "reviewer") if reviewers else None,
            since=asked.moment("since"),
        )
        return lists.page(asked, found, LATEST_FIRST, lists.in_order(Review, reviews_json))


@extend_schema_view(
    get=extend_schema(
        summary="List the decisions on a claim",
        parameters=[*DECIDED, *PAGE],
        responses=page_of(shapes.ReviewShape),
    ),
)
class ClaimReviewsView(ReviewsView):
    """The same of one claim."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:  # type: ignore[override]
        return self._page(request, slug, uuid)
