"""The door of every project page: who comes in, as what, and what the bar shows them.

A stranger is told 404, as for a project that does not exist. Somebody who is not signed in is sent
to sign in, whether the project exists or not. A member who lacks the role is told 403.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from annotator.queries.standing import COUNTED, counts_of_the_bar, may, project_open_to
from sources.models import Project, Role, User

SECTIONS = (
    ("overview", "Overview"),
    ("articles", "Articles"),
    ("claims", "Claims"),
    ("speakers", "Speakers"),
    ("events", "Events"),
    ("review", "Review"),
    ("discussions", "Discussions"),
    ("releases", "Releases"),
)

MEMBERS_ONLY = ("discussions",)

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Section:
    key: str
    name: str
    url: str


class Here:
    """A project as its visitor stands in it. `role` is None for a reader of a public project."""

    def __init__(self, project: Project, user: User | AnonymousUser, role: Role | None) -> None:
        self.project, self.user, self.role = project, user, role

    def may(self, needed: Role) -> bool:
        """Whether the visitor has at least that role, in a project that is still worked on."""
        return may(self.project, self.role, needed)

    @property
    def archived(self) -> bool:
        """Everything can be read, and nothing changed."""
        return self.project.archived_at is not None

    @property
    def manages(self) -> bool:
        """Whether the visitor manages the project, also where it is archived: they alone open it again."""
        return self.role == Role.MANAGER

    def refusal(self, needed: Role) -> str:
        """Why the visitor may not do what needs that role."""
        if self.archived and self.role and self.role.may(needed):
            return f"“{self.project}” is archived: it can be read, and nothing in it can be changed."
        return f"This needs the role {needed.label.lower()} in “{self.project}”."

    @property
    def may_annotate(self) -> bool:
        return self.may(Role.ANNOTATOR)

    @property
    def may_review(self) -> bool:
        return self.may(Role.REVIEWER)

    @property
    def may_manage(self) -> bool:
        return self.may(Role.MANAGER)

    @property
    def role_in_words(self) -> str:
        return self.role.label if self.role else "Reader"

    @cached_property
    def _counts(self) -> tuple[int, int]:
        return counts_of_the_bar(self.project, self.user if self.role else None)

    @property
    def waiting(self) -> int:
        """Claims that wait for a review, most + 1 for more; asked for once a page, by the bar."""
        return self._counts[0]

    @property
    def waiting_in_words(self) -> str:
        return f"{COUNTED}+" if self.waiting > COUNTED else str(self.waiting)

    @property
    def most(self) -> int:
        """Of what waits so much is counted."""
        return COUNTED

    @property
    def calling(self) -> int:
        """Open discussions that mention the visitor; asked for together with `waiting`."""
        return self._counts[1]

    @cached_property
    def sections(self) -> list[Section]:
        named = [one for one in SECTIONS if self.role or one[0] not in MEMBERS_ONLY]
        named += [("project_settings", "Settings")] if self.role else []
        return [Section(key, name, reverse(key, args=[self.project.slug])) for key, name in named]


class Visit(HttpRequest):
    """A request behind a project's door. Where a role was demanded, `user` is a signed-in member."""

    user: User  # type: ignore[assignment]  # an AnonymousUser only where anyone may read
    here: Here
    htmx: HtmxDetails


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Sends somebody who is not signed in to where they can, and from there back here."""
    return redirect_to_login(request.get_full_path(), reverse("sign_in"))


def enter(request: HttpRequest, slug: str, needs: Role | None = None) -> Here | HttpResponse:
    """The visitor's standing in the project, also kept as `request.here` for the templates.

    Answers with a redirect to the sign-in page for somebody who is not signed in.
    Raises Http404 for a stranger, PermissionDenied for a member whose role is not enough.
    """
    found = project_open_to(request.user, slug)
    if found is None:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        raise Http404("No project of that name is open to you.")
    here = Here(found[0], request.user, found[1])
    request.here = here  # type: ignore[attr-defined]
    if needs is not None and not here.may(needs):
        if not request.user.is_authenticated:
            return to_sign_in(request)
        raise PermissionDenied(here.refusal(needs))
    return here


def project_page(needs: Role | None = None) -> Callable[[View], View]:
    """Turns `view(request, here, …)` into a view of `(request, slug, …)` behind the project's door."""

    def door(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            here = enter(request, slug, needs)
            return here if isinstance(here, HttpResponse) else view(request, here, *args, **kwargs)

        return guarded

    return door


def to_survivor(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """From an old identifier to whatever it was merged into, asked the same. Not for good (302): a browser
    that remembered it would still go there when the merge is undone."""
    query = request.META["QUERY_STRING"]
    return redirect(reverse(name, args=args) + (f"?{query}" if query else ""))


def demand(here: Here, needed: Role) -> None:
    """Raises PermissionDenied unless the visitor has that role."""
    if not here.may(needed):
        raise PermissionDenied(here.refusal(needed))


def as_uuid(value: str) -> UUID | None:
    """A UUID from the address bar; None for anything that is not one."""
    try:
        return UUID(value)
    except ValueError:
        return None
