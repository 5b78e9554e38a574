"""Answering with a page of a project."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .access import Here


def show(
    request: HttpRequest, here: Here, template: str, section: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """The template with the project's standing as `here`; `section` is the bar's current entry."""
    return render(request, template, {"here": here, "section": section, **context}, status=status)
