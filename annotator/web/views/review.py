"""The queue of submitted claims, and deciding on one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator.actions.claims import submit
from annotator.actions.reviews import decide
from annotator.intents.refusal import Overtaken, Refused, Stale
from annotator.intents.review import parse_decision, parse_version
from annotator.queries.claim_cards import claim_cards, latest_review
from annotator.queries.claims import by_status, claim_by_uuid, judged, review_queue
from annotator.queries.histories import history_of
from annotator.queries.visibility import seen_by
from sources.models import Role

from ..access import Here, Visit, as_uuid, demand, project_page
from ..pages import show
from .accounts import own_address
from .claims import claim_or_404, claim_page

NOW = "while you were reading it. This is how it stands now: judge it again."


@require_safe
@project_page()
def review(request: Visit, here: Here) -> HttpResponse:
    """The longest waiting claim, or the next one after the claim named by `?after=`."""
    queue = review_queue(here.project)
    after = as_uuid(request.GET.get("after", ""))
    rest = queue.filter(pk__gt=queue.model.objects.filter(uuid=after).values("pk")[:1]) if after else queue
    cards = claim_cards(rest[:1], here.role)
    done = as_uuid(request.GET.get("done", ""))
    return show(
        request,
        here,
        "review/queue.html",
        "review",
        # before the claim itself, so that it is not newer than what is shown
        done_seen=latest_review(done) if done else "",
        card=cards[0] if cards else None,
        after=after,
        done=judged(here.project, done, by=request.user) if done and here.may_review else None,
        statuses=by_status(here.project.claims.filter(seen_by(here.role))),
    )


def _card(request: Visit, here: Here, uuid: UUID, told: dict[str, str]) -> HttpResponse:
    """The claim's card as it is now, and the number that waits for the bar; on the claim's own page also
    what became of it."""
    card = claim_cards(claim_by_uuid(uuid), here.role)[0]
    permanent = (request.htmx.current_url_abs_path or "").split("?")[0] == reverse("claim", args=[uuid])
    return show(
        request,
        here,
        "claims/_decided.html",
        status=422 if told["problem"] else 200,
        card=card,
        permanent=permanent,
        history=history_of(card.claim) if permanent else [],
        oob=True,
        **told,
    )


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
        return _card(request, here, uuid, told)
    if problem:
        return claim_page(request, here, claim_cards(claim_by_uuid(uuid), here.role)[0], 422, **told)
    return redirect(f"{target.split('#')[0]}#claim-{uuid}")
