"""A page for who opens an address that only takes what a form sends, and that a refusal left in the bar."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


class SentOnly:
    """Gives a bare 405 to a browser that asked to read a page with what to do instead; the status stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != 405 or request.method != "GET" or request.path_info.startswith("/api/"):
            return answer
        page = render(request, "errors/405.html", {"instead": _instead(request)}, status=405)
        page["Allow"] = answer["Allow"]
        return page


def _instead(request: HttpRequest) -> tuple[str, str] | None:
    """Where to go and what that is called, as far as the address tells; nobody is let in by it."""
    found = request.resolver_match
    named = found.kwargs if found else {}
    if request.path_info.startswith("/c/") and "uuid" in named:
        return reverse("claim", args=[named["uuid"]]), "Open the claim"
    if "slug" in named:
        to, name = ("claims", "claims") if "/claims/" in request.path_info else ("project", "project")
        return reverse(to, args=[named["slug"]]), f"Open the {name}"
    return None
