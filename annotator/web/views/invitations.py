"""Coming in by an invitation's link: who invites whom to what, and accepting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sources.actions import NotOpen, accept_invitation, invitation_of
from sources.actions.invitations import SESSION_KEY
from sources.models import Invitation, Membership, Role

from ..access import to_sign_in

MEANS = {
    Role.VIEWER: "A viewer reads everything and takes part in discussions.",
    Role.ANNOTATOR: "An annotator also adds articles, and marks claims, speakers and events in them.",
    Role.REVIEWER: "A reviewer annotates, decides on the claims of others, and publishes releases.",
    Role.MANAGER: "A manager may do everything in the project, and says who belongs to it.",
}
"""What each role may do, for somebody who has never seen a project."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever is signed in accepts it here; anybody else is led to where they sign in, and back. One that
    is over, used up or revoked, or never was, gets the same plain page."""
    user = request.user
    found = invitation_of(token, user if user.is_authenticated else None)
    if found is None:
        return _over(request)
    if not user.is_authenticated:
        request.session[SESSION_KEY] = token
        return _asked(request, found, None) if request.method != "POST" else to_sign_in(request)
    if request.method != "POST":
        mine = Membership.objects.filter(project=found.project_id, user=user.pk).first()
        return _asked(request, found, mine)
    try:
        mine = accept_invitation(by=user, token=token)
    except NotOpen:
        return _over(request)
    request.session.pop(SESSION_KEY, None)
    messages.success(request, f"You are in “{found.project}” as {Role(mine.role).label.lower()}.")
    return redirect("project", found.project.slug)


def _asked(request: HttpRequest, found: Invitation, mine: Membership | None) -> HttpResponse:
    has_it = mine is not None and Role(mine.role).may(Role(found.role))
    doors = {
        "sign_in": f"{reverse('sign_in')}?next={request.path}",
        "sign_up": f"{reverse('account_signup')}?next={request.path}",
    }
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found, "mine": mine, "has_it": has_it, "role_means": MEANS[Role(found.role)], **doors},
    )


def _over(request: HttpRequest) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    return render(request, "accounts/invitation_over.html", status=404)
