"""All projects, a new one, and the first page of one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from annotator.queries import claims, progress, standing, work
from sources.models import Project

from ..access import Here, Visit, project_page
from ..forms.projects import ProjectForm
from ..pages import show


@require_safe
def home(request: Visit) -> HttpResponse:
    """Every project open to the visitor; somebody who is not signed in and has none is shown the door."""
    open_to = list(standing.projects_with_numbers(request.user))
    if not open_to and not request.user.is_authenticated:
        return redirect("sign_in")
    return render(request, "projects/home.html", {"projects": open_to, "shelves": _shelves(open_to)})


def _shelves(projects: list[Project]) -> list[dict[str, object]]:
    """One's own; those that anyone may read and one is no member of; those that are archived."""
    worked_on = [one for one in projects if not one.archived_at]
    mine = [one for one in worked_on if one.role]  # type: ignore[attr-defined]
    others = [one for one in worked_on if not one.role]  # type: ignore[attr-defined]
    over = [one for one in projects if one.archived_at]
    return [
        {"key": "mine", "name": "", "projects": mine, "level": 2},
        {"key": "public", "name": "Open to read", "projects": others, "level": 3},
        {
            "key": "archived",
            "name": "Archived",
            "said": "They can be read; nothing in them can be changed.",
            "projects": over,
            "level": 3,
        },
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_new(request: Visit) -> HttpResponse:
    form = ProjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        project = form.create(by=request.user)
        if project is not None:
            messages.success(request, "The project is made. Put the first articles on its shelf.")
            return redirect("article_import", project.slug)
    return render(request, "projects/new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@project_page()
def project(request: Visit, here: Here) -> HttpResponse:
    return show(
        request,
        here,
        "projects/overview.html",
        totals=progress.totals(here.project, here.role),
        statuses=work.by_status(here.project, here.role),
        untouched=work.waiting_longest(here.project, here.role),
        deeds=progress.latest(here.project) if here.role else [],
        labels=claims.LABELS,
    )
