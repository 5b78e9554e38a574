"""A claim as it is cited: in a style of references, and as a document for other programs."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.files import RENDERERS
from annotator.api.lists import Parameters
from annotator.api.shapes.citation import Citation
from annotator.api.shapes.page import choice
from annotator.attachments import to_save
from annotator.citations.styled import STYLES
from annotator.exchange.claim_documents import FORMS, Told, cited, told_of
from annotator.models import Claim
from annotator.queries.claim_cards import claim_cards
from annotator.queries.references import PLAIN_STYLE
from annotator.queries.visibility import kept_for
from annotator.queries.withdrawals import withdrawal_of
from sources.models import Project, Role

FORM = OpenApiParameter(
    "form",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    enum=list(FORMS),
    description="; ".join(f"`{key}`: {form.name}" for key, form in FORMS.items()) + ".",
)
_PARSED = {"jsonld", "csl.json"}


class ClaimCitationView(ProjectView):
    @extend_schema(
        summary="Read how a claim is cited",
        parameters=[choice("style", f"If not {PLAIN_STYLE}.", list(STYLES))],
        responses=Citation,
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Its article as a reference to the very sentences. Of one that was withdrawn it says so."""
        project, role = self.enter(request, slug)
        style = Parameters(request, "style").choice("style", STYLES, PLAIN_STYLE)
        told = _told(request, project, role, uuid, style)
        citation, sentences = cited(told)
        documents = [
            {"form": form.key, "name": form.name, "media_type": form.bare_type} for form in FORMS.values()
        ]
        return Response(
            {
                "style": style,
                "citation": citation,
                "sentences": sentences,
                "quote": told.card.quote,
                "said_by": told.card.chain_in_words,
                "permalink": told.permalink,
                "withdrawn": told.withdrawn,
                "documents": documents,
            }
        )


class ClaimDocumentView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(
        summary="Download a claim as a document",
        parameters=[FORM],
        responses={
            (200, form.bare_type): OpenApiTypes.ANY if form.key in _PARSED else OpenApiTypes.STR
            for form in FORMS.values()
        },
    )
    def get(self, request: Request, slug: str, uuid: UUID, form: str) -> HttpResponse:
        """In the words of the releases, under its permanent address."""
        project, role = self.enter(request, slug)
        if form not in FORMS:
            raise Http404
        told = _told(request, project, role, uuid)
        answer = HttpResponse(FORMS[form].write(told), content_type=FORMS[form].content_type)
        return to_save(answer, f"{project.slug}-claim-{uuid}.{form}")


def _told(request: Request, project: Project, role: Role | None, uuid: UUID, style: str = "") -> Told:
    """Raises Http404, also for a claim that a visitor of that role does not see."""
    found = Claim.objects.filter(kept_for(role), project=project, uuid=uuid)
    cards = claim_cards(found, role)
    if not cards:
        raise Http404
    permalink = request.build_absolute_uri(reverse("claim", args=[uuid]))
    return told_of(cards[0], permalink, role, withdrawal_of(cards[0].claim), style)
