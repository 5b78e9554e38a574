"""The permanent page of one claim."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.citations.pasted import Quoted, ready_to_paste
from annotator.citations.styled import STYLES
from annotator.queries import claims as query
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.codebook_changes import changed_since
from annotator.queries.histories import history_of
from annotator.queries.likely_repeats import told_apart_of
from annotator.queries.references import reference_of
from annotator.queries.visibility import seen_by

from ..access import Here, Visit, enter, to_sign_in
from ..pages import show
from .discussions import section_of


def claim_or_404(request: Visit, uuid: UUID) -> tuple[Here, ClaimCard] | HttpResponse:
    """The claim's card and the visitor's standing in its project; a redirect to sign in, or Http404."""
    found = query.project_and_claim(uuid)
    if found is None:
        return _no_claim(request)
    slug, claims = found
    here = enter(request, slug)
    if isinstance(here, HttpResponse):
        return here
    cards = claim_cards(claims.filter(seen_by(here.role)), here.role, alike=True)
    return (here, cards[0]) if cards else _no_claim(request)


def _no_claim(request: Visit) -> HttpResponse:
    """The same for a claim that is not there and for one that the visitor may not see. Raises Http404."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if hasattr(request, "here"):
        del request.here  # the bar would tell which project it is in
    raise Http404("No such claim.")


@require_safe
def claim(request: Visit, uuid: UUID) -> HttpResponse:
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    return claim_page(request, *found)


def claim_page(request: Visit, here: Here, card: ClaimCard, status: int = 200, **more: Any) -> HttpResponse:
    """The permanent page of a claim; `more` is what its card has to say besides."""
    reference = reference_of(card.article, request.GET.get("style", ""))
    permalink = request.build_absolute_uri(reverse("claim", args=[card.claim.uuid]))
    citation = reference.at(card.passage.first, card.passage.last) if card.passage else reference.text
    return show(
        request,
        here,
        "claims/claim.html",
        "claims",
        status=status,
        card=card,
        styles=STYLES,
        reference=reference,
        citation=citation,
        forms=ready_to_paste(
            Quoted(card.quote, card.chain_in_words, citation, permalink, reference.record),
        ),
        permalink=permalink,
        history=history_of(card.claim) if here.role else [],
        discussed=section_of(here, card.claim),
        changed=changed_since(card.claim),
        apart=told_apart_of(card.claim) if here.role else [],
        **more,
    )
