"""The reference of the API for people: one page without a script of its own, for anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotator.api.reference import groups, shapes


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    return render(request, "api/reference.html", {"groups": groups(), "shapes": shapes()})
