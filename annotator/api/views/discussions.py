"""Discussions: those about one thing, saying, changing and withdrawing a comment, resolving. For members."""

from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import discussions
from annotator.api.access import ProjectView
from annotator.api.parsing import storable, version_asked
from annotator.api.problems import Problem, understood
from annotator.intents import fields
from annotator.intents.discussion import SUBJECTS, parse_change, parse_comment, parse_state
from annotator.models import Comment
from annotator.queries import discussions as query
from annotator.queries.discussion_json import comment_json, discussions_json
from sources.models import Project, Role


def _at_work(view: ProjectView, request: Request, slug: str) -> Project:
    """The project, for a member of any role. Nobody says anything in one that is archived."""
    project, _ = view.enter(request, slug, Role.VIEWER)
    if project.archived_at:
        raise Problem(403, "This project is archived.")
    return project


class DiscussionsView(ProjectView):
    """`?kind=` claim, actor, event or article, `?about=` its UUID: {"results": [DISCUSSION]}."""

    def get(self, request: Request, slug: str) -> Response:
        project, _ = self.enter(request, slug, Role.VIEWER)
        with understood():
            kind = fields.choice(request.query_params.get("kind"), "kind", SUBJECTS)
            uuid = fields.identifier(storable(request.query_params.get("about", ""), "about"), "about")
        thing = query.thing_of(project, kind, uuid)
        if thing is None:
            raise Http404
        return Response({"results": discussions_json(query.threads_about(thing))})


class CommentView(ProjectView):
    """PUT {"text", "about": {"kind", "uuid"}}: 201 {"comment"}; `about` begins a discussion.

    With `If-Match` it changes one's own comment. DELETE withdraws it.
    """

    def put(self, request: Request, slug: str, uuid: UUID, comment: UUID) -> Response:
        project = _at_work(self, request, slug)
        version = version_asked(request)
        if version is not None:
            return self._changed(request, slug, uuid, comment, version)
        with understood():
            intent = parse_comment(comment, uuid, request.data)
        said, made = discussions.say(by=request.user, project=project, intent=intent)
        return Response({"comment": comment_json(said)}, status=201 if made else 200)

    def _changed(self, request: Request, slug: str, uuid: UUID, comment: UUID, version: int) -> Response:
        known = self._found(request, slug, uuid, comment)
        with understood():
            intent = parse_change(request.data, version)
        changed = discussions.change(by=request.user, comment=known, intent=intent)
        return Response({"comment": comment_json(changed)})

    def delete(self, request: Request, slug: str, uuid: UUID, comment: UUID) -> Response:
        known = self._found(request, slug, uuid, comment)
        gone = discussions.withdraw(by=request.user, comment=known)
        return Response({"comment": comment_json(gone)})

    def _found(self, request: Request, slug: str, uuid: UUID, comment: UUID) -> Comment:
        project = _at_work(self, request, slug)
        known = Comment.objects.filter(project=project, discussion__uuid=uuid, uuid=comment).first()
        if known is None:
            raise Http404
        return known


class DiscussionStateView(ProjectView):
    """PUT {"state": "open" or "resolved"}: {"discussion"}."""

    def put(self, request: Request, slug: str, uuid: UUID) -> Response:
        project = _at_work(self, request, slug)
        with understood():
            state = parse_state(request.data)
        found = query.discussion_called(project, uuid)
        if found is None:
            raise Http404
        settled = discussions.settle(by=request.user, discussion=found, state=state)
        return Response({"discussion": discussions_json(query.threads([settled]))[0]})
