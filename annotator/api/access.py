"""Who may come in through the API. A stranger is told what one is told of a project that is not there."""

from typing import Any

from django.http import Http404
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from annotator.queries.standing import may, project_open_to
from sources.models import Project, Role, Scope

from .authentication import token_of
from .described_parameters import asked_of
from .lists import known_alone
from .parsing import StrictJSONParser
from .problems import Problem


class ApiView(APIView):
    """A view that reads strict JSON; whether anyone may come in is decided by itself."""

    parser_classes = [StrictJSONParser]
    permission_classes = [AllowAny]
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]  # what `Allow` may offer

    def perform_authentication(self, request: Request) -> None:
        """Whoever comes with a token that opens nothing is counted as nobody, like who comes without one."""
        try:
            super().perform_authentication(request)
        except exceptions.AuthenticationFailed:
            self.check_throttles(request)
            raise

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raises Problem (400), too, for a parameter of a question that does not say it takes it."""
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"} and hasattr(self, "get"):
            known_alone(request, asked_of(self, "GET"))

    def signed_in(self, request: Request, needs: Scope | None = None) -> None:
        """Raises NotAuthenticated for nobody, Problem (403) for a token of a lesser scope than `needs`; by
        itself a request that changes nothing needs READ, and any other WRITE."""
        if not request.user.is_authenticated:
            raise exceptions.NotAuthenticated
        least = Scope.READ if request.method in SAFE_METHODS else Scope.WRITE
        within_scope(request, needs or least)


class ProjectView(ApiView):
    """A view of one project. Whether anyone may come in is decided by `enter`, object by object."""

    def enter(
        self, request: Request, slug: str, needs: Role | None = None, *, archived_too: bool = False
    ) -> tuple[Project, Role | None]:
        """The project and the caller's role in it, which is never more than their token's scope. In an
        archived project no role is enough to change anything, but where `archived_too`.

        Raises Http404 for a stranger, NotAuthenticated for nobody, Problem (403) for a role too low.
        """
        found = project_open_to(request.user, slug)
        token = token_of(request)
        if found is None or (token and token.one_project not in (None, found[0].uuid)):
            if not request.user.is_authenticated:
                raise exceptions.NotAuthenticated
            raise Http404
        project, role = found
        has_role = role is not None and role.may(needs) if archived_too and needs else None
        if needs is not None and not (may(project, role, needs) if has_role is None else has_role):
            if not request.user.is_authenticated:
                raise exceptions.NotAuthenticated
            if project.archived_at is not None and role is not None and role.may(needs):
                raise Problem(
                    403, "The project is archived: it can be read, and nothing in it can be changed."
                )
            raise Problem(403, f"This needs the role {needs.label.lower()}.")
        if token is not None:
            changing = Role.VIEWER if request.method in SAFE_METHODS else Role.ANNOTATOR
            within_scope(request, _scope_for(max(needs or changing, changing, key=lambda one: one.rank)))
            role = role and min(role, Scope(token.scope).role, key=lambda one: one.rank)
        return project, role


def within_scope(request: Request, needs: Scope) -> None:
    """Raises Problem (403) for a token whose scope is less; a session may all that its user may."""
    token = token_of(request)
    if token is not None and not Scope(token.scope).role.may(needs.role):
        raise Problem(403, f"This needs a token with the scope “{needs}”; this one has “{token.scope}”.")


def _scope_for(role: Role) -> Scope:
    return next(scope for scope in Scope if scope.role == role)
