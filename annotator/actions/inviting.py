"""Inviting somebody, with the mail that tells them where this server sends mail."""

from django.conf import settings
from django.core.mail import send_mail
from django.db.models.functions import Now
from procrastinate.contrib.django import app

from sources.actions.invitations import Made, digest, invite, new_token, open_invitations
from sources.models import Invitation, Project, Role, User, acting
from sources.request_id import for_the_job

MAIL = "invitations.mail"
"""The name of the job that mails an invitation."""


def sends_mail() -> bool:
    return bool(getattr(settings, "SENDS_MAIL", False))


def invite_member(
    *, by: User, project: Project, role: str, email: str, uses_most: int, days: int, site: str
) -> Made:
    """As `invite`; one for an e-mail address is mailed by a job, if mail is sent at all. `site` is the
    address that this server's pages stand below, with its last stroke."""
    with acting(by):
        made = invite(by=by, project=project, role=role, email=email, uses_most=uses_most, days=days)
        if email and sends_mail():
            app.configure_task(MAIL).defer(invitation_id=made.invitation.pk, site=site, **for_the_job())
    return made


def mail_invitation(invitation_id: int, site: str) -> None:
    """Send it, once, if it is open still. The link that is mailed has a token of its own: the one that was
    shown is stored nowhere, nor does the queue hold any. Killed in between it is sent again, by another."""
    found = open_invitations().select_related("project", "made_by").filter(pk=invitation_id, mailed_at=None)
    invitation = found.exclude(email="").first()
    if invitation is None:
        return
    token = new_token()
    mine = Invitation.objects.filter(pk=invitation.pk, mailed_at=None)
    with acting(invitation.made_by):
        mine.update(mailed_sha256=digest(token))
    send_mail(
        f"{_line(invitation.made_by)} invites you to Sourceline",
        _text(invitation, token, site),
        None,
        [invitation.email],
    )
    with acting(invitation.made_by):
        mine.update(mailed_at=Now())


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _text(invitation: Invitation, token: str, site: str) -> str:
    until = invitation.expires_at.strftime("%-d %B %Y, %H:%M UTC")
    return (
        f"{_line(invitation.made_by)} invites you to the project “{_line(invitation.project)}” as "
        f"{Role(invitation.role).label.lower()}.\n\n"
        f"Open this link to accept. It works once, until {until}:\n\n{site}invitations/{token}/\n\n"
        "If you do not know what this is about, do nothing: nobody learns that it reached you.\n"
    )
