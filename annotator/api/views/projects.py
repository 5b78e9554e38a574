"""Projects: those open to the caller, one of them, making and changing one."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.projects import change_project, open_project
from annotator.api import versions
from annotator.api.access import ApiView, ProjectView
from annotator.api.authentication import token_of
from annotator.api.lists import Parameters, page
from annotator.api.problems import Problem, understood
from annotator.api.shapes.headers import DIGEST_MATCH, ETAG, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of
from annotator.api.shapes.project import NewProject, Project, ProjectChange
from annotator.intents.project import parse_project, parse_project_change
from annotator.queries import project_json as query
from annotator.queries.annotation_json import Json
from annotator.queries.standing import projects_open_to
from sources import models
from sources.models import Role, Scope

BRIDGE = OpenApiExample(
    "A project",
    {"name": "The bridge at Velm", "slug": "velm", "description": "Who knew of the crack, and when."},
    request_only=True,
)


class ProjectsView(ApiView):
    """The projects that the caller may open."""

    @extend_schema(
        summary="List projects",
        parameters=[*PAGE],
        responses=page_of(Project),
    )
    def get(self, request: Request) -> Response:
        """Those that you are a member of and those that anybody may read, the newest first."""
        asked = Parameters(request, paged=True)
        found, token = projects_open_to(request.user), token_of(request)
        if token and token.one_project:
            found = found.filter(uuid=token.one_project)
        most = Scope(token.scope).role if token else Role.MANAGER
        return page(asked, found, query.NEWEST, lambda keys: query.projects_json(keys, request.user, most))

    @extend_schema(
        summary="Make a project",
        parameters=[ETAG],
        request=NewProject,
        responses={201: Project},
        examples=[BRIDGE],
    )
    def post(self, request: Request) -> Response:
        """You manage it, and it has the default codebook. Without a `slug` one is made of the name. A token
        needs the scope `manage` and must not be for one project."""
        self.signed_in(request, Scope.MANAGE)
        if (token := token_of(request)) and token.one_project:
            raise Problem(403, "This token is for one project and makes no other.")
        with understood():
            new = parse_project(request.data)
        made = open_project(
            by=request.user,
            name=new.name,
            slug=new.slug,
            description=new.description,
            is_public=new.is_public,
        )
        (told,) = query.projects_json([made.pk], request.user)
        return _answer(request, told, 201)


class OneProjectView(ProjectView):
    """One project."""

    @extend_schema(
        summary="Read a project", parameters=[IF_NONE_MATCH, ETAG], responses={200: Project, 304: None}
    )
    def get(self, request: Request, slug: str) -> Response:
        """With its numbers; `role` is yours in it, null for a reader of a public project."""
        project, role = self.enter(request, slug)
        Parameters(request)
        return project_answer(request, project, role)

    @extend_schema(
        summary="Change a project",
        parameters=[DIGEST_MATCH, ETAG],
        request=ProjectChange,
        responses=Project,
        examples=[OpenApiExample("For anybody to read", {"is_public": True}, request_only=True)],
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Its name, what it is about and whether anybody may read it. For managers."""
        project, role = self.enter(request, slug, Role.MANAGER)
        seen = versions.digest_needed(request)
        with understood():
            change = parse_project_change(request.data)
        change_project(by=request.user, project=project, seen=seen, change=change)
        return project_answer(request, project, role)


def project_answer(request: Request, project: models.Project, role: Role | None) -> Response:
    (told,) = query.projects_json([project.pk], request.user, role)
    return _answer(request, told)


def _answer(request: Request, told: Json, status: int = 200) -> Response:
    """With the project's version and, for readers, its numbers and their role as its ETag."""
    return versions.tagged(request, told, versions.of_all(told["version"], told), status=status)
