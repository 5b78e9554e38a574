"""The reference of the API for people, one page without a script, and its tutorial; for anybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator.api.reference import groups, shapes


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "api/reference.html", {"groups": groups(), "shapes": shapes()})


@require_safe
def tutorial(request: HttpRequest) -> HttpResponse:
    """The file as it stands in the repository, whose commands a test runs: to be read and copied from."""
    written = (settings.BASE_DIR / "docs/api.md").read_bytes()
    return HttpResponse(written, content_type="text/plain; charset=utf-8")
