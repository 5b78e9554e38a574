"""What the reading room asks for besides saving: its whole payload and, for members, names to choose from."""

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.api.access import ProjectView
from annotator.api.parsing import words_asked
from annotator.queries import choices, reading, room_payload
from annotator.queries.articles import article_of
from annotator.queries.similar_actors import similar_actors
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


class ActorsView(ProjectView):
    """`?q=` words, `?article=` UUID of the article whose anonymous speakers may be found too.

    `?like=` a name instead: {"results": [ACTOR with "reason", "first" and "here"]}, who is called alike; at
    most one is `first`, whom alone the name can mean in that article.
    """

    def get(self, request: Request, slug: str) -> Response:
        project, role = self.enter(request, slug, Role.VIEWER)
        try:
            article = article_of(project, UUID(request.query_params["article"]))
        except (KeyError, ValueError):
            article = None
        if "like" in request.query_params:
            name = words_asked(request, parameter="like")
            return Response({"results": similar_actors(project, name, article, role)})
        return Response({"results": choices.actors_called(project, words_asked(request), article)})


class EventsView(ProjectView):
    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        return Response({"results": choices.events_called(project, words_asked(request))})
