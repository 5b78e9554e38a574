"""What a project is called, who may read it, who works on it, and its codebook."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.queries.codebook import codebook_of
from annotator.queries.standing import members
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..forms.projects import MemberForm, SettingsForm
from ..pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def project_settings(request: Visit, here: Here) -> HttpResponse:
    """Members read it; a manager changes name and access, adds members and sets their roles."""
    project = here.project
    form = SettingsForm(
        initial={"name": project.name, "description": project.description, "is_public": project.is_public}
    )
    member_form = MemberForm()
    if request.method == "POST":
        demand(here, Role.MANAGER)
        if "username" in request.POST:
            member_form = MemberForm(request.POST)
            if member_form.is_valid() and member_form.place(by=request.user, project=project):
                messages.success(request, "The member’s role is set.")
                return redirect("project_settings", project.slug)
        else:
            form = SettingsForm(request.POST)
            if form.is_valid():
                form.apply(by=request.user, project=project)
                messages.success(request, "The settings are saved.")
                return redirect("project_settings", project.slug)
    refused = form.errors or member_form.errors
    return show(
        request,
        here,
        "settings/project.html",
        "project_settings",
        422 if refused else 200,
        form=form,
        member_form=member_form,
        members=members(project),
        roles=Role.choices,
        facets=codebook_of(project),
    )
