"""The searches that people keep: the list, keeping one more, renaming, sharing and removing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.actions.saved_searches import remove
from annotator.intents.refusal import Stale
from annotator.queries import saved_searches as query
from annotator.queries.search_names import IN_WORDS, names_of
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..claim_search import canonical, wanted_of
from ..forms.saved_searches import ChangeForm, SaveForm
from ..pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def saved_searches(request: Visit, here: Here) -> HttpResponse:
    """Members see their own and the shared ones; who annotates keeps more. `?search=` names one to keep."""
    asked = canonical(QueryDict(request.GET.get("search", "")[:4000]))
    form = SaveForm(initial={"search": asked})
    if request.method == "POST":
        demand(here, Role.ANNOTATOR)
        form = SaveForm(
            {**request.POST.dict(), "search": canonical(QueryDict(request.POST.get("search", "")))}
        )
        asked = form.data["search"]
        if form.is_valid() and (kept := form.save(by=request.user, project=here.project)):
            messages.success(request, f"“{kept.name}” is kept.")
            return redirect("saved_searches", here.project.slug)
    found = query.searches_of(here.project, request.user)
    return show(
        request,
        here,
        "claims/searches.html",
        "claims",
        422 if form.errors else 200,
        form=form if asked else None,
        asked=_in_words(here, asked) if asked else "",
        rows=[
            (
                one,
                query.may_change(here.project, here.role, request.user, one),
                one.owner_id == request.user.pk,
            )
            for one in found
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def saved_search(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Renaming, sharing or removing one: for its owner, and a shared one for managers."""
    search = query.searches_of(here.project, request.user).filter(uuid=uuid).first()
    if search is None:
        raise Http404("No such search is kept for you here.")
    if not query.may_change(here.project, here.role, request.user, search):
        raise PermissionDenied("Only its owner or a manager changes a search.")
    form, stale = ChangeForm(initial=ChangeForm.of(search)), None
    if request.method == "POST":
        if request.POST.get("do") == "remove":
            remove(by=request.user, search=search)
            messages.success(request, f"“{search.name}” is removed.")
            return redirect("saved_searches", here.project.slug)
        form = ChangeForm(request.POST)
        try:
            if form.is_valid() and form.change(by=request.user, search=search):
                messages.success(request, f"“{form.cleaned_data['name']}” is changed.")
                return redirect("saved_searches", here.project.slug)
        except Stale as error:
            stale = error.current
    status = 409 if stale else 422 if form.errors else 200
    told = {"search": search, "form": form, "stale": stale, "asked": _in_words(here, search.search)}
    return show(request, here, "claims/search.html", "claims", status, **told)


def _in_words(here: Here, search: str) -> str:
    """What a search asks for: "status: Accepted; words: crack"."""
    told: dict[str, list[str]] = {}
    for field, _, value in names_of(here.project, wanted_of(QueryDict(search))):
        told.setdefault(IN_WORDS[field], []).append(value)
    return "; ".join(f"{name}: {' or '.join(values)}" for name, values in told.items()) or "all claims"
