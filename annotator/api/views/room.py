"""What the reading room is shown."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.shapes.page import words
from annotator.api.shapes.room import RoomShape
from annotator.queries import reading, room_payload
from annotator.queries.standing import may
from sources.models import Role


@extend_schema_view(
    get=extend_schema(
        summary="Read an article with all that is marked on it",
        parameters=[words("text", "The number of its text, where it has several.", 9)],
        responses=RoomShape,
    ),
)
class RoomView(ProjectView):
    """`?text=` number of the article's text where it has several."""

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug)
        room = reading.room_of(project, uuid, request.query_params.get("text", ""))
        if room is None:
            raise Http404
        return Response(
            room_payload.room_json(
                room,
                request.user,
                may_annotate=may(project, role, Role.ANNOTATOR),
                may_review=may(project, role, Role.REVIEWER),
                role=role,
            )
        )
