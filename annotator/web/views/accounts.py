"""Coming in, and one's own account. What else allauth shows is listed in `annotator/web/accounts/urls.py`."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from sources.models import User

from ..access import Visit
from ..accounts.forms import OwnNameForm

FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Headers of browsers that load or show a page before anybody asked to go there."""


def own_address(target: str, default: str = "/") -> str:
    """`target` if it is a path of this site, else `default`: nobody is sent elsewhere from here."""
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if ours else default


def link_command() -> str:
    """What prints a sign-in link. Where the data lies is never said: who asks is not signed in."""
    command = ".venv/bin/python manage.py sign_in_link"
    return command if settings.DATA_DIR == settings.BASE_DIR / "var" else f"{command} --data DIR"


class SignIn(LoginView):
    """By password, passkey or another sign-in; and how to get a link."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(command=link_command(), **kwargs)


sign_in = require_http_methods(["GET", "HEAD", "POST"])(SignIn.as_view())


class SecondFactor(AuthenticateView):
    """By the app's code or a recovery code; by a passkey where the account has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        has_passkey = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists()
        return super().get_context_data(**kwargs) | {"has_passkey": has_passkey}


second_factor = never_cache(require_http_methods(["GET", "HEAD", "POST"])(SecondFactor.as_view()))


@require_GET
@never_cache
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Takes the token of `manage.py sign_in_link`; a used, old or invented one gets a plain page.

    The token works once, so neither HEAD nor what a browser fetches ahead may use it up. It stands for the
    password alone: who has a second factor is asked for it.
    """
    if any(header in request.headers for header in FETCHED_AHEAD):
        return HttpResponse(status=503)
    from sesame.utils import get_user  # reads the secret key as it is imported

    user = get_user(request)
    if user is None:
        return render(request, "accounts/link_refused.html", {"command": link_command()}, status=403)
    user.backend = "annotator.web.accounts.backend.EachOnce"  # by which every page knows them again
    return perform_login(request, user, redirect_url=own_address(request.GET.get("next", ""), "") or None)


def _open_sessions(user: User) -> int:
    """In how many browsers somebody is signed in now: not those that were signed out, whose time is over, or
    that a new password shut out. One query."""
    keys = UserSession.objects.filter(user=user).values("session_key")
    mark = user.get_session_auth_hash()
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return sum(one.get_decoded().get(HASH_SESSION_KEY) == mark for one in found)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def account(request: Visit) -> HttpResponse:
    """One's name, and how one gets in: each with what it is now and where to change it."""
    user = request.user
    form = OwnNameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        form.apply(by=user)
        messages.success(request, "Your name is saved.")
        return redirect("account")
    factors = list(Authenticator.objects.filter(user=user).order_by("pk"))
    context = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
        "app": any(one.type == Authenticator.Type.TOTP for one in factors),
        "codes": any(one.type == Authenticator.Type.RECOVERY_CODES for one in factors),
        "passkeys": [one for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "sessions": _open_sessions(user),
        "others": SocialAccount.objects.filter(user=user),
        "command": link_command(),
    }
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)
