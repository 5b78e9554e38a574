"""How a project's texts are cut into sentences, and cutting them again by a later segmenter."""

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.segmentations import request_renewal
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.shapes import segmentation as shapes
from annotator.api.shapes.search import flag
from annotator.queries.segmentations import MOST_LOOKED, otherwise, segmenter_here, segmenters_of
from sources.models import Role


class SegmentationsView(ProjectView):
    @extend_schema(
        summary="Read how texts are cut into sentences",
        parameters=[flag("look", f"Say what would change; of the first {MOST_LOOKED} texts.")],
        responses=shapes.Segmentations,
    )
    def get(self, request: Request, slug: str) -> Response:
        """And which texts an earlier segmenter cut. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        look = Parameters(request, "look").flag("look")
        found = otherwise(project, MOST_LOOKED) if look else None
        told = {
            "segmenter": segmenter_here(),
            "cut_before": [asdict(one) for one in segmenters_of(project)],
            "otherwise": asdict(found) if found else None,
        }
        return Response(told)

    @extend_schema(summary="Cut texts again", request=None, responses={202: shapes.Renewal})
    def post(self, request: Request, slug: str) -> Response:
        """A worker cuts those that an earlier segmenter cut; what is marked in them stays. `cut_before` says
        how many are left. Asking twice is asking once. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        begun = request_renewal(by=request.user, project=project)
        return Response({"waiting_already": not begun}, status=202)
