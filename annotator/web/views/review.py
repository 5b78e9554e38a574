"""The queue of submitted claims, and deciding on one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator.actions.claims import submit
from annotator.actions.reviews import decide
from annotator.detect.search import Sought
from annotator.intents.refusal import Overtaken, Refused, Stale
from annotator.intents.review import parse_decision, parse_version
from annotator.models import Claim
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.claims import by_status, claim_by_uuid
from annotator.queries.histories import history_of
from annotator.queries.review_queue import AHEAD, COUNTED, QUEUE_ORDERS, RULES, Queue
from annotator.queries.visibility import seen_by
from sources.models import Role

from ..access import Here, Visit, as_uuid, demand, project_page
from ..claim_search import asked_for, kept, search_of, wanted_of
from ..pages import show
from ..paging import address, choice
from .accounts import own_address
from .claims import claim_or_404, claim_page

IN_FORM = ("status", "speaker", "order")
NOW = "while you were reading it. This is how it stands now: judge it again."


@dataclass(frozen=True)
class Queued:
    """A claim of the queue with the address that shows it."""

    card: ClaimCard
    url: str


@require_safe
@project_page()
def review(request: Visit, here: Here) -> HttpResponse:
    """The claim named by `?at=`, else the first that fits the rule, and further ones behind it for scripts to
    go on with; with `?part=more` only those behind it, with `?part=count` only how many there are."""
    queue = _queue_of(request, here)
    if request.GET.get("part") == "count":
        return show(request, here, "review/_count.html", "review", **_counted(here, queue))
    at = as_uuid(request.GET.get("at", ""))
    place = queue.place(at) if at else None
    more = request.GET.get("part") == "more"
    keys = [place[-1]] if place and not more else []
    if place or not more:  # behind a claim that was withdrawn meanwhile there is nothing to go on with
        keys += queue.after(place, AHEAD + 2 - len(keys))
    shown, beyond = keys[: AHEAD + 1], len(keys) > AHEAD + 1
    rows = Claim.objects.filter(pk__in=shown).order_by(*queue.order.by())
    queued = [
        Queued(card, request.path + address(request.GET, at=card.claim.uuid, part=None))
        for card in claim_cards(rows, here.role, alike=True)
    ]
    told: dict[str, Any] = {
        "sought": queue.wanted.sought,
        "queued": queued,
        "more": queued[-1].url + "&part=more" if beyond else "",
        "start": request.path + address(request.GET, at=None, part=None),
    }
    if more:
        return show(request, here, "review/_queued.html", "review", further=True, **told)
    before = queue.before(place) if place else None
    search = search_of(request)
    return show(
        request,
        here,
        "review/queue.html",
        "review",
        **told,
        next=queued[1].url if len(queued) > 1 else "",
        previous=request.path + address(request.GET, at=before) if before else "",
        **_counted(here, queue),
        count_url=request.path + address(request.GET, at=None, part="count"),
        rules=RULES.items(),
        orders=[(key, words) for key, (words, _) in QUEUE_ORDERS.items()],
        speakers=queue.speakers(),
        kept=kept(request.GET, IN_FORM),
        asked_for=[one for one in asked_for(request, here.project, search) if one[0] not in IN_FORM],
        statuses={} if queued else by_status(here.project.claims.filter(seen_by(here.role))),
    )


def _counted(here: Here, queue: Queue) -> dict[str, Any]:
    waiting = here.waiting if queue.plain else queue.count()
    return {"queue": queue, "waiting": waiting, "most": COUNTED}


def _queue_of(request: Visit, here: Here) -> Queue:
    rule, ordered = choice(request, "status", RULES), choice(request, "order", QUEUE_ORDERS)
    return Queue(here.project, here.role, search_of(request).wanted, rule, ordered)


@require_safe
def claim_card(request: Visit, uuid: UUID) -> HttpResponse:
    """The claim's card alone, as it now is."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    back = own_address(request.htmx.current_url_abs_path or "", reverse("claim", args=[uuid]))
    return _card(request, found[0], uuid, {"problem": "", "asked": "", "reason": "", "back": back}, 200)


def _card(request: Visit, here: Here, uuid: UUID, told: dict[str, str], status: int) -> HttpResponse:
    """The claim's card as it is now, and the number that waits for the bar; on the claim's own page also
    what became of it."""
    card = claim_cards(claim_by_uuid(uuid), here.role, alike=True)[0]
    permanent = (request.htmx.current_url_abs_path or "").split("?")[0] == reverse("claim", args=[uuid])
    return show(
        request,
        here,
        "claims/_decided.html",
        status=status,
        card=card,
        permanent=permanent,
        sought=_sought(request),
        history=history_of(card.claim) if permanent and here.role else [],
        oob=True,
        **told,
    )


def _sought(request: Visit) -> Sought:
    """What was searched for on the page that the card stands on, so that it is marked again."""
    asked = (request.htmx.current_url_abs_path or "").partition("#")[0].partition("?")[2]
    return wanted_of(QueryDict(asked)).sought


@require_POST
def claim_review(request: Visit, uuid: UUID) -> HttpResponse:
    """Decide on a claim as the page showed it. Answers htmx with the claim's card, everybody else with a
    redirect back; where nothing was decided, with the claim as it is now, why not, and the reason typed."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    demand(here, Role.REVIEWER)
    names = ("decision", "reason", "version", "review")
    asked = {name: request.POST[name] for name in names if name in request.POST}
    problem = ""
    try:
        decide(by=request.user, claim=card.claim, intent=parse_decision(asked, on_sight=True))
    except Refused as refusal:
        problem = f"Not saved: {refusal.message}."
    except Overtaken as overtaken:
        problem = f"{overtaken.decision.reviewer} {overtaken.decision.decision} this claim {NOW}"
    except Stale:
        problem = f"Somebody edited this claim {NOW}"
    return _answer(request, here, uuid, problem, asked)


@require_POST
def claim_submit(request: Visit, uuid: UUID) -> HttpResponse:
    """Hand a draft to the reviewers. Answers as deciding does."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    demand(here, Role.ANNOTATOR)
    problem = ""
    try:
        version = parse_version(request.POST.get("version"), on_sight=True)
        submit(by=request.user, claim=card.claim, version=version)
    except Refused as refusal:
        problem = f"Not submitted: {refusal.message}."
    except Stale:
        problem = "Somebody edited this draft while you were reading it. This is how it stands now."
    return _answer(request, here, uuid, problem, {})


def _answer(request: Visit, here: Here, uuid: UUID, problem: str, asked: dict[str, str]) -> HttpResponse:
    target = own_address(request.POST.get("next", ""), reverse("claim", args=[uuid]))
    told = {
        "problem": problem,
        "asked": asked.get("decision", ""),
        "reason": asked.get("reason", ""),
        "back": target,
    }
    if request.htmx:
        return _card(request, here, uuid, told, 422 if problem else 200)
    if problem:
        return claim_page(request, here, claim_cards(claim_by_uuid(uuid), here.role)[0], 422, **told)
    return redirect(f"{target.split('#')[0]}#claim-{uuid}")
