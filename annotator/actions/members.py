"""Giving somebody who has an account a role in a project, by the name that they sign in with."""

from annotator.guesses import count_miss, may_guess
from annotator.intents.refusal import Refused
from sources.actions import LastManager, remove_member, set_member
from sources.models import Membership, Project, User

LAST = "a project needs at least one manager"


def place(*, by: User, project: Project, username: str, role: str) -> Membership:
    """Their membership, new or changed. Anybody may open a project and try names in it, so the number of
    misses is limited.

    Raises Refused where nobody has that name, or nobody would be left to manage the project.
    """
    named = User.objects.filter(username=username, is_active=True)
    user = named.filter(memberships__project=project).first()
    if user is None:
        if not may_guess(by):
            raise Refused("username", "too_often", "too many names that nobody has. Try again in an hour")
        user = named.first()
    if user is None:
        count_miss(by)
        raise Refused("username", "known", "nobody signs in under this name")
    try:
        return set_member(by=by, project=project, user=user, role=role)
    except LastManager:
        raise Refused("role", "last_manager", LAST) from None


def take_out(*, by: User, project: Project, user: User) -> None:
    """As `remove_member`. Raises Refused where nobody would be left to manage the project."""
    try:
        remove_member(by=by, project=project, user=user)
    except LastManager:
        raise Refused("", "last_manager", LAST) from None
