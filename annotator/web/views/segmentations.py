"""How a project's texts are cut into sentences, and cutting them again by a later segmenter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.actions.segmentations import request_renewal
from annotator.queries.segmentations import MOST_LOOKED, otherwise, segmenter_here, segmenters_of
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def segmentations(request: Visit, here: Here) -> HttpResponse:
    """Members read what a later segmenter would change; a manager lets it."""
    if request.method == "POST":
        demand(here, Role.MANAGER)
        if request_renewal(by=request.user, project=here.project):
            messages.success(request, "The texts are being cut again. This page says how many are left.")
        else:
            messages.info(request, "The texts are waiting to be cut again already.")
        return redirect("segmentations", here.project.slug)
    cut_by = segmenters_of(here.project)
    total = sum(one.texts for one in cut_by)
    return show(
        request,
        here,
        "settings/segmentations.html",
        "project_settings",
        segmenter=segmenter_here(),
        cut_by=cut_by,
        total=total,
        found=otherwise(here.project, MOST_LOOKED) if total else None,
    )
