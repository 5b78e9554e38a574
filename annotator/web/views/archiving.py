"""Archiving a project, opening it again, and purging it: for its managers."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from annotator.actions.archiving import (
    GRACE,
    archive_project,
    full_export_of,
    reopen_project,
    request_full_export,
    request_purge,
)
from annotator.intents.refusal import Refused
from annotator.queries.releases import whole_release_of
from sources.models import Role

from ..access import Here, Visit, project_page


def standing_of(here: Here) -> dict[str, Any]:
    """What the settings say of an archived project: when it may be purged, and how it was exported."""
    archived_at = here.project.archived_at
    if archived_at is None or not here.manages:
        return {}
    due = archived_at + GRACE
    return {
        "due": due,
        "days_left": max(0, -((timezone.now() - due) // timedelta(days=1))),
        "is_due": timezone.now() >= due,
        "exported": (exported := full_export_of(here.project)),
        "whole": None if exported else whole_release_of(here.project),
    }


def _managing(here: Here) -> None:
    if not here.manages:
        raise PermissionDenied(here.refusal(Role.MANAGER))


@require_POST
@project_page(Role.VIEWER)
def project_archive(request: Visit, here: Here) -> HttpResponse:
    """`do` is archive, open, or export: a release of everything, which somebody has to
    download before anything is purged."""
    _managing(here)
    asked = request.POST.get("do", "")
    try:
        if asked == "archive":
            archive_project(by=request.user, project=here.project)
            messages.success(request, "The project is archived: it can be read, and nothing in it changes.")
        elif asked == "open":
            reopen_project(by=request.user, project=here.project)
            messages.success(request, "The project is open again.")
        elif asked == "export":
            site = request.build_absolute_uri("/")
            made = request_full_export(by=request.user, project=here.project, site=site)
            return redirect("release", here.project.slug, made.number)
    except Refused as refusal:
        _say(request, refusal)
    return _back(here)


@require_POST
@project_page(Role.VIEWER)
def project_purge(request: Visit, here: Here) -> HttpResponse:
    """Deletes it for good, once its address was typed as `slug`."""
    _managing(here)
    try:
        request_purge(by=request.user, project=here.project, typed=request.POST.get("slug", ""))
    except Refused as refusal:
        _say(request, refusal)
        return _back(here)
    messages.success(request, f"“{here.project}” is being deleted. It is gone from here in a moment.")
    return redirect("home")


def _say(request: Visit, refusal: Refused) -> None:
    messages.error(request, f"Not done: {refusal.message}.")


def _back(here: Here) -> HttpResponse:
    return redirect(reverse("project_settings", args=[here.project.slug]) + "#archive")
