"""Doing one thing to many claims: what was ticked, what would become of it, doing it, and taking it back."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator.actions import batches as actions
from annotator.actions.batches import NotAsShown, Outcome
from annotator.intents.batch import MOST_ROWS, Picked, parse_picked
from annotator.intents.refusal import Refused, Taken
from annotator.models import Batch
from annotator.queries import batches as query
from sources.models import Role

from ..access import Here, Visit, as_uuid, demand, project_page
from ..all_found import Found, all_found
from ..batch_acts import ACTS, Act, Asked
from ..pages import show
from .accounts import own_address

CHANGED = "Nothing was done: some claims are no longer what this page showed. This is how they stand now."


@dataclass(frozen=True)
class Row:
    """A row of the page: `line` is None for what is no claim here. `chosen` rows are to be changed."""

    picked: Picked
    line: query.Line | None
    outcome: Outcome | None
    chosen: bool


@require_POST
@project_page(Role.ANNOTATOR)
def batch_new(request: Visit, here: Here) -> HttpResponse:
    """`claim` are the claims that are ticked, `row` all that the page showed; `do` is "look" or "do". With
    `found`, a search, and no row it is the first of what that finds, or the first behind `behind`."""
    act = _act(request, here)
    demand(here, act.needs)
    problem, status = "", 200
    rows: tuple[Picked, ...] = ()
    found = _found(request, here)
    asked = Asked()
    outcomes: list[Outcome] = []
    try:
        rows = parse_picked(_sent(request)) if found is None or not found.rows else found.rows
        if not rows:
            raise Refused("claim", "required", "no claim is ticked")
        asked = act.ask(here.project, request.POST, request.POST.get("do") in ("look", "do"))
        if asked.intent is not None:
            if request.POST.get("do") == "do" and request.POST.get("looked") == _digest(act, asked.intent):
                done = reverse("batch", args=[here.project.slug, _done(request, here, act, asked, rows).uuid])
                return redirect(done + (found.onwards if found else ""))
            outcomes = _looked(request, here, act, asked.intent, rows)
    except NotAsShown:
        problem, status = CHANGED, 409
        outcomes = _looked(request, here, act, asked.intent, rows)
    except Refused as refusal:
        problem, status = f"Nothing was done: {refusal.message}.", 422
        asked = asked if asked.offered else act.ask(here.project, request.POST, False)
    except Taken:
        problem, status = "Nothing was done: open the page anew.", 409
    return _page(request, here, status, act, asked, rows, outcomes, problem, found)


def _sent(request: Visit) -> list[str]:
    return request.POST.getlist("row") or request.POST.getlist("claim")


def _found(request: Visit, here: Here) -> Found | None:
    """What the page was opened with; of a page that brings its rows along, what is behind them."""
    search = request.POST.get("found")
    if search is None:
        return None
    behind = request.POST.get("behind", "")
    return all_found(here, search, behind) if not _sent(request) else Found(search, behind=behind)


def _act(request: Visit, here: Here) -> Act:
    may = [act for act in ACTS.values() if here.may(act.needs)]
    return next((act for act in may if act.key == request.POST.get("act")), may[0])


def _digest(act: Act, intent: Any) -> str:
    """What a preview was of, so that nothing is done that was not shown."""
    return sha256(f"{act.key} {intent!r}".encode()).hexdigest()[:16]


def _looked(request: Visit, here: Here, act: Act, intent: Any, rows: tuple[Picked, ...]) -> list[Outcome]:
    """As the claims are now, whatever an earlier preview showed."""
    now = [Picked(row.claim) for row in rows]
    return actions.look(by=request.user, project=here.project, deed=act.key, intent=intent, rows=now)


def _done(request: Visit, here: Here, act: Act, asked: Asked, rows: tuple[Picked, ...]) -> Batch:
    """Raises NotAsShown, Refused, Taken."""
    ticked = {as_uuid(value) for value in request.POST.getlist("claim")}
    chosen = [row for row in rows if row.claim in ticked]
    if not chosen:
        raise Refused("claim", "something", "no claim is ticked")
    if any(row.version is None for row in chosen):
        raise NotAsShown([])
    batch = actions.carry_out(
        by=request.user,
        project=here.project,
        deed=act.key,
        intent=asked.intent,
        rows=chosen,
        uuid=as_uuid(request.POST.get("batch", "")) or uuid4(),
        said=asked.said,
    )
    messages.success(request, "Done, and recorded as one act. It can be taken back on this page.")
    return batch


def _page(
    request: Visit,
    here: Here,
    status: int,
    act: Act,
    asked: Asked,
    rows: tuple[Picked, ...],
    outcomes: list[Outcome],
    problem: str,
    found: Found | None,
) -> HttpResponse:
    sent = {as_uuid(value) for value in request.POST.getlist("claim")}
    sent |= {row.claim for row in found.rows} if found else set()
    lines = query.lines_of(here.project, [row.claim for row in rows])
    by_claim = {outcome.picked.claim: outcome for outcome in outcomes}
    told = [
        Row(
            by_claim[row.claim].picked if row.claim in by_claim else row,
            lines.get(row.claim),
            by_claim.get(row.claim),
            row.claim in sent,
        )
        for row in rows
    ]
    changing = [row for row in told if row.outcome and not row.outcome.refused and row.outcome.changes]
    return show(
        request,
        here,
        "batches/new.html",
        "claims",
        status,
        act=act,
        acts=[one for one in ACTS.values() if here.may(one.needs)],
        rows=told,
        most=MOST_ROWS,
        changing=len(changing),
        refusing=sum(1 for row in told if row.outcome and row.outcome.refused),
        looked=_digest(act, asked.intent) if asked.intent is not None and outcomes else "",
        batch=uuid4(),
        back=own_address(request.POST.get("next", ""), reverse("claims", args=[here.project.slug])),
        problem=problem,
        all_found=found,
        **asked.offered,
    )


@require_safe
@project_page(Role.VIEWER)
def batches(request: Visit, here: Here) -> HttpResponse:
    found = query.batches_of(here.project)
    return show(request, here, "batches/list.html", "claims", batches=found, acts=ACTS)


@require_safe
@project_page(Role.VIEWER)
def batch(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    """What was done to which claims; each that was changed since is said to be."""
    found = query.batch_of(here.project, uuid)
    if found is None:
        raise Http404("No such act in this project.")
    rows = query.rows_of(found)
    lines = query.lines_of(here.project, [row.claim.uuid for row in rows])
    told = [(row, lines.get(row.claim.uuid), query.stands(row)) for row in rows]
    return show(
        request,
        here,
        "batches/batch.html",
        "claims",
        batch=found,
        act=ACTS.get(found.deed),
        rows=told,
        can_go_back=sum(1 for _, _, stands in told if stands),
        may_undo=found.deed in ACTS and here.may(ACTS[found.deed].needs),
        further=request.GET.get("found", "") if request.GET.get("behind") else "",
        behind=request.GET.get("behind", ""),
    )


@require_POST
@project_page(Role.ANNOTATOR)
def batch_undo(request: Visit, here: Here, uuid: UUID) -> HttpResponse:
    found = query.batch_of(here.project, uuid)
    if found is None:
        raise Http404("No such act in this project.")
    demand(here, ACTS[found.deed].needs)
    number, left = actions.undo(by=request.user, project=here.project, uuid=uuid)
    if number:
        messages.success(
            request, f"{'1 claim stands' if number == 1 else f'{number} claims stand'} as before again."
        )
    if left:
        claims = "1 claim stays as it is" if len(left) == 1 else f"{len(left)} claims stay as they are"
        messages.warning(request, f"{claims}: changed since. See below which.")
    return redirect("batch", here.project.slug, uuid)
