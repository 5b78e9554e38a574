"""A project's whole codebook."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.shapes.codebook import Codebook
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.queries.codebook import content_of, newest_version


class CodebookView(ProjectView):
    @extend_schema(
        summary="Read the codebook",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: Codebook, 304: None},
    )
    def get(self, request: Request, slug: str) -> Response:
        """Every code by facet, retired and merged ones too, as it stands now; `version` is the newest frozen
        one, 0 where there is none yet."""
        project, _ = self.enter(request, slug)
        Parameters(request)
        told = {"version": newest_version(project), "codes": content_of(project)}
        return versions.tagged(request, told, versions.digest(told))
