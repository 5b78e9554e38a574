"""Coming in by an invitation's link: who invites whom to what, and accepting it."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sources.actions import NotOpen
from sources.actions.invitations import SESSION_KEY, accept_told_by, came_by, digest, invitation_told_by
from sources.models import Invitation, Membership, Role

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
    """Whoever is signed in accepts it here; anybody else is led to where they sign in, and then to
    `invitation_kept`. One that is over, used up or revoked, or never was, gets the same plain page."""
    return _told_by(request, digest(token))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def invitation_kept(request: HttpRequest) -> HttpResponse:
    """The same of the invitation that whoever asks came with before they signed in."""
    return _told_by(request, request.session.get(SESSION_KEY, ""))


def _told_by(request: HttpRequest, told: str) -> HttpResponse:
    """By the token's digest: neither a session nor an address that one is sent to holds the token itself."""
    user = request.user
    found = invitation_told_by(told, user if user.is_authenticated else None)
    if found is None:
        return _over(request, told)
    if not user.is_authenticated:
        request.session[SESSION_KEY] = told
        if request.method == "POST":
            return redirect_to_login(reverse("invitation_kept"), reverse("sign_in"))
        return _asked(request, found, None)
    if request.method != "POST":
        mine = Membership.objects.filter(project=found.project_id, user=user.pk).first()
        return _asked(request, found, mine)
    try:
        mine = accept_told_by(by=user, told=told)
    except NotOpen:
        return _over(request, told)
    request.session.pop(SESSION_KEY, None)
    messages.success(request, f"You are in “{found.project}” as {Role(mine.role).label.lower()}.")
    return redirect("project", found.project.slug)


def _asked(request: HttpRequest, found: Invitation, mine: Membership | None) -> HttpResponse:
    has_it = mine is not None and Role(mine.role).may(Role(found.role))
    back = reverse("invitation_kept")
    doors = {
        "sign_in": f"{reverse('sign_in')}?next={back}",
        "sign_up": f"{reverse('account_signup')}?next={back}",
    }
    return render(
        request,
        "accounts/invitation.html",
        {"invitation": found, "mine": mine, "has_it": has_it, "role_means": MEANS[Role(found.role)], **doors},
    )


def _over(request: HttpRequest, told: str) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    if request.user.is_authenticated and (mine := came_by(request.user, told)):
        messages.info(
            request, f"You came in by this link before: you are {Role(mine.role).label.lower()} here."
        )
        return redirect("project", mine.project.slug)
    return render(request, "accounts/invitation_over.html", status=404)
