"""Two codes side by side, one merged into the other, and that undone. Codes are called by facet and key."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import code_merges
from annotator.api.access import ProjectView
from annotator.api.parsing import storable
from annotator.api.problems import understood
from annotator.api.shapes import code as shapes
from annotator.api.shapes.page import choice, words
from annotator.intents import fields
from annotator.intents.code_merge import parse_code_merge, parse_pair
from annotator.intents.codebook import FACETS
from annotator.intents.refusal import Refused
from annotator.models import CodeMerge
from annotator.queries import codebook_pages
from annotator.queries.code_json import code_merges_json, preview_json
from sources.models import Project, Role


@extend_schema_view(
    get=extend_schema(
        summary="Look at what merging two codes would do",
        parameters=[
            choice("facet", "Of both.", list(FACETS)),
            words("gone", "The key of the one that goes.", 60),
            words("kept", "The key of the one that stays.", 60),
        ],
        responses=shapes.CodesCompared,
    ),
)
class ComparedCodesView(ProjectView):
    """`?facet=`, `?gone=` and `?kept=` (keys): {"gone": CODE, "kept": CODE, "moving", "double", "contrary",
    "under"}, what merging the one into the other would do. CODEs have a `version` and the `times` used."""

    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        with understood():
            asked = [storable(request.query_params.get(n, ""), n) for n in ("facet", "gone", "kept")]
            facet, *keys = parse_pair(*asked)
            if keys[0] == keys[1]:
                raise Refused("kept", "two_codes", "is the same one")
        gone, kept = (_row_or_404(project, facet, key) for key in keys)
        return Response(preview_json(codebook_pages.preview(gone, kept)))


@extend_schema_view(
    get=extend_schema(
        summary="List merges of codes",
        parameters=[choice("facet", "Of which.", list(FACETS))],
        responses=shapes.CodeMerges,
    ),
    post=extend_schema(
        summary="Merge two codes", request=shapes.CodeMergeSent, responses={201: shapes.CodeMergeAnswer}
    ),
)
class CodeMergesView(ProjectView):
    """`?facet=`: {"results": [MERGE]}, the newest first, undone ones too.

    POST {"facet", "gone", "kept", "gone_version", "kept_version"}: 201 {"merge"}. What was coded with `gone`
    is coded with `kept` from then on.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug)
        with understood():
            facet = fields.choice(storable(request.query_params.get("facet", ""), "facet"), "facet", FACETS)
        return Response({"results": code_merges_json(codebook_pages.merges_of(project, facet))})

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            intent = parse_code_merge(request.data)
        gone, kept = (
            _row_or_refused(project, intent.facet, name, getattr(intent, name)) for name in ("gone", "kept")
        )
        made = code_merges.merge(
            by=request.user,
            project=project,
            gone=gone.code.uuid,
            kept=kept.code.uuid,
            versions=intent.versions,
        )
        return Response({"merge": _told(made)}, status=201)


@extend_schema_view(
    post=extend_schema(summary="Take apart merged codes", request=None, responses=shapes.CodeMergeAnswer),
)
class UndoneCodeMergeView(ProjectView):
    """POST: {"merge"}. Undoing twice is undoing once."""

    def post(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.MANAGER)
        try:
            return Response({"merge": _told(code_merges.undo(by=request.user, project=project, uuid=uuid))})
        except CodeMerge.DoesNotExist:
            raise Http404 from None


def _row_or_404(project: Project, facet: str, key: str) -> codebook_pages.CodeRow:
    row = codebook_pages.code_keyed(project, facet, key)
    if row is None:
        raise Http404
    return row


def _row_or_refused(project: Project, facet: str, field: str, key: str) -> codebook_pages.CodeRow:
    row = codebook_pages.code_keyed(project, facet, key)
    if row is None:
        raise Refused(field, "code", f"“{key}” is not in the codebook")
    return row


def _told(merge: CodeMerge) -> dict[str, Any]:
    (told,) = code_merges_json([merge])
    return told
