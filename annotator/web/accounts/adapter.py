"""What allauth leaves to us: who may sign up, when an address has to be verified, how secrets lie."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import EmailVerificationStage
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sources.actions.invitations import SESSION_KEY, NotOpen, hold_place, invitation_told_by
from sources.models import User

from .sealing import OtherKey, seal, unseal
from .tries import CountedByAccount

log = logging.getLogger(__name__)

AGAIN = {
    "reauthenticate": "By your password",
    "mfa_reauthenticate": "By a code",
    "mfa_reauthenticate:webauthn": "By a passkey",
}
"""How one shows once more that it is oneself."""


def invited(request: HttpRequest) -> bool:
    """Whether whoever asks came by an invitation that is open to them."""
    user = request.user if request.user.is_authenticated else None
    return invitation_told_by(request.session.get(SESSION_KEY, ""), user) is not None


@contextmanager
def having_a_place(request: HttpRequest, user: User) -> Iterator[None]:
    """Storing a new account: where not everybody may make one, it takes a place of its invitation."""
    with transaction.atomic():
        if not settings.SIGN_UP:
            try:
                hold_place(user=user, told=request.session.get(SESSION_KEY, ""))
            except NotOpen:  # somebody else took the last one meanwhile
                raise ImmediateHttpResponse(render(request, "account/signup_closed.html")) from None
        yield


class VerifiedOnce(EmailVerificationStage):
    """Who has just signed up has to open the mail first; who was in before is never kept out by an address.

    allauth would keep out everybody without a verified address: those whom the server's owner gave a link,
    and whoever mistypes a second address of theirs.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is not None and (user.last_login or not user.email):
            return None, True
        return super().handle()


class Accounts(CountedByAccount, DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_taken": "Somebody signs in under this name already. Choose another.",
        "username_blacklisted": "This sign-in name cannot be had. Choose another.",
        "username_password_mismatch": "No account has this sign-in name with this password.",
        "email_password_mismatch": "No account has this address with this password.",
        "incorrect_password": "That is not your password until now.",
        "too_many_login_attempts": "Too many wrong passwords. Try again in five minutes, or come in "
        "another way.",
        "email_taken": "An account has this address already.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Where the server's owner says so, and to whoever came by an invitation that is open."""
        return settings.SIGN_UP or invited(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the invitation that one came with, where one accepts it oneself; else as ever."""
        if invited(request):
            return reverse("invitation_kept")
        return super().get_login_redirect_url(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """An address as a sign-in name could be somebody else's, who then could not sign in by it."""
        if "@" in username:
            raise ValidationError("A sign-in name holds no @: one also signs in by addresses, which do.")
        try:
            return super().clean_username(username, shallow)
        except ValidationError as error:
            if error.code != "invalid":
                raise
            raise ValidationError("A sign-in name holds letters, digits and . + - _ alone.") from None

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", user.name)
        form.cleaned_data.setdefault("email", user.email)
        with having_a_place(request, user):
            return super().save_user(request, user, form, commit)

    def get_login_stages(self) -> list[str]:
        ours = f"{VerifiedOnce.__module__}.{VerifiedOnce.__qualname__}"
        theirs = f"{EmailVerificationStage.__module__}.{EmailVerificationStage.__qualname__}"
        return [ours if one == theirs else one for one in super().get_login_stages()]

    def get_reauthentication_methods(self, user: User) -> list[dict[str, str]]:
        return [
            {**one, "description": AGAIN[one["id"]]} for one in super().get_reauthentication_methods(user)
        ]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Whose account it is told of: whoever asks may not be signed in."""
        super().send_notification_mail(template_prefix, user, {"user": user, **(context or {})}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer is told of; whatever was being done is done all the same."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's are of it
            log.error("A mail (%s) could not be sent: %s", template_prefix, error)
            if self.request is not None:
                messages.error(
                    self.request,
                    "The mail could not be sent just now. Try again later, or ask whoever runs this server.",
                )


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That is not the code. An app shows another every half minute, and a recovery code "
        "works once.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return unseal(encrypted_text)
        except OtherKey:
            answer = render(context.request, "accounts/other_key.html", status=409)
            raise ImmediateHttpResponse(answer) from None

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def _get_user_identifier(self, user: User) -> str:
        """What an app or a passkey shows: what one signs in with."""
        return user.username


class OtherSignIns(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Those that the environment names; no row of the database adds one."""
        from allauth.socialaccount.adapter import _build_apps_from_settings

        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        with having_a_place(request, sociallogin.user):
            return super().save_user(request, sociallogin, form)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        user = super().populate_user(request, sociallogin, data)
        user.name = (data.get("name") or "")[:200]
        return user
