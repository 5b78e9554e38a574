"""Outlets: the list, one with its articles and names, its record, and saying that two are one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotator.actions import outlets as act
from annotator.intents import fields
from annotator.intents.outlet import domain, parse_outlet_deletion, parse_outlet_merge
from annotator.intents.refusal import Refused, Stale
from annotator.queries import outlets as query
from annotator.queries.histories import history_of
from sources.models import Publication, Role

from ..access import Here, Visit, as_uuid, project_page, to_survivor
from ..forms.outlets import OutletForm
from ..pages import show
from ..paging import choice, page_of, words

SORTED = {"articles": "most articles", "taken": "most taken over by others", "name": "name"}
FOUND = 20
"""Of the outlets that are found to merge with."""


@require_safe
@project_page()
def outlets(request: Visit, here: Here) -> HttpResponse:
    typed, order = words(request), choice(request, "sort", query.ORDERS, "articles")
    page = page_of(request, query.outlets_like(here.project, typed, order))
    return show(
        request,
        here,
        "outlets/list.html",
        "articles",
        page=page,
        typed=typed,
        order=order,
        orders=SORTED.items(),
        deleted=query.deleted(here.project) if here.role and not typed else [],
    )


def outlet_or_404(here: Here, uuid: UUID) -> Publication:
    found = query.outlet_of(here.project, uuid)
    if found is None:
        raise Http404("No such outlet in this project.")
    return found


@require_safe
@project_page()
def outlet(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    one = outlet_or_404(here, uuid)
    if one.merged_into:
        return to_survivor(request, "outlet", here.project.slug, one.merged_into.uuid)
    may = here.may_annotate
    return show(
        request,
        here,
        "outlets/outlet.html",
        "articles",
        outlet=one,
        page=page_of(request, query.articles_of(one)),
        taken=query.taken_from(one)[: FOUND + 1],
        most=FOUND,
        actors=query.speaking_for(one),
        merged=query.merged_into(one),
        names=query.names_proposed(one) if may else [],
        sites=query.sites_proposed(one) if may else [],
        history=history_of(one) if here.role else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def outlet_edit(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    one = outlet_or_404(here, uuid)
    if one.merged_into:
        return to_survivor(request, "outlet_edit", here.project.slug, one.merged_into.uuid)
    form = OutletForm(request.POST or None, initial=OutletForm.of(one))
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            if form.correct(by=request.user, outlet=one):
                messages.success(request, "The outlet’s record is saved.")
                return redirect("outlet", here.project.slug, one.uuid)
        except Stale as error:
            stale = error.current
    status = 409 if stale else 422 if form.errors else 200
    also = query.another_called(one, form.called_already) if form.called_already else None
    return show(
        request,
        here,
        "outlets/edit.html",
        "articles",
        status,
        outlet=one,
        form=form,
        stale=stale,
        also=also,
        named=query.named_by(one) if here.may_manage else [],
    )


@require_POST
@project_page(Role.ANNOTATOR)
def outlet_add(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Takes a name or a site that its articles gave, as `alias` or `domain`."""
    one = outlet_or_404(here, uuid)
    try:
        if "domain" in request.POST:
            site = domain(request.POST["domain"], "domain")
            act.add_domain(by=request.user, outlet=one, domain=site)
        else:
            act.add_alias(by=request.user, outlet=one, alias=fields.name(request.POST.get("alias"), "alias"))
    except Refused as error:
        messages.error(request, f"Not added: it {error.message}.")
    else:
        messages.success(request, "Added.")
    return redirect("outlet", here.project.slug, one.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.ANNOTATOR)
def outlet_merge(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Both, then the merge: `?with=` the UUID of the other, `?q=` words to find it by."""
    one = outlet_or_404(here, uuid)
    if one.merged_into:
        return to_survivor(request, "outlet_merge", here.project.slug, one.merged_into.uuid)
    refusal, status = "", 200
    if request.method == "POST":
        sent = ("gone", "kept", "gone_version", "kept_version", "reason")
        try:
            intent = parse_outlet_merge({name: request.POST.get(name) for name in sent})
            kept = act.merge(by=request.user, project=here.project, intent=intent)
        except Refused as error:
            refusal, status = f"{error.message}.", 422
        except Stale as error:
            refusal, status = f"{error.current} was changed since this page was shown: look again.", 409
        except Publication.DoesNotExist:
            refusal, status = "One of the two is not in this project.", 422
        else:
            messages.success(request, "They are one now. It can be taken back on this page.")
            return redirect("outlet", here.project.slug, kept.uuid)
    asked = as_uuid(request.GET.get("with", ""))
    other = query.outlet_of(here.project, asked) if asked and asked != one.uuid else None
    sought = words(request)
    found = query.outlets_like(here.project, sought, "name").exclude(pk=one.pk)[:FOUND] if sought else []
    return show(
        request,
        here,
        "outlets/merge.html",
        "articles",
        status,
        outlet=one,
        sides=[(one, other), (other, one)] if other and not other.merged_into else [],
        refusal=refusal,
        reason=request.POST.get("reason", ""),
        sought=sought,
        found=found,
    )


@require_POST
@project_page(Role.MANAGER)
def outlet_delete(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Deletes one that nothing names, of the `version` that was shown, where `sure` is ticked."""
    one = outlet_or_404(here, uuid)
    try:
        version = parse_outlet_deletion(
            {"version": request.POST.get("version"), "sure": "sure" in request.POST}
        )
        act.delete(by=request.user, outlet=one, version=version)
    except Refused as error:
        messages.error(request, f"Not deleted: it {error.message}.")
    except Stale:
        messages.error(request, "Not deleted: its record was changed meanwhile. Look at it again.")
    else:
        messages.success(request, f"“{one}” is deleted. The history keeps what its record said.")
        return redirect("outlets", here.project.slug)
    return redirect("outlet_edit", here.project.slug, one.uuid)


@require_POST
@project_page(Role.ANNOTATOR)
def outlet_unmerge(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    one = outlet_or_404(here, uuid)
    into = one.merged_into or one
    try:
        act.undo_merge(by=request.user, outlet=one)
    except Refused as error:
        messages.error(request, f"Not taken back: {error.message}.")
        return redirect("outlet", here.project.slug, into.uuid)
    messages.success(request, f"{one} stands for itself again, with what was its own.")
    return redirect("outlet", here.project.slug, one.uuid)
