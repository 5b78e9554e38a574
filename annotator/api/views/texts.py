"""One captured text: its words with their digest, its sentences and its parts."""

from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.files import RENDERERS
from annotator.api.lists import Parameters, page
from annotator.api.shapes.article import FullText, Sentence, TextPart
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.attachments import raw_to_save
from annotator.queries import article_json as query
from annotator.queries.captures import capture_of
from sources.models import Block, Project, Role, Snapshot

RAW = OpenApiResponse(OpenApiTypes.BINARY, description="The bytes, as an attachment.")


class TextView(ProjectView):
    """One text as it was captured, which never changes."""

    @extend_schema(
        summary="Read a text",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: FullText, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """`sha256` is the digest of `text` as UTF-8. All offsets count Unicode code points, end exclusive."""
        project, _ = self.enter(request, slug)
        Parameters(request)
        told = query.text_json(_found(project, uuid))
        return versions.tagged(request, told, versions.digest(told))


class RawTextView(ProjectView):
    """The bytes that a text was read from."""

    renderer_classes = RENDERERS

    @extend_schema(
        summary="Download what a text was read from",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={(200, "application/octet-stream"): RAW, 304: None},
    )
    def get(self, request: Request, slug: str, uuid: UUID) -> HttpResponseBase:
        """Byte for byte, with their SHA-256 as `ETag`. For members, also of a public project: whole pages
        and documents are others' work."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        found = capture_of(project, uuid)
        if found is None:
            raise Http404
        return raw_to_save(request._request, found.sha256, found.file_name, lambda: bytes(found.raw))


class SentencesView(ProjectView):
    """The sentences of a text, as it is cut now."""

    @extend_schema(summary="List a text's sentences", parameters=[*PAGE], responses=page_of(Sentence))
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug)
        asked = Parameters(request, paged=True)
        text = _found(project, uuid)
        return page(
            asked,
            query.sentences_of(text),
            query.BY_NUMBER,
            lambda keys: query.sentences_json(text, keys),
        )


class BlocksView(ProjectView):
    """The parts of a text: headline, paragraphs, boilerplate and the like."""

    @extend_schema(summary="List a text's parts", parameters=[*PAGE], responses=page_of(TextPart))
    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        """In their order. What is `masked` is left out of counts and proposals."""
        project, _ = self.enter(request, slug)
        asked = Parameters(request, paged=True)
        found = Block.objects.filter(snapshot=_found(project, uuid))
        return page(asked, found, query.BY_POSITION, query.parts_json)


def _found(project: Project, uuid: UUID) -> Snapshot:
    """Raises Http404."""
    text = query.text_of(project, uuid)
    if text is None:
        raise Http404
    return text
