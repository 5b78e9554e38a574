"""Giving somebody who has an account a role in a project, by the name that they sign in with."""

from collections.abc import Collection

from annotator.guesses import may_guess, was_right
from annotator.intents.refusal import Refused, Vanished, check_seen
from annotator.queries.project_json import state_of_member
from sources.actions import LastManager, remove_member, set_member
from sources.actions.locks import lock_standing
from sources.models import Membership, Project, User, acting

LAST = "a project needs at least one manager"


Seen = Collection[str] | None
"""States of a membership (`project_json.state_of_member`) of which whoever asks saw one."""


def place(*, by: User, project: Project, username: str, role: str, seen: Seen = None) -> Membership:
    """Their membership, new or changed. Anybody may open a project and try names in it, so the number of
    misses is limited. Whoever gives a member another role has to have `seen` which one they have.

    Raises Refused where nobody has that name, or nobody would be left to manage the project; VersionNeeded,
    Stale, and Vanished where who was seen is no member any more.
    """
    named = User.objects.filter(username=username, is_active=True)
    user = named.filter(memberships__project=project).first()
    if user is None:
        if not may_guess(by):
            raise Refused("username", "too_often", "too many names that nobody has. Try again in an hour")
        user = named.first()
        if user is None:
            raise Refused("username", "known", "nobody signs in under this name")
        was_right(by)
    try:
        with acting(by):
            now = _membership(project, user)
            if now is None and seen is not None:
                raise Vanished
            if now is not None and now.role != role:
                check_seen(seen, state_of_member(now), now)
            return set_member(by=by, project=project, user=user, role=role)
    except LastManager:
        raise Refused("role", "last_manager", LAST) from None


def take_out(*, by: User, project: Project, user: User, seen: Seen) -> None:
    """As `remove_member`, of somebody whose membership was `seen`. Raises Refused where nobody would be left
    to manage the project, VersionNeeded, Stale."""
    try:
        with acting(by):
            now = _membership(project, user)
            if now is not None:
                check_seen(seen, state_of_member(now), now)
            remove_member(by=by, project=project, user=user)
    except LastManager:
        raise Refused("", "last_manager", LAST) from None


def _membership(project: Project, user: User) -> Membership | None:
    """As it is until the act ends."""
    lock_standing(project.pk)
    return Membership.objects.select_related("user").filter(project=project, user=user).first()
