"""Releases: asked for, followed until their file is there, downloaded, and held against one another."""

from dataclasses import asdict
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotator.actions.releases import chosen_scope, is_awaited, request_comparison, request_release
from annotator.api import lists
from annotator.api.access import ProjectView
from annotator.api.files import RENDERERS, XLSX, file_answer, streamed
from annotator.api.problems import Problem, understood
from annotator.api.shapes import release as shapes
from annotator.api.shapes.page import PAGE, page_of
from annotator.exchange.difference_file import find, forget_refusal, found_at, refusal_of, small
from annotator.exchange.difference_list import Differences, as_json, differences_in
from annotator.exchange.differences import NotComparable
from annotator.exchange.release_file import path_of, progress_of, workbook_of
from annotator.exchange.taken_away import noted
from annotator.intents.release import parse_release
from annotator.models import Release, ReleaseState
from annotator.queries import releases as query
from annotator.queries.release_json import NEWEST_FIRST, release_json
from annotator.queries.scope import taken
from sources.models import Project, Role
from sources.request_id import request_id

FILE = OpenApiResponse(OpenApiTypes.BINARY, description="The file, as an attachment.")
SINCE = OpenApiParameter(
    "since",
    {"type": "integer", "minimum": 1},
    description="The number of the earlier release; the one before where it lacks.",
)


def release_or_404(project: Project, number: int, role: Role | None) -> Release:
    found = query.release_numbered(project, number, role) if number < 2**31 else None
    if found is None:
        raise Http404
    return found


def ready_or_404(project: Project, number: int, role: Role | None) -> Release:
    found = release_or_404(project, number, role)
    if found.state != ReleaseState.READY:
        raise Http404
    return found


