"""Saying what a part of a text is. Its extent, and so every offset, stays."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import understood
from annotator.api.shapes import room as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH, IF_NONE_MATCH
from annotator.intents.block import parse_judgement
from annotator.intents.refusal import VersionNeeded
from annotator.queries.changes import blocks_json
from sources.actions import judge_block
from sources.models import Block, Project, Role


@extend_schema_view(
    get=extend_schema(
        summary="Read what a part of a text is",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: shapes.BlockAnswer, 304: None},
    ),
    put=extend_schema(
        summary="Say what a part of a text is",
        request=shapes.BlockSent,
        parameters=[IF_MATCH, ETAG],
        responses=shapes.BlockAnswer,
        examples=[shapes.A_JUDGEMENT],
    ),
)
class BlockView(ProjectView):
    """One block, by its position among the blocks of its text."""

    def get(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        project, _ = self.enter(request, slug)
        return _answer(request, _found(project, uuid, position))

    def put(self, request: Request, slug: str, uuid: UUID, position: int) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        with understood():
            intent = parse_judgement(request.data)
        block = _found(project, uuid, position)
        if version is None:
            raise VersionNeeded
        judged = judge_block(
            by=request.user,
            block=block,
            role=intent.role,
            masked=intent.masked,
            reason=intent.reason,
            version=version,
        )
        return _answer(request, judged)


def _found(project: Project, uuid: UUID, position: int) -> Block:
    """Raises Http404."""
    # a position beyond what the column holds is one that no block has
    places = Block.objects.filter(project=project, snapshot__uuid=uuid)
    block = places.filter(position=position).first() if position < 2**31 else None
    if block is None:
        raise Http404
    return block


def _answer(request: Request, block: Block) -> Response:
    told = blocks_json(Block.objects.filter(pk=block.pk))[0]
    return versions.tagged(request, {"block": told}, block.version)
