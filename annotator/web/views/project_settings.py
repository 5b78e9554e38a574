"""What a project is called and who may read it, with ways to its members and its codebook."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.intents.refusal import Stale
from annotator.queries.codebook_pages import facet_pages
from annotator.queries.segmentations import cut_by_others
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..forms.projects import SettingsForm
from ..pages import show
from .archiving import standing_of


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def project_settings(request: Visit, here: Here) -> HttpResponse:
    """Members read it; a manager changes name and access, and is told where another did meanwhile."""
    project, stale = here.project, None
    form = SettingsForm(initial=SettingsForm.of(project))
    if request.method == "POST":
        demand(here, Role.MANAGER)
        form = SettingsForm(request.POST)
        try:
            if form.is_valid():
                form.apply(by=request.user, project=project)
                messages.success(request, "The settings are saved.")
                return redirect("project_settings", project.slug)
        except Stale as error:
            stale, form = error.current, form.over(error.current)
    return show(
        request,
        here,
        "settings/project.html",
        "project_settings",
        409 if stale else 422 if form.errors else 200,
        form=form,
        stale=stale,
        **standing_of(here),
        how_many=project.memberships.count(),
        facets=facet_pages(project, ""),
        cut_before=cut_by_others(project).count(),
    )