class ReleasesView(ProjectView):
    @extend_schema(summary="List releases", parameters=[*PAGE], responses=page_of(shapes.ReleaseShape))
    def get(self, request: Request, slug: str) -> Response:
        """The newest first."""
        project, role = self.enter(request, slug)
        asked = lists.Parameters(request, paged=True)

        def tell(keys: list[Any]) -> list[Any]:
            rows = query.releases_of(project, role).filter(pk__in=keys).order_by("-pk")
            return [release_json(row) for row in rows]

        return lists.page(asked, query.releases_of(project, role), NEWEST_FIRST, tell)

    @extend_schema(
        summary="Ask for a release",
        request=shapes.ReleaseSent,
        responses={201: shapes.ReleaseAnswer},
        examples=[shapes.A_RELEASE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """A job builds it: ask for it by its number until its `state` is ready or failed. For reviewers."""
        project, _ = self.enter(request, slug, Role.REVIEWER)
        with understood():
            asked = parse_release(request.data)
        made = request_release(
            by=request.user,
            project=project,
            title=asked.title,
            notes=asked.notes,
            licence=asked.licence,
            scope=asked.scope,
            with_texts=asked.with_texts,
            site=asked.site or request.build_absolute_uri("/"),
        )
        where = reverse("api:release", args=[slug, made.number], request=request)
        return Response({"release": release_json(made)}, status=201, headers={"Location": where})


class CountedReleaseView(ProjectView):
    @extend_schema(
        summary="Count what a release would take",
        request=shapes.ReleaseSent,
        responses=shapes.TakenAnswer,
        examples=[shapes.A_RELEASE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """Nothing is stored."""
        project, _ = self.enter(request, slug, Role.REVIEWER)
        with understood():
            asked = parse_release(request.data)
        claims, articles = taken(project, chosen_scope(project, asked.scope))
        return Response({"claims": claims, "articles": articles})


class ReleaseView(ProjectView):
    @extend_schema(summary="Read a release", responses=shapes.ReleaseStatusAnswer)
    def get(self, request: Request, slug: str, number: int) -> Response:
        """With how far its building is."""
        project, role = self.enter(request, slug)
        lists.Parameters(request)
        found = release_or_404(project, number, role)
        progress = progress_of(found)
        return Response({"release": release_json(found) | {"progress": progress and asdict(progress)}})


class ReleaseFileView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(summary="Download a release", responses={(200, "application/zip"): FILE})
    def get(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """The ZIP: a BagIt bag with the tables, the references and verify.py. 404 until it is ready."""
        project, role = self.enter(request, slug)
        found = ready_or_404(project, number, role)
        answer = file_answer(path_of(found), "application/zip")
        if request.method == "GET" and request.user.is_authenticated and is_awaited(found):
            answer.streaming_content = noted(iter(answer), found, request.user, request_id())
        return answer


class ReleaseWorkbookView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(summary="Download a release's workbook", responses={(200, XLSX): FILE})
    def get(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Its tables as XLSX."""
        project, role = self.enter(request, slug)
        return file_answer(workbook_of(ready_or_404(project, number, role)), XLSX)


class ReleaseChangesView(ProjectView):
    @extend_schema(
        summary="Count what changed since a release", parameters=[SINCE], responses=shapes.ReleaseChanges
    )
    def get(self, request: Request, slug: str, number: int) -> Response:
        """Of each table how many rows came, went and changed. Large releases are compared by a job, which
        members alone set going: ask again while `state` is waiting."""
        project, role = self.enter(request, slug)
        return _compared(*_pair(request, project, number, role), member=role is not None)

    @extend_schema(
        summary="Compare two releases again",
        request=None,
        parameters=[SINCE],
        responses=shapes.ReleaseChanges,
    )
    def post(self, request: Request, slug: str, number: int) -> Response:
        """What could not be compared before is tried anew. For members."""
        project, role = self.enter(request, slug, Role.VIEWER)
        new, old = _pair(request, project, number, role)
        forget_refusal(old, new)
        return _compared(new, old, member=True)


class ReleaseChangesFileView(ProjectView):
    renderer_classes = RENDERERS

    @extend_schema(
        summary="Download what changed since a release",
        parameters=[SINCE],
        responses={(200, "application/json"): FILE},
    )
    def get(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Every row that came, went or changed, and what in it. 404 until they were compared."""
        project, role = self.enter(request, slug)
        new, old = _pair(request, project, number, role)
        if not found_at(old, new).is_file():
            raise Http404
        name = f"{project.slug}-release-{new.number}-since-{old.number}.json"
        return streamed(as_json(found_at(old, new)), name, "application/json")


def _pair(request: Request, project: Project, number: int, role: Role | None) -> tuple[Release, Release]:
    """The release, and the one that `?since=` numbers or that was ready before it."""
    asked = lists.Parameters(request, "since")
    new = ready_or_404(project, number, role)
    since = asked.number("since", 2**31 - 1, 0)
    if since == number:
        raise lists.wrong("since", "two_releases", "is the same release")
    if since:
        return new, ready_or_404(project, since, role)
    ready = query.releases_of(project, role).filter(state=ReleaseState.READY, number__lt=number)
    old = ready.first()
    if old is None:
        raise Http404
    return new, old


def _compared(new: Release, old: Release, *, member: bool) -> Response:
    path = found_at(old, new)
    state, why = "found", ""
    if not path.is_file() and small(old, new):
        try:
            find(old, new)
        except NotComparable as error:
            state, why = "refused", str(error)
    elif not path.is_file():
        refusal = refusal_of(old, new)
        state, why = ("refused" if refusal and refusal.final else "waiting"), refusal.why if refusal else ""
        if state == "waiting" and not member:
            raise Problem(403, "They were not compared yet; a member has to ask for it.")
        if state == "waiting" and (refusal is None or refusal.due):
            request_comparison(old=old, new=new)
    told: dict[str, Any] = {"state": state, "why": why, "new": new.number, "old": old.number, "tables": []}
    if state == "found":
        with differences_in(path) as found:
            told["tables"] = _tables(found)
    return Response(told, status=202 if state == "waiting" else 200)


def _tables(found: Differences) -> list[dict[str, Any]]:
    return [
        {
            "table": one.name,
            "before": one.before,
            "after": one.after,
            "added": one.added,
            "removed": one.removed,
            "changed": one.changed,
            "columns_gone": list(one.columns_gone),
            "columns_new": list(one.columns_new),
        }
        for one in found.tables()
    ]
