"""Where a project's watch terms stand in a text, and adding one from there."""

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.watch_terms import add
from annotator.api.access import ProjectView
from annotator.api.problems import understood
from annotator.intents.watch_term import parse_adding
from annotator.queries.watch_terms import watched_in
from sources.models import Role


class HitsView(ProjectView):
    """For members: what a project watches for is not told to the readers of a public one.

    `If-None-Match` with the ETag of an earlier answer: 304, before anything is looked for.
    """

    def get(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        watched = watched_in(project, uuid)
        if watched is None:
            raise Http404
        headers = {"ETag": f'"{watched.tag}"', "Cache-Control": "private, no-cache"}
        asked = request.headers.get("If-None-Match", "").strip().removeprefix("W/").strip('"')
        if asked == watched.tag:
            return Response(status=304, headers=headers)
        return Response(watched.as_json(), headers=headers)


class WatchTermsView(ProjectView):
    """`lines`, one term each, and how they are looked for. Adding what is there already adds nothing: 200."""

    def post(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_adding(request.data)
        added = add(by=request.user, project=project, intent=intent)
        told = {"added": [term.words for term in added.made], "known": added.known}
        return Response(told, status=201 if added.made else 200)
