"""Where a project's watch terms stand in a text, and adding and removing them from there."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.watch_terms import add, place, remove
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import understood
from annotator.intents.watch_term import parse_adding, parse_placing
from annotator.models import WatchTerm
from annotator.queries.watch_terms import may_change, watch_term_json, watched_in
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


class WatchTermView(ProjectView):
    """One term under the UUID that its maker gave it, so that asking twice is asking once.

    PUT {"words", "note", "is_pattern", "whole_words", "case_sensitive"}: 201 and {"watch_term": TERM}. What
    is watched for already, under whichever UUID, is answered with 200 as it stands. DELETE: for whoever added
    it, and for managers; with `If-Match` only as long as nobody has changed it since.
    """

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, _ = self.enter(request, slug, Role.ANNOTATOR)
        with understood():
            intent = parse_placing(uuid, request.data)
        term, made = place(by=request.user, project=project, intent=intent)
        headers = {"ETag": f'"{term.version}"'}
        return Response({"watch_term": watch_term_json(term)}, status=201 if made else 200, headers=headers)

    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        project, role = self.enter(request, slug, Role.ANNOTATOR)
        version = version_asked(request)
        term = WatchTerm.objects.filter(project=project, uuid=uuid).first()
        if term is None:
            raise Http404
        if not may_change(project, role, request.user, term):
            raise PermissionDenied("Only a manager removes what somebody else added.")
        remove(by=request.user, term=term, version=version)
        return Response(status=204)
