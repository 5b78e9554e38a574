"""A project's codebook: its facets, one code, and merging two."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from annotator.actions import code_merges, codes
from annotator.intents.refusal import Refused, Stale
from annotator.intents.review import parse_version
from annotator.models import Code, CodeMerge, Facet
from annotator.queries import codebook_pages as query
from annotator.queries.histories import history_of
from sources.models import Role

from ..access import Here, Visit, as_uuid, demand, project_page
from ..forms.codebook import CodeForm, told_of
from ..pages import show

SINGULAR = {
    Facet.CLAIM_TYPE: "claim type",
    Facet.TOPIC: "topic",
    Facet.CONCEPT: "concept",
    Facet.CUE_TYPE: "cue type",
    Facet.ACTOR_KIND: "actor kind",
    Facet.EVENT_TYPE: "event type",
    Facet.RELATION_KIND: "relation kind",
}
CHANGED = "Somebody changed this code while you were looking at it. This is how it stands now."


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def codebook(request: Visit, here: Here) -> HttpResponse:
    """The codes of the facet that `?facet=` names. A manager adds one."""
    asked = request.GET.get("facet", "")
    facet = Facet(asked) if asked in Facet.values else Facet.CLAIM_TYPE
    form = CodeForm(project=here.project, facet=facet) if here.may_manage else None
    if request.method == "POST":
        demand(here, Role.MANAGER)
        form = CodeForm(request.POST, project=here.project, facet=facet)
        if form.is_valid() and (new := form.new_code()):
            try:
                made = codes.make(by=request.user, project=here.project, new=new)
            except Refused as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"“{made.name}” is in the codebook. {told_of(new.content)}".strip())
                return redirect(f"{request.path}?facet={facet}")
    rows, retired = query.rows_of(here.project, facet, here.role)
    return show(
        request,
        here,
        "codebook/list.html",
        "project_settings",
        422 if form and form.errors else 200,
        facet=facet,
        noun=SINGULAR[facet],
        facets=query.facet_pages(here.project, facet),
        rows=rows,
        retired=retired,
        merges=query.merges_of(here.project, facet),
        versions=query.versions_of(here.project),
        form=form,
    )


def _row_or_404(here: Here, uuid: UUID | None) -> query.CodeRow:
    row = query.code_of(here.project, uuid, here.role) if uuid else None
    if row is None:
        raise Http404("No such code in this project.")
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@project_page()
def code(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """One code and what it touches. A manager changes, moves or retires it."""
    row = _row_or_404(here, uuid)
    if request.method == "POST":
        demand(here, Role.MANAGER)
        if "act" in request.POST:
            return _acted(request, here, row)
        return _saved(request, here, row)
    form = CodeForm(project=here.project, facet=row.code.facet, code=row.code) if here.may_manage else None
    return _code_page(request, here, row, form)


def _code_page(
    request: Visit,
    here: Here,
    row: query.CodeRow,
    form: CodeForm | None,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    return show(
        request,
        here,
        "codebook/code.html",
        "project_settings",
        status,
        row=row,
        code=row.code,
        noun=SINGULAR[Facet(row.code.facet)],
        facet_name=Facet(row.code.facet).label,
        targets=list(query.targets_for(row.code)) if row.code.merged_into is None else [],
        form=form,
        problem=problem,
        history=history_of(row.code) if here.role else [],
    )


def _saved(request: Visit, here: Here, row: query.CodeRow) -> HttpResponse:
    form = CodeForm(request.POST, project=here.project, facet=row.code.facet, code=row.code)
    problem = ""
    if form.is_valid() and (intent := form.edit()):
        try:
            codes.edit(by=request.user, project=here.project, uuid=row.code.uuid, intent=intent)
        except Refused as refusal:
            form.refuse(refusal)
        except Stale:
            problem = f"{CHANGED} What you typed stands in the form; saving it again replaces what is there."
            row = _row_or_404(here, row.code.uuid)
            sent = request.POST.copy()
            sent["version"] = str(row.code.version)
            form.data = sent
        else:
            messages.success(request, f"“{intent.content.name}” is saved. {told_of(intent.content)}".strip())
            return redirect("code", here.project.slug, row.code.uuid)
    return _code_page(request, here, row, form, 422, problem)


def _acted(request: Visit, here: Here, row: query.CodeRow) -> HttpResponse:
    """Retiring, bringing back and moving: buttons that say which version they stood beside."""
    acts: dict[str, tuple[Callable[..., Code], dict[str, bool], str]] = {
        "retire": (codes.retire, {}, "is retired. What was coded with it stays as it is."),
        "back": (codes.bring_back, {}, "is offered again."),
        "up": (codes.move, {"up": True}, ""),
        "down": (codes.move, {"up": False}, ""),
    }
    act, more, said = acts.get(request.POST["act"], (None, {}, ""))
    problem = "This is nothing that can be done with a code."
    try:
        version = parse_version(request.POST.get("version"), on_sight=True)
        if act is not None:
            done = act(by=request.user, project=here.project, uuid=row.code.uuid, version=version, **more)
            if said:
                messages.success(request, f"“{done.name}” {said}")
                return redirect("code", here.project.slug, done.uuid)
            return redirect(f"{_list_of(here)}?facet={done.facet}#code-{done.key}")
    except Refused as refusal:
        problem = f"Not done: {refusal.message}."
    except Stale:
        problem = CHANGED
    row = _row_or_404(here, row.code.uuid)
    form = CodeForm(project=here.project, facet=row.code.facet, code=row.code)
    return _code_page(request, here, row, form, 422, problem)


def _list_of(here: Here) -> str:
    return reverse("codebook", args=[here.project.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@project_page(Role.MANAGER)
def code_merge(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What merging the code into the one of `into` would do, and then doing it."""
    row, problem = _row_or_404(here, uuid), ""
    asked = request.POST.get("into", "") or request.GET.get("into", "")
    into = query.code_of(here.project, wanted, here.role) if (wanted := as_uuid(asked)) else None
    if request.method == "POST":
        try:
            versions = [
                parse_version(request.POST.get(name), on_sight=True) or 0 for name in ("gone", "kept")
            ]
            if into is None:
                raise Refused("into", "exists", "choose the code that it goes into")
            made = code_merges.merge(
                by=request.user,
                project=here.project,
                gone=uuid,
                kept=into.code.uuid,
                versions=(versions[0], versions[1]),
            )
        except Refused as refusal:
            problem = f"Not merged: {refusal.message}."
        except Stale:
            problem = f"Not merged. {CHANGED}"
        else:
            messages.success(
                request, f"“{made.gone}” is merged into “{made.kept}”. You can take that back below."
            )
            return redirect(f"{_list_of(here)}?facet={made.facet}#merges")
        row = _row_or_404(here, uuid)
        into = query.code_of(here.project, into.code.uuid, here.role) if into else None
    fits = into is not None and into.code.facet == row.code.facet and into.code.pk != row.code.pk
    return show(
        request,
        here,
        "codebook/merge.html",
        "project_settings",
        422 if problem else 200,
        row=row,
        code=row.code,
        noun=SINGULAR[Facet(row.code.facet)],
        targets=list(query.targets_for(row.code)),
        preview=query.preview(row, into) if fits and into else None,
        problem=problem,
    )


@require_POST
@project_page(Role.MANAGER)
def code_merge_undo(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """Take a merge back; the button says so, so that nothing empty undoes anything."""
    merge = CodeMerge.objects.filter(project=here.project, uuid=uuid).select_related("gone", "kept").first()
    if merge is None:
        raise Http404("No such merge in this project.")
    problem = "Say that the merge is to be taken back."
    if request.POST.get("act") == "undo":
        try:
            code_merges.undo(by=request.user, project=here.project, uuid=uuid)
        except Refused as refusal:
            problem = f"Not taken back: {refusal.message}."
        else:
            messages.success(request, f"“{merge.gone}” stands for itself again.")
            return redirect("code", here.project.slug, merge.gone.uuid)
    row = _row_or_404(here, merge.gone.uuid)
    form = CodeForm(project=here.project, facet=row.code.facet, code=row.code)
    return _code_page(request, here, row, form, 422, problem)
