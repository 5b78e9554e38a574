"""Files and addresses that a worker takes in: handing them over, how far they are, what became of each."""

from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.intakes import Upload, again, begin, begin_addresses, stop
from annotator.actions.refused_again import again_refused
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters, page
from annotator.api.parsing import StrictJSONParser
from annotator.api.problems import understood
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.intake import INTAKE_DEEDS, Addresses, Files, Intake, IntakeDeed, IntakeLine
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.intents import fields
from annotator.intents.addresses import parse_listed
from annotator.intents.refusal import Refused
from annotator.queries import intake_json as query
from annotator.queries.articles import article_of
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
        explained yet waits for an answer (`asking`), at `…/columns/`."""
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
        return accepted(request, slug, made)


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
        told = query.intake_json(intake_or_404(project, uuid))
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
        found = lines(intake_or_404(project, uuid), asked.choice("outcome", IntakeOutcome.values))
        return page(asked, found, query.IN_TURN, query.lines_json)


class IntakeDeedView(ProjectView):
    @extend_schema(
        summary="Stop an intake, or go on with it",
        request=IntakeDeed,
        responses={202: Intake},
        examples=[OpenApiExample("Enough", {"do": "stop"}, request_only=True)],
    )
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """`stop`: nothing more is taken in, and what is in stays; `go_on`: a worker goes on with one that
        workers gave up on; `retry`: the addresses that were refused are handed over once more, which makes
        another intake, once. The answer tells the intake to look at then."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            do = fields.choice(fields.mapping(request.data, "", ("do",)).get("do"), "do", INTAKE_DEEDS)
        intake = intake_or_404(project, uuid)
        if do == "retry":
            tried = again_refused(by=request.user, intake=intake)
            if tried is None:
                raise Refused("do", "nothing_refused", "no address of it was refused, or it is not over yet")
            intake = tried
        elif do == "go_on":
            again(intake=intake)
        else:
            stop(by=request.user, intake=intake)
        return accepted(request, slug, intake)


class TakenAgainView(ProjectView):
    @extend_schema(summary="Take an article again from its address", request=None, responses={202: Intake})
    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        """A worker fetches it; where its page has another text by now, that is a further text of it, and what
        was marked comes along. `Location` tells how far it is."""
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        article = article_of(project, uuid)
        if article is None:
            raise Http404
        if not article.url:
            raise Refused("url", "required", "the record has no address to fetch it from")
        require_room()
        made = begin_addresses(
            by=request.user, project=project, addresses=[article.url], article=article.uuid
        )
        return accepted(request, slug, made)


def accepted(request: Request, slug: str, intake: models.Intake) -> Response:
    """202 with how far it is, and where to ask for that."""
    place = reverse("api:intake", args=[slug, intake.uuid])
    (told,) = query.intakes_json([intake.pk])
    return Response(told, status=202, headers={"Location": request.build_absolute_uri(place)})


def intake_or_404(project: Project, uuid: UUID) -> models.Intake:
    """Raises Http404."""
    intake = intake_of(project, uuid)
    if intake is None:
        raise Http404
    return intake
