"""Who works on a project: its members, their roles, and the invitations that managers make."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotator.actions.inviting import sends_mail
from annotator.queries.invitations import invitations_of
from annotator.queries.standing import members as members_of
from sources.actions import LastManager, remove_member, revoke_invitation
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..forms.members import LAST, InvitationForm, MemberForm
from ..pages import show

INVITING = "invite_%s"
"""Of the fields of the one form, so that they are told apart from the other's."""
MADE = "invitation made"
"""Of a session: the invitation that was just made and its link, until the page has shown it, once."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@project_page(Role.VIEWER)
def members(request: Visit, here: Here) -> HttpResponse:
    """Members see each other; a manager adds somebody by name, sets roles and sees the invitations."""
    form, row_errors, refused_row = MemberForm(), [], ""
    if request.method == "POST":
        demand(here, Role.MANAGER)
        form = MemberForm(request.POST)
        if form.is_valid() and form.place(by=request.user, project=here.project):
            messages.success(request, "The member’s role is set.")
            return redirect("members", here.project.slug)
        named = request.POST.get("username", "").strip()
        if any(one.user.username == named for one in members_of(here.project)):
            # said where the member stands, not where a new one is added
            row_errors = [str(error) for errors in form.errors.values() for error in errors]
            form, refused_row = MemberForm(), named
    return _page(
        request, here, form, InvitationForm(auto_id=INVITING), row_errors=row_errors, refused_row=refused_row
    )


def _page(
    request: Visit,
    here: Here,
    form: MemberForm,
    inviting: InvitationForm,
    *,
    row_errors: list[str] | None = None,
    refused_row: str = "",
) -> HttpResponse:
    return show(
        request,
        here,
        "settings/members.html",
        "project_settings",
        422 if form.errors or inviting.errors or refused_row else 200,
        members=members_of(here.project),
        form=form,
        inviting=inviting,
        refused_row=refused_row,
        row_errors=row_errors or [],
        roles=Role.choices,
        invitations=invitations_of(here.project) if here.may_manage else [],
        made=_just_made(request, here),
        sends_mail=sends_mail(),
    )


def _just_made(request: Visit, here: Here) -> dict[str, str] | None:
    kept = request.session.get(MADE)
    if not kept or kept["project"] != here.project.pk or request.method != "GET":
        return None
    del request.session[MADE]
    return kept


@require_POST
@project_page(Role.VIEWER)
def member_remove(request: Visit, here: Here) -> HttpResponse:
    """Takes out whom `username` names: a manager anybody, everybody themselves. Their access ends with
    their next request."""
    username = request.POST.get("username", "")
    named = members_of(here.project).filter(user__username=username).first()
    if named is None:
        messages.error(request, "Nobody was removed: no member has that name any more.")
        return redirect("members", here.project.slug)
    mine = named.user_id == request.user.pk
    if not mine:
        demand(here, Role.MANAGER)
    try:
        remove_member(by=request.user, project=here.project, user=named.user)
    except LastManager:
        whom = "You did not leave." if mine else f"{named.user} was not removed."
        messages.error(request, f"{whom} {LAST}")
        return redirect("members", here.project.slug)
    if mine:
        messages.success(request, f"You left “{here.project}”. What you wrote there stays, under your name.")
        return redirect("home")
    messages.success(request, f"{named.user} is no longer a member. What they wrote stays, under their name.")
    return redirect("members", here.project.slug)


@require_POST
@project_page(Role.MANAGER)
def invitation_new(request: Visit, here: Here) -> HttpResponse:
    form = InvitationForm(request.POST, auto_id=INVITING)
    if not form.is_valid():
        return _page(request, here, MemberForm(), form)
    made = form.make(by=request.user, project=here.project, site=request.build_absolute_uri("/"))
    request.session[MADE] = {
        "project": here.project.pk,
        "uuid": str(made.invitation.uuid),
        "link": request.build_absolute_uri(reverse("invitation", args=[made.token])),
        "email": made.invitation.email,
        "role": made.invitation.role,
    }
    return redirect(reverse("members", args=[here.project.slug]) + "#made")


@require_POST
@project_page(Role.MANAGER)
def invitation_revoke(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    found = here.project.invitations.filter(uuid=uuid).first()
    if found is None:
        raise Http404("No such invitation into this project.")
    revoke_invitation(by=request.user, invitation=found)
    messages.success(request, f"Nobody comes in by the link {found.token_prefix}… any more.")
    return redirect("members", here.project.slug)
