"""The reference of the API for people, a page for each group of operations, and its tutorial; for anybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator.api.reference import groups, shapes_of


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "api/reference.html", {"groups": groups()})


@require_safe
def reference_of(request: HttpRequest, group: str) -> HttpResponse:
    """The operations of one group, and the shapes that they take and answer with."""
    shown = next((one for one in groups() if one.anchor == group), None)
    if shown is None:
        raise Http404
    told = {"groups": groups(), "group": shown, "shapes": shapes_of(shown)}
    return render(request, "api/group.html", told)


@require_safe
def tutorial(request: HttpRequest) -> HttpResponse:
    """The file as it stands in the repository, whose commands a test runs: to be read and copied from."""
    written = (settings.BASE_DIR / "docs/api.md").read_bytes()
    return HttpResponse(written, content_type="text/plain; charset=utf-8")
