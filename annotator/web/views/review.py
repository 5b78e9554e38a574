"""The queue of submitted claims, and deciding on one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator.actions.reviews import decide
from annotator.intents.refusal import Refused, Stale
from annotator.intents.review import parse_decision
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claims import by_status, claim_by_uuid, judged, review_queue
from sources.models import Role

from ..access import Here, Visit, as_uuid, demand, project_page
from ..pages import show
from .accounts import own_address
from .claims import claim_or_404

STALE = "Somebody edited this claim while you were reading it. This is how it stands now: judge it again."


@require_safe
@project_page()
def review(request: Visit, here: Here) -> HttpResponse:
    """The longest waiting claim, or the next one after the claim named by `?after=`."""
    queue = review_queue(here.project)
    after = as_uuid(request.GET.get("after", ""))
    rest = queue.filter(pk__gt=queue.model.objects.filter(uuid=after).values("pk")[:1]) if after else queue
    cards = claim_cards(rest[:1])
    done = as_uuid(request.GET.get("done", ""))
    return show(
        request,
        here,
        "review/queue.html",
        "review",
        card=cards[0] if cards else None,
        after=after,
        done=judged(here.project, done) if done and here.may_review else None,
        statuses=by_status(here.project.claims.all()),
    )


def _card(request: Visit, here: Here, uuid: UUID, problem: str, asked: str | None) -> HttpResponse:
    """The claim's card as it is now, and the number that waits for the bar."""
    return show(
        request,
        here,
        "claims/_decided.html",
        status=422 if problem else 200,
        card=claim_cards(claim_by_uuid(uuid))[0],
        oob=True,
        problem=problem,
        asked=asked,
    )


@require_POST
def claim_review(request: Visit, uuid: UUID) -> HttpResponse:
    """Decide on a claim. Answers htmx with the claim's card, everybody else with a redirect back."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    demand(here, Role.REVIEWER)
    asked = {name: request.POST[name] for name in ("decision", "reason", "version") if name in request.POST}
    problem = ""
    try:
        decide(by=request.user, claim=card.claim, intent=parse_decision(asked))
    except Refused as refusal:
        problem = f"Not saved: {refusal.message}."
    except Stale:
        problem = STALE
    if request.htmx:
        return _card(request, here, uuid, problem, asked.get("decision"))
    if problem:
        messages.error(request, problem)
    target = own_address(request.POST.get("next", ""), reverse("claim", args=[uuid]))
    return redirect(f"{target.split('#')[0]}#claim-{uuid}")
