"""Discussions: those about one thing, saying, changing and withdrawing a comment, resolving. For members."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions import discussions
from annotator.api import lists, versions
from annotator.api.access import ProjectView
from annotator.api.parsing import version_asked
from annotator.api.problems import Problem, understood
from annotator.api.shapes import discussion as shapes
from annotator.api.shapes.headers import ETAG, IF_MATCH
from annotator.api.shapes.page import PAGE, choice, page_of
from annotator.api.shapes.page import uuid as uuid_asked
from annotator.intents import fields
from annotator.intents.discussion import SUBJECTS, parse_change, parse_comment, parse_state
from annotator.models import Comment, Discussion
from annotator.queries import discussions as query
from annotator.queries.discussion_json import Json, comment_json, discussions_json
from sources.models import Project, Role

WITH = ("opened_by", "turned_by", "claim", "actor__merged_into", "event__merged_into", "article")


def _at_work(view: ProjectView, request: Request, slug: str) -> Project:
    """The project, for a member of any role. Nobody says anything in one that is archived."""
    project, _ = view.enter(request, slug, Role.VIEWER)
    if project.archived_at:
        raise Problem(403, "This project is archived.")
    return project


class DiscussionsView(ProjectView):
    @extend_schema(
        summary="List discussions",
        parameters=[
            choice("kind", "Of those about one thing: what it is.", list(SUBJECTS)),
            uuid_asked("about", "Of those about one thing: its UUID."),
            choice("show", "Of the project's, if not the open ones.", list(query.SHOWN)),
            *PAGE,
        ],
        responses=page_of(shapes.DiscussionShape),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Those about one thing, all that are open and the latest of those resolved, on one page; else those
        of the project, the one that somebody spoke in last first. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = lists.Parameters(request, "kind", "about", "show", paged=True)
        if {"kind", "about"} & set(request.query_params):
            return self._about(project, asked)
        found = query.discussions_shown(project, request.user, asked.choice("show", query.SHOWN, "open"))

        def tell(keys: list[Any]) -> list[Json]:
            rows = Discussion.objects.filter(pk__in=keys).select_related(*WITH)
            return discussions_json(query.threads(sorted(rows, key=lambda row: keys.index(row.pk))))

        return lists.page(asked, found, query.LATEST, tell)

    def _about(self, project: Project, asked: lists.Parameters) -> Response:
        with understood():
            kind = fields.choice(asked.text("kind"), "kind", SUBJECTS)
            uuid = fields.identifier(asked.text("about"), "about")
        thing = query.thing_of(project, kind, uuid)
        if thing is None:
            raise Http404
        told = discussions_json(query.threads_about(thing))
        return Response({"results": told, "next": None, "previous": None})


@extend_schema_view(
    put=extend_schema(
        summary="Say something, or change what you said",
        description="Under a UUID of the client's making, in the discussion of that UUID, which `about` "
        "begins. With `If-Match` it changes a comment of one's own.",
        request=shapes.CommentSent,
        parameters=[IF_MATCH, ETAG],
        responses={200: shapes.CommentAnswer, 201: shapes.CommentAnswer},
        examples=[shapes.A_COMMENT],
    ),
    delete=extend_schema(
        summary="Withdraw a comment of one's own",
        parameters=[ETAG],
        responses={200: shapes.CommentAnswer},
    ),
)
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
        return _answer(request, comment_json(said), 201 if made else 200)

    def _changed(self, request: Request, slug: str, uuid: UUID, comment: UUID, version: int) -> Response:
        known = self._found(request, slug, uuid, comment)
        with understood():
            intent = parse_change(request.data, version)
        changed = discussions.change(by=request.user, comment=known, intent=intent)
        return _answer(request, comment_json(changed))

    def delete(self, request: Request, slug: str, uuid: UUID, comment: UUID) -> Response:
        known = self._found(request, slug, uuid, comment)
        gone = discussions.withdraw(by=request.user, comment=known)
        return _answer(request, comment_json(gone))

    def _found(self, request: Request, slug: str, uuid: UUID, comment: UUID) -> Comment:
        project = _at_work(self, request, slug)
        known = Comment.objects.filter(project=project, discussion__uuid=uuid, uuid=comment).first()
        if known is None:
            raise Http404
        return known


def _answer(request: Request, comment: Json, status: int = 200) -> Response:
    return versions.tagged(request, {"comment": comment}, comment["version"], status=status)


@extend_schema_view(
    put=extend_schema(
        summary="Resolve a discussion, or open it again",
        request=shapes.StateSent,
        responses=shapes.DiscussionAnswer,
    )
)
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
