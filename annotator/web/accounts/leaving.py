"""To another sign-in and back."""

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

back = require_GET(never_cache(openid_connect.callback))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_other(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Asks, then leads there from a page of its own.

    The content security policy lets forms lead to this site alone, redirects of theirs included; so what is
    answered to the form is a page, and the page leads on.
    """
    answer: HttpResponse = openid_connect.login(request, provider_id)
    if request.method != "POST" or answer.status_code != 302:
        return answer
    return render(request, "accounts/leaving.html", {"target": answer["Location"]})
