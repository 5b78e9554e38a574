"""Who is in a project and as what, and the invitations into it."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.actions.inviting import invite_member
from annotator.actions.members import place, take_out
from annotator.api import versions
from annotator.api.access import ProjectView, within_scope
from annotator.api.lists import Parameters, page
from annotator.api.parsing import storable
from annotator.api.problems import understood
from annotator.api.shapes import member as shapes
from annotator.api.shapes.headers import DIGEST_MATCH, ETAG, IF_NONE_MATCH
from annotator.api.shapes.page import PAGE, page_of, words
from annotator.api.shapes.project import Member
from annotator.intents.invitation import parse_invitation, parse_role
from annotator.queries import invitations as invited
from annotator.queries import project_json as query
from sources.actions import revoke_invitation
from sources.models import Membership, Project, Role, Scope


class MembersView(ProjectView):
    """Who is in a project."""

    @extend_schema(
        summary="List members",
        parameters=[*PAGE, words("q", "How a name begins.", 100)],
        responses=page_of(Member),
    )
    def get(self, request: Request, slug: str) -> Response:
        """Those who can sign in, by name. For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        asked = Parameters(request, "q", paged=True)
        found = query.members_named(project, asked.text("q", 100))
        return page(asked, found, query.BY_NAME, query.members_json)


class MemberView(ProjectView):
    """One member, by the name that they sign in with."""

    @extend_schema(
        summary="Read a member",
        parameters=[shapes.USERNAME, IF_NONE_MATCH, ETAG],
        responses={200: Member, 304: None},
    )
    def get(self, request: Request, slug: str, username: str) -> Response:
        """For members."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        Parameters(request)
        return _member(request, _named(project, username))

    @extend_schema(
        summary="Give somebody a role",
        parameters=[shapes.USERNAME, DIGEST_MATCH, ETAG],
        request=shapes.RoleSent,
        responses={200: Member, 201: Member},
        examples=[OpenApiExample("A reviewer", {"role": "reviewer"}, request_only=True)],
    )
    def put(self, request: Request, slug: str, username: str) -> Response:
        """Instead of any other that they had, whose version `If-Match` says; whoever has an account and is no
        member becomes one (201) without it. Sending it twice is sending it once. Somebody who manages the
        project always stays. Names that nobody has may be tried ten times an hour. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            role = parse_role(request.data)
        username = storable(username, "username")
        known = query.members_named(project).filter(user__username=username).exists()
        placed = place(
            by=request.user,
            project=project,
            username=username,
            role=role,
            seen=versions.digest_asked(request),
        )
        return _member(request, placed, 200 if known else 201)

    @extend_schema(
        summary="Remove a member", parameters=[shapes.USERNAME, DIGEST_MATCH], responses={204: None}
    )
    def delete(self, request: Request, slug: str, username: str) -> Response:
        """What they wrote stays, under their name; their access ends with their next request. Managers remove
        anybody and everybody themselves, with a token of the scope `manage`; somebody who manages the project
        always stays."""
        project, _ = self.enter(request, slug, Role.VIEWER)
        within_scope(request, Scope.MANAGE)
        if username != request.user.username:
            self.enter(request, slug, Role.MANAGER)
        member = _named(project, username)
        take_out(by=request.user, project=project, user=member.user, seen=versions.digest_asked(request))
        return Response(status=204)


class InvitationsView(ProjectView):
    """The invitations into a project: links that somebody comes in by."""

    @extend_schema(summary="List invitations", parameters=[*PAGE], responses=page_of(shapes.InvitationShape))
    def get(self, request: Request, slug: str) -> Response:
        """The newest first, with who came in by each. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        asked = Parameters(request, paged=True)
        found = project.invitations.all()
        return page(asked, found, invited.NEWEST, lambda keys: invited.invitations_json(project, keys))

    @extend_schema(
        summary="Invite somebody",
        request=shapes.InvitationSent,
        responses={201: shapes.InvitationMade},
        examples=[shapes.AN_INVITATION],
    )
    def post(self, request: Request, slug: str) -> Response:
        """By a link, which is told once. It holds as long as you manage the project. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        with understood():
            asked = parse_invitation(request.data)
        made = invite_member(
            by=request.user,
            project=project,
            role=asked.role,
            email=asked.email,
            uses_most=asked.uses_most,
            days=asked.days,
            site=request.build_absolute_uri("/"),
        )
        link = request.build_absolute_uri(reverse("invitation", args=[made.token]))
        told = _invitation(project, made.invitation.pk) | {"link": link}
        return Response(told, status=201, headers={"Cache-Control": "no-store"})


class InvitationView(ProjectView):
    @extend_schema(summary="Withdraw an invitation", responses={200: shapes.InvitationAnswer})
    def delete(self, request: Request, slug: str, uuid: UUID) -> Response:
        """Nobody comes in by its link any more, and it stays in the list. Twice is once. For managers."""
        project, _ = self.enter(request, slug, Role.MANAGER)
        found = project.invitations.filter(uuid=uuid).first()
        if found is None:
            raise Http404
        revoke_invitation(by=request.user, invitation=found)
        return Response(_invitation(project, found.pk))


def _named(project: Project, username: str) -> Membership:
    """Raises Http404."""
    found = query.members_named(project).filter(user__username=storable(username, "username"))
    one: Membership | None = found.select_related("user").first()
    if one is None:
        raise Http404
    return one


def _member(request: Request, member: Membership, status: int = 200) -> Response:
    (told,) = query.members_json([member.pk])
    return versions.tagged(request, told, versions.of_all(told["version"], told), status=status)


def _invitation(project: Project, key: int) -> dict[str, Any]:
    (told,) = invited.invitations_json(project, [key])
    return {"invitation": told}
