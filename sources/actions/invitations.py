"""Invitations into a project: made, revoked, accepted.

**The seam for signing in and signing up.** Whoever opens an invitation's link without being signed in has its
`digest` kept in their session under `SESSION_KEY`: never the token, so that who reads the sessions gets no
link by it. A door that makes an account, or lets somebody in, asks
`invitation_told_by(request.session.get(SESSION_KEY, ""))`: an `Invitation` that is open (with `project`,
`role`, `email` and `made_by`), or None; holds one of its places for a new account (`hold_place`); and sends
them to `/invitations/` afterwards, where they accept it themselves. Nobody becomes a member by signing in
alone.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from sources.models import Acceptance, Invitation, Membership, Project, Role, User, acting
from sources.models.invitation import LONGEST, MOST_USES, held_places, places_taken

SESSION_KEY = "invitation"
"""Of a visitor's session: the digest of the token that they came with."""
PREFIX = 8
DAYS = 7


class NotOpen(Exception):
    """There is no such invitation, or it is over, used up or revoked, or its maker manages no more."""


@dataclass(frozen=True)
class Made:
    """An invitation with its token, which is told once and stored nowhere."""

    invitation: Invitation
    token: str


def new_token() -> str:
    """256 bits, as 43 letters that an address may hold."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def invite(
    *, by: User, project: Project, role: str, email: str = "", uses_most: int = 1, days: int = DAYS
) -> Made:
    """A new invitation, open for `days` days, to `uses_most` people; one for an `email` to one alone.

    Raises ValueError for a role that is none or a number that is out of bounds, IntegrityError
    (invitation_by_a_manager) when `by` does not manage the project.
    """
    if not 1 <= days <= LONGEST or not 1 <= uses_most <= MOST_USES or (email and uses_most != 1):
        raise ValueError("The invitation would hold for too long, or for too many people.")
    token = new_token()
    with acting(by):
        made = Invitation.objects.create(
            project=project,
            role=Role(role),
            email=email,
            uses_most=uses_most,
            token_sha256=digest(token),
            token_prefix=token[:PREFIX],
            expires_at=Now() + timedelta(days=days),
            made_by=by,
        )
    made.refresh_from_db()
    return Made(made, token)


def revoke_invitation(*, by: User, invitation: Invitation) -> None:
    """Nobody comes in by it any more. Doing it twice changes nothing."""
    with acting(by):
        Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=Now(), revoked_by=by)


def open_invitations(user: User | None = None) -> QuerySet[Invitation]:
    """Those by which somebody can come in, in projects that are worked on: anybody, or `user`, for whom one
    of its places may be held."""
    managing = Membership.objects.filter(
        project=OuterRef("project"), user=OuterRef("made_by"), role=Role.MANAGER, user__is_active=True
    )
    return (
        Invitation.objects.annotate(used=places_taken())
        .filter(Exists(managing), revoked_at=None, expires_at__gt=Now(), project__archived_at=None)
        .filter(Q(used__lt=F("uses_most")) | _held_for(user))
    )


def _held_for(user: User | None) -> Q:
    if user is None or user.signed_up_by is None:
        return Q(pk__in=())
    came = Acceptance.objects.filter(invitation=OuterRef("pk"), user=user.pk)
    return Q(~Exists(came), Exists(held_places().filter(pk=user.pk)), uuid=user.signed_up_by)


def hold_place(*, user: User, told: str) -> None:
    """Keeps one of the places of the invitation with that digest for `user`, for as long as HELD says, in the
    transaction that then stores them. Of those who sign up at once each waits for the one before.

    Raises NotOpen.
    """
    found = invitation_told_by(told)
    if found is None:
        raise NotOpen
    Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
    if not open_invitations().filter(pk=found.pk).exists():
        raise NotOpen
    user.signed_up_by = found.uuid


def invitation_of(token: str, user: User | None = None) -> Invitation | None:
    """The invitation of that link that is open to `user`, else to anybody, with its project and its maker;
    None for every other token alike."""
    return invitation_told_by(digest(token), user) if 0 < len(token) <= 100 else None


def invitation_told_by(told: str, user: User | None = None) -> Invitation | None:
    """As `invitation_of`, by the token's digest, which a session keeps."""
    if len(told) != len(digest("")):
        return None
    found = open_invitations(user).filter(Q(token_sha256=told) | Q(mailed_sha256=told))
    return found.select_related("project", "made_by").first()


def came_by(user: User, told: str) -> Membership | None:
    """Their membership, where they accepted the invitation of that digest and are still in its project."""
    accepted = Acceptance.objects.filter(Q(invitation__token_sha256=told) | Q(invitation__mailed_sha256=told))
    projects = accepted.filter(user=user).values("invitation__project")
    return Membership.objects.filter(user=user, project__in=projects).select_related("project").first()


def accept_invitation(*, by: User, token: str) -> Membership:
    """The membership that `by` has now. Whoever has the role already, or a higher one, keeps it, and the
    invitation is not used.

    Raises NotOpen.
    """
    return accept_told_by(by=by, told=digest(token))


def accept_told_by(*, by: User, told: str) -> Membership:
    """As `accept_invitation`, by the token's digest."""
    found = invitation_told_by(told, by)
    if found is None:
        raise NotOpen
    with acting(by):
        # As in set_member: one change of members at a time. The invitation's own limit is PostgreSQL's.
        project = Project.objects.select_for_update(no_key=True).get(pk=found.project_id)
        if project.archived_at is not None:
            raise NotOpen
        mine = Membership.objects.filter(project=project, user=by).first()
        if mine is not None and Role(mine.role).may(Role(found.role)):
            return mine
        _use(found, by)
        if mine is None:
            return Membership.objects.create(project=project, user=by, role=found.role)
        mine.role = found.role
        mine.save(update_fields=["role"])
    return mine


def _use(invitation: Invitation, by: User) -> None:
    """Raises NotOpen when it was used up or revoked meanwhile, or when somebody else removed `by`, or gave
    them a lower role, since it was made: PostgreSQL sees to both."""
    if Acceptance.objects.filter(invitation=invitation, user=by).exists():
        raise NotOpen  # who left or was removed does not come back by the link they came by
    try:
        with transaction.atomic():
            Acceptance.objects.create(project_id=invitation.project_id, invitation=invitation, user=by)
    except IntegrityError as error:
        raise NotOpen from error
