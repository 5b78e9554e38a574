"""Claims that may repeat one another, and saying of two that they do not."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import relations
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.shapes import repeat as shapes
from annotator.models import Claim
from annotator.queries.likely_repeats import likely_repeats, told_apart_of
from annotator.queries.repeat_json import apart_json, repeats_json
from sources.models import Project, Role

from .claim_parts import found


class LikelyRepeatsView(ProjectView):
    @extend_schema(summary="List claims that may repeat this one", responses=shapes.LikelyRepeats)
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """At most four that say the same words or nearly so, the likest first; and from which it was told
        apart. For annotators."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        Parameters(request)
        claim = found(project, role, uuid)
        alike = likely_repeats([claim.pk]).get(claim.pk, [])
        return Response({"alike": repeats_json(alike), "apart": apart_json(told_apart_of(claim))})


class ToldApartView(ProjectView):
    @extend_schema(summary="Tell two claims apart", request=None, responses={204: None})
    def put(self, request: Request, slug: str, uuid: UUID, other: UUID) -> Response:
        """From now on neither is proposed as a repeat of the other. Twice is once."""
        project, _ = self._both(request, slug, uuid, other)
        relations.tell_apart(by=request.user, project=project, one=uuid, other=other)
        return Response(status=204)

    @extend_schema(summary="Take back that two claims were told apart", responses={204: None})
    def delete(self, request: Request, slug: str, uuid: UUID, other: UUID) -> Response:
        """Whoever said it. Twice is once."""
        project, _ = self._both(request, slug, uuid, other)
        relations.not_told_apart(by=request.user, project=project, one=uuid, other=other)
        return Response(status=204)

    def _both(self, request: Request, slug: str, uuid: UUID, other: UUID) -> tuple[Project, Claim]:
        """Raises Http404 where one of the two is not there."""
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        claim = found(project, role, uuid)
        if not Claim.objects.filter(project=project, uuid=other).exists():
            raise Http404
        return project, claim
