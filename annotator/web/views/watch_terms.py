"""What a project watches for: the list, many terms at once, one term; and how often they would hit."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from annotator.actions.watch_terms import Added, remove
from annotator.intents.refusal import Stale
from annotator.models import WatchTerm
from annotator.queries import watch_terms as query
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..forms.watch_terms import AddForm, ChangeForm, tried
from ..pages import show
from ..paging import address, page_of

ADDED, CHANGED, TRIED = "add", "save", "try"


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.VIEWER)
def watch_terms(request: Visit, here: Here) -> HttpResponse:
    """Members read the list; annotators add to it, or try first how often terms would hit."""
    form, counted = AddForm(), None
    if request.method == "POST":
        demand(here, Role.ANNOTATOR)
        form = AddForm(request.POST)
        intent = form.intent() if form.is_valid() else None
        if intent and request.POST.get("do") == TRIED:
            counted = query.count_hits(here.project, tried(intent))
        elif intent and (added := form.add(by=request.user, project=here.project, intent=intent)):
            messages.success(request, _said(added))
            return redirect("watch_terms", here.project.slug)
    page = page_of(request, query.watch_terms_of(here.project))
    in_all = None
    if "count" in request.GET:
        in_all = query.count_hits(here.project, [query.wanted(term) for term in page.rows])
    return show(
        request,
        here,
        "settings/watch_terms.html",
        "project_settings",
        422 if form.errors else 200,
        form=form,
        counted=counted,
        page=page,
        rows=[_row(request, here, term, in_all) for term in page.rows],
        in_all=in_all,
        counting=address(request.GET, count=1),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def watch_term(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Changing or removing one: for whoever added it, and for managers."""
    term = query.watch_terms_of(here.project).filter(uuid=uuid).first()
    if term is None:
        raise Http404("This project does not watch for that.")
    if not query.may_change(here.project, here.role, request.user, term):
        raise PermissionDenied("Only a manager changes what somebody else added.")
    form, counted, stale = ChangeForm(initial=ChangeForm.of(term)), None, None
    if request.method == "POST":
        if request.POST.get("do") == "remove":
            remove(by=request.user, term=term)
            messages.success(request, f"“{term}” is no longer watched for.")
            return redirect("watch_terms", here.project.slug)
        form = ChangeForm(request.POST)
        intent = form.intent() if form.is_valid() else None
        try:
            if intent and request.POST.get("do") == TRIED:
                counted = query.count_hits(here.project, tried(intent))
            elif intent and form.change(by=request.user, term=term, intent=intent):
                messages.success(request, f"“{intent.term.words}” is changed.")
                return redirect("watch_terms", here.project.slug)
        except Stale as error:
            stale = error.current
    status = 409 if stale else 422 if form.errors else 200
    return show(
        request,
        here,
        "settings/watch_term.html",
        "project_settings",
        status,
        term=term,
        form=form,
        counted=counted,
        stale=stale,
    )


def _row(request: Visit, here: Here, term: WatchTerm, counted: query.Counted | None) -> dict[str, object]:
    hits, articles = counted.of(query.wanted(term)) if counted else (None, None)
    return {
        "term": term,
        "hits": hits,
        "articles": articles,
        "mine": query.may_change(here.project, here.role, request.user, term),
    }


def _said(added: Added) -> str:
    new = len(added.made)
    if not new:
        return "Nothing new: all of these are watched for already."
    known = f" {added.known} {'was' if added.known == 1 else 'were'} known already." if added.known else ""
    return f"{new} term{'' if new == 1 else 's'} added.{known}"
