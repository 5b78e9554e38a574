"""Taking annotations in from other tools' files, and what became of them."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page_of_rows
from annotator.api.problems import understood
from annotator.api.shapes import annotation_import as shapes
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.exchange.importers.bundle import NotRead
from annotator.exchange.receiving.asking import parse_asked
from annotator.exchange.receiving.parcels import Parcel, begin, parcel_of
from annotator.exchange.receiving.report_json import LISTS, lines_json, parcel_json
from annotator.intents.refusal import Refused
from sources.models import Project, Role


class AnnotationImportsView(ProjectView):
    parser_classes = [MultiPartParser]

    @extend_schema(
        summary="Import annotations of other tools",
        request={"multipart/form-data": shapes.AnnotationImportSent},
        responses={202: shapes.AnnotationImportAnswer},
    )
    def post(self, request: Request, slug: str) -> Response:
        """A file or a ZIP of up to 24 MB, as docs/importing.md tells. Little is taken in at once, more by a
        worker: `Location` tells how far it is. What is here already is recognised and never overwritten."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        upload = request.FILES.get("file")
        with understood():
            if upload is None:
                raise Refused("file", "required", "is needed: a file or a ZIP")
            asked = parse_asked(request.data, project=project, file_name=upload.name or "", by=request.user)
        if asked.create_codes:
            self.enter(request, slug, Role.MANAGER)
        try:
            parcel = begin(project, asked, upload.read())
        except NotRead as error:
            raise Refused("file", "not_read", str(error)) from error
        place = reverse("api:imported_annotations", args=[slug, parcel.uuid])
        told = {"imported": parcel_json(parcel)}
        return Response(told, status=202, headers={"Location": request.build_absolute_uri(place)})


class AnnotationImportView(ProjectView):
    @extend_schema(
        summary="Read how far an import of annotations is",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.AnnotationImportAnswer, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """For annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        Parameters(request)
        told = {"imported": parcel_json(_found(project, uuid))}
        return versions.tagged(request, told, versions.digest(told))


class AnnotationImportLinesView(ProjectView):
    @extend_schema(
        summary="List what became of imported annotations",
        parameters=[choice("list", "Of this one alone.", list(LISTS)), *PAGE],
        responses=page_of(shapes.AnnotationImportLine),
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """With file and line: what was refused, what is here in other words and was left so, what was found
        by its words, and what was not taken over. Empty until it is in. For annotators."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        asked = Parameters(request, "list", paged=True)
        only = asked.choice("list", LISTS)
        report = _found(project, uuid).report
        return page_of_rows(asked, lines_json(report, only) if report else [])


def _found(project: Project, uuid: UUID) -> Parcel:
    """Raises Http404."""
    parcel = parcel_of(project, uuid)
    if parcel is None:
        raise Http404
    return parcel
