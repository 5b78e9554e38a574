"""Files and addresses that a worker takes in: handing them over, how far they are, what became of each."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.intakes import Upload, begin, begin_addresses
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.parsing import StrictJSONParser
from annotator.api.problems import understood
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.intake import Addresses, Files, Intake, IntakeLine
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.intents import fields
from annotator.intents.addresses import parse_listed
from annotator.intents.refusal import Refused
from annotator.queries import intake_json as query
from annotator.queries.intakes import intake_of, lines
from sources import models
from sources.actions.disk_room import require_room
from sources.models import IntakeOutcome, Project, Role


class IntakesView(ProjectView):
    """What was handed over to be taken in."""

    parser_classes = [StrictJSONParser, MultiPartParser]

    @extend_schema(summary="List intakes", parameters=[*PAGE], responses=page_of(Intake))
    def get(self, request: Request, slug: str) -> Response:
        """The newest first. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = Parameters(request, paged=True)
        return page(asked, query.intakes_of(project), query.NEWEST, query.intakes_json)

    @extend_schema(
        summary="Hand over addresses or files",
        request={"application/json": Addresses, "multipart/form-data": Files},
        responses={202: Intake},
        examples=[
            OpenApiExample(
                "Two addresses",
                {"addresses": ["https://courier.example/bridge", "https://courier.example/ferries"]},
                request_only=True,
                media_type="application/json",
            )
        ],
    )
    def post(self, request: Request, slug: str) -> Response:
        """A worker fetches or reads them; `Location` tells how far it is. Files are articles, archives (ZIP)
        or tables (CSV, JSON Lines), as the page “Import” takes them. A table whose columns nobody has
        explained yet waits for an answer on its page (`asking`)."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        uploads = request.FILES.getlist("files")
        if not uploads:
            with understood():
                asked = fields.mapping(request.data, "", ("addresses",))
                if "addresses" not in asked:
                    raise Refused("addresses", "required", "is needed: addresses, or files")
                addresses = parse_listed(asked["addresses"])
            require_room()
            made = begin_addresses(by=request.user, project=project, addresses=addresses)
        else:
            named = [Upload(upload.name or "", upload.chunks()) for upload in uploads]
            made = begin(by=request.user, project=project, uploads=named)
        place = reverse("api:intake", args=[slug, made.uuid])
        (told,) = query.intakes_json([made.pk])
        return Response(told, status=202, headers={"Location": request.build_absolute_uri(place)})


class IntakeView(ProjectView):
    """One act of taking in."""

    @extend_schema(
        summary="Read how far an intake is",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: Intake, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """`counts` by outcome; `stuck` says that no worker goes on with it."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        told = query.intake_json(_found(project, uuid))
        return versions.tagged(request, told, versions.digest(told))


class IntakeLinesView(ProjectView):
    """What became of each thing that was handed over."""

    @extend_schema(
        summary="List what became of each",
        parameters=[*PAGE, choice("outcome", "Of this outcome only.", IntakeOutcome.values)],
        responses=page_of(IntakeLine),
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """In the order in which they stood; what was refused says why."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = Parameters(request, "outcome", paged=True)
        found = lines(_found(project, uuid), asked.choice("outcome", IntakeOutcome.values))
        return page(asked, found, query.IN_TURN, query.lines_json)


def _found(project: Project, uuid: UUID) -> models.Intake:
    """Raises Http404."""
    intake = intake_of(project, uuid)
    if intake is None:
        raise Http404
    return intake
