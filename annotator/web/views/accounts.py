"""Signing in by a one-time link, and out again."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

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


@require_safe
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    target = own_address(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(target)
    return render(request, "accounts/sign_in.html", {"target": target, "command": link_command()})


@require_GET
@never_cache
def sign_in_link(request: HttpRequest) -> HttpResponse:
    """Takes the token of `manage.py sign_in_link`; a used, old or invented one gets a plain page.

    The token works once, so neither HEAD nor what a browser fetches ahead may use it up.
    """
    if any(header in request.headers for header in FETCHED_AHEAD):
        return HttpResponse(status=503)
    from sesame.utils import get_user  # reads the secret key as it is imported

    user = get_user(request)
    if user is None:
        return render(request, "accounts/link_refused.html", {"command": link_command()}, status=403)
    login(request, user, backend="sesame.backends.ModelBackend")
    return redirect(own_address(request.GET.get("next", "")))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Opening the address asks; only the form signs out, so that no link elsewhere can."""
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "accounts/sign_out.html")
    if request.method == "POST":
        logout(request)
    return redirect("sign_in")
