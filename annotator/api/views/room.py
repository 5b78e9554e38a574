"""What the reading room is shown."""

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.queries import reading, room_payload
from annotator.queries.standing import may
from sources.models import Role


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
