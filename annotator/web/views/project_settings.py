"""What a project is called, who may read it, who works on it, and its codebook."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.queries.codebook_pages import facet_pages
from annotator.queries.segmentations import cut_by_others
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
    member_form, people = MemberForm(), list(members(project))
    row_errors: list[str] = []
    refused_row = ""
    if request.method == "POST":
        demand(here, Role.MANAGER)
        if "username" in request.POST:
            member_form = MemberForm(request.POST)
            if member_form.is_valid() and member_form.place(by=request.user, project=project):
                messages.success(request, "The member’s role is set.")
                return redirect("project_settings", project.slug)
            named = request.POST["username"].strip()
            if any(one.user.username == named for one in people):
                # said where the member stands, not where a new one is added
                row_errors = [str(error) for errors in member_form.errors.values() for error in errors]
                member_form, refused_row = MemberForm(), named
        else:
            form = SettingsForm(request.POST)
            if form.is_valid():
                form.apply(by=request.user, project=project)
                messages.success(request, "The settings are saved.")
                return redirect("project_settings", project.slug)
    refused = form.errors or member_form.errors or refused_row
    return show(
        request,
        here,
        "settings/project.html",
        "project_settings",
        422 if refused else 200,
        form=form,
        member_form=member_form,
        members=people,
        refused_row=refused_row,
        row_errors=row_errors,
        roles=Role.choices,
        facets=facet_pages(project, ""),
        cut_before=cut_by_others(project).count(),
    )
