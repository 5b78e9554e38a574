"""Archiving a project, opening it again, exporting it whole, and purging it: for its managers."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from annotator.actions.archiving import (
    GRACE,
    archive_project,
    full_export_of,
    reopen_project,
    request_full_export,
    request_purge,
)
from annotator.api import versions
from annotator.api.access import ProjectView
from annotator.api.lists import Parameters
from annotator.api.problems import understood
from annotator.api.shapes import standing as shapes
from annotator.api.shapes.headers import DIGEST_MATCH, ETAG
from annotator.api.shapes.project import Project as ProjectShape
from annotator.api.shapes.release import ReleaseAnswer
from annotator.intents import fields
from annotator.intents.refusal import Refused
from annotator.queries.release_json import release_json
from sources.models import Project, Role, User

from .projects import project_answer


class ProjectStateView(ProjectView):
    @extend_schema(
        summary="Archive a project, or open it again",
        request=shapes.ProjectStateSent,
        parameters=[DIGEST_MATCH, ETAG],
        responses=ProjectShape,
        examples=[shapes.ARCHIVED],
    )
    def put(self, request: Request, slug: str) -> Response:
        """An archived one is read, and nothing in it changes. `If-Match` says which state of the project you
        saw. Twice is once, whatever it says. For managers."""
        project, role = self.enter(request, slug, Role.MANAGER, archived_too=True)
        with understood():
            asked = fields.mapping(request.data, "", ("archived",))
            if "archived" not in asked:
                raise Refused("archived", "required", "is needed: true or false")
            archived = fields.flag(asked["archived"], "archived")
        act = archive_project if archived else reopen_project
        act(by=request.user, project=project, on_sight=True, seen=versions.digest_asked(request))
        return project_answer(request, project, role)


class ProjectExportView(ProjectView):
    @extend_schema(summary="Export a project whole", request=None, responses={201: ReleaseAnswer})
    def post(self, request: Request, slug: str) -> Response:
        """A release of all claims, whatever their status, with the texts: also of an archived project, which
        is not purged before somebody has downloaded it. Ask for it by its number until it is ready. For
        managers."""
        project, _ = self.enter(request, slug, Role.MANAGER, archived_too=True)
        made = request_full_export(by=request.user, project=project, site=request.build_absolute_uri("/"))
        where = reverse("api:release", args=[slug, made.number], request=request)
        return Response({"release": release_json(made)}, status=201, headers={"Location": where})


class PurgeView(ProjectView):
    @extend_schema(summary="Read what a purge still needs", responses=shapes.PurgeStanding)
    def get(self, request: Request, slug: str) -> Response:
        """For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER, archived_too=True)
        Parameters(request)
        return Response(_standing(project))

    @extend_schema(
        summary="Delete a project for good",
        request=shapes.PurgeSent,
        responses={202: shapes.PurgeStanding},
        examples=[shapes.A_PURGE],
    )
    def post(self, request: Request, slug: str) -> Response:
        """A worker deletes it, with all that is in it, its releases too: nothing brings it back but a backup.
        422 says what is still lacking: it has to be archived for 30 days, and a whole export of it taken away
        since. Asking twice is asking once. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER, archived_too=True)
        with understood():
            asked = fields.mapping(request.data, "", ("slug",))
            typed = fields.name(asked.get("slug"), "slug")
        told = _standing(project)
        request_purge(by=request.user, project=project, typed=typed)
        return Response(told, status=202)


def _standing(project: Project) -> dict[str, Any]:
    archived, exported = project.archived_at, full_export_of(project)
    return {
        "archived_at": archived and archived.isoformat(),
        "due_at": archived and (archived + GRACE).isoformat(),
        "exported": exported and {name: _said(value) for name, value in exported.items()},
    }


def _said(value: Any) -> Any:
    """Moments as ISO 8601, people by the name that others see."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, User) else value
