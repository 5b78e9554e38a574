"""Who may come in through the API. A stranger is told what one is told of a project that is not there."""

from django.http import Http404
from rest_framework import exceptions
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from annotator.queries.standing import may, project_open_to
from sources.models import Project, Role

from .parsing import StrictJSONParser
from .problems import Problem


class ProjectView(APIView):
    """A view of one project. Whether anyone may come in is decided by `enter`, object by object."""

    parser_classes = [StrictJSONParser]
    permission_classes = [AllowAny]

    def enter(self, request: Request, slug: str, needs: Role | None = None) -> tuple[Project, Role | None]:
        """The project and the caller's role in it.

        Raises Http404 for a stranger, NotAuthenticated for nobody, Problem (403) for a role too low.
        """
        found = project_open_to(request.user, slug)
        if found is None:
            if not request.user.is_authenticated:
                raise exceptions.NotAuthenticated
            raise Http404
        project, role = found
        if needs is not None and not may(project, role, needs):
            if not request.user.is_authenticated:
                raise exceptions.NotAuthenticated
            raise Problem(403, f"This needs the role {needs.label.lower()}.")
        return project, role
