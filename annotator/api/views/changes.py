"""What changed in a text since the caller last asked. Unchanged, it costs one short question."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.shapes.headers import ETAG, IF_NONE_MATCH
from annotator.api.shapes.room import ChangesShape
from annotator.queries.changes import changes_json
from annotator.queries.moments import at_one_moment
from annotator.queries.text_state import state_of


@extend_schema_view(
    get=extend_schema(
        summary="Read what changed in a text",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: ChangesShape, 304: None},
    ),
)
class ChangesView(ProjectView):
    """`If-None-Match` with the ETag of an earlier answer: 304, or what was written since. Without it all."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        state = state_of(project, uuid)
        if state is None:
            raise Http404
        tag = request.headers.get("If-None-Match", "").strip().removeprefix("W/").strip('"')
        if state.is_at(tag):
            return Response(status=304, headers=_headers(tag))
        with at_one_moment():
            told = changes_json(state, state.since(tag), role)
        return Response(told, headers=_headers(state.tag))


def _headers(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
