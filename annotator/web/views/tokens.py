"""A person's tokens for programs: the list, one more, revoking one."""

from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotator.queries import tokens as query
from sources.actions.tokens import revoke_token

from ..access import Visit
from ..forms.tokens import TokenForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: Visit) -> HttpResponse:
    """The answer to making one alone tells its secret, and is kept nowhere. As a token is a way in, whoever
    makes one is asked once more who they are."""
    if request.method == "POST":
        raise_if_reauthentication_required(request, app="account")
    form, made, secret = TokenForm(request.user, request.POST or None), None, ""
    if request.method == "POST" and form.is_valid():
        made, secret = form.make()
        form = TokenForm(request.user)
    told = {"form": form, "made": made, "secret": secret, "rows": query.tokens_of(request.user)}
    status = 422 if form.errors else 409 if made and not secret else 200
    return render(request, "accounts/tokens.html", told, status=status)


@login_required
@require_POST
def token_revoke(request: Visit, uuid: UUID) -> HttpResponse:
    token = query.token_of(request.user, uuid)
    if token is None:
        raise Http404("You have no such token.")
    revoke_token(by=request.user, token=token)
    messages.success(request, f"“{token.name}” is revoked: it opens nothing any more.")
    return redirect("tokens")
