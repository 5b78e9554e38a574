"""Who works on a project: its members, their roles, and the invitations that managers make."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotator.actions.inviting import sends_mail
from annotator.actions.members import take_out
from annotator.intents.refusal import Refused, Stale, Vanished
from annotator.queries.invitations import invitations_of
from annotator.queries.project_json import state_of_member
from annotator.queries.standing import members as members_of
from sources.actions import LastManager, remove_member, revoke_invitation
from sources.models import Membership, Role

from ..access import Here, Visit, demand, project_page
from ..forms.members import LAST, InvitationForm, MemberForm
from ..pages import show

INVITING = "invite_%s"
"""Of the fields of the one form, so that they are told apart from the other's."""
MADE = "invitation made"
"""Of a session: the invitation that was just made and its link, until the page has shown it, once."""


@dataclass(frozen=True)
class Row:
    """A member as the page shows them: `state` is what a change of theirs is based on, `chosen` the role that
    the select stands on, `refused` why the last change of it was not made, and `status` what that answers."""

    member: Membership
    state: str
    chosen: str
    refused: Sequence[str] = ()
    status: int = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@project_page(Role.VIEWER)
def members(request: Visit, here: Here) -> HttpResponse:
    """Members see each other; a manager adds somebody by name, sets roles and sees the invitations.

    Who is in already is given a role by their row, which says in which state it was shown.
    """
    if request.method != "POST":
        return _page(request, here, MemberForm(), InvitationForm(auto_id=INVITING))
    demand(here, Role.MANAGER)
    form, state = MemberForm(request.POST), request.POST.get("version")
    refused: Row | None = None
    try:
        if form.is_valid() and (
            placed := form.place(
                by=request.user, project=here.project, seen=None if state is None else {state}
            )
        ):
            messages.success(
                request, f"{placed.user} is in this project as {placed.get_role_display().lower()}."
            )
            return redirect("members", here.project.slug)
        if state is not None:
            refused = _refused_row(here, form)
    except Stale as error:
        now, wanted = error.current, form.cleaned_data["role"]
        said = f"Somebody made them {now.get_role_display().lower()} meanwhile. Set it again to change that."
        refused = Row(now, state_of_member(now), wanted, [said], 409)
    except Vanished:
        form.add_error("username", "Somebody removed them meanwhile. Add them to let them in again.")
    # a member's own is said where they stand, not where a new one is added
    shown = MemberForm() if refused else form
    return _page(request, here, shown, InvitationForm(auto_id=INVITING), refused=refused)


def _refused_row(here: Here, form: MemberForm) -> Row | None:
    """Of the member whom the form names, if there is one."""
    named = members_of(here.project).filter(user__username=form.data.get("username", "").strip()).first()
    if named is None:
        return None
    said = [str(error) for errors in form.errors.values() for error in errors]
    return Row(named, state_of_member(named), named.role, said)


def _page(
    request: Visit, here: Here, form: MemberForm, inviting: InvitationForm, *, refused: Row | None = None
) -> HttpResponse:
    return show(
        request,
        here,
        "settings/members.html",
        "project_settings",
        refused.status if refused else 422 if form.errors or inviting.errors else 200,
        rows=[
            refused if refused and one.pk == refused.member.pk else Row(one, state_of_member(one), one.role)
            for one in members_of(here.project)
        ],
        form=form,
        inviting=inviting,
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
    """Takes out whom `username` names: a manager anybody whom they saw as they are, everybody themselves.
    Their access ends with their next request."""
    username = request.POST.get("username", "")
    named = members_of(here.project).filter(user__username=username).first()
    if named is None:
        messages.error(request, "Nobody was removed: no member has that name any more.")
        return redirect("members", here.project.slug)
    mine = named.user_id == request.user.pk
    try:
        if mine:
            remove_member(by=request.user, project=here.project, user=named.user)
        else:
            demand(here, Role.MANAGER)
            seen = {request.POST.get("version", "")}
            take_out(by=request.user, project=here.project, user=named.user, seen=seen)
    except (LastManager, Refused):
        whom = "You did not leave." if mine else f"{named.user} was not removed."
        messages.error(request, f"{whom} {LAST}")
        return redirect("members", here.project.slug)
    except Stale as error:
        now = error.current.get_role_display().lower()
        messages.error(request, f"{named.user} was not removed: somebody made them {now} meanwhile.")
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
