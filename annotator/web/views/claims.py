"""The permanent page of one claim, and the same for programs."""

from typing import Any, NoReturn
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.citations.pasted import Quoted, ready_to_paste
from annotator.citations.styled import STYLES
from annotator.exchange.claim_documents import FORMS, OFFERED, Told, bibtex, cited, told_of
from annotator.queries import claims as query
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.codebook_changes import changed_since
from annotator.queries.histories import history_of, public_history_of
from annotator.queries.likely_repeats import told_apart_of
from annotator.queries.opened_at import opened_at
from annotator.queries.visibility import kept_for, seen_by
from annotator.queries.withdrawals import Withdrawal, withdrawal_of

from ..access import Here, Visit, enter, to_sign_in
from ..claim_links import address_of, for_caches, linked, not_acceptable
from ..negotiation import preferred
from ..pages import show
from .discussions import section_of


def claim_or_404(
    request: Visit, uuid: UUID, *, withdrawn: bool = False
) -> tuple[Here, ClaimCard] | HttpResponse:
    """The claim's card and the visitor's standing in its project; a redirect to sign in, or Http404.

    Readers are given one that was `withdrawn` where it says so, and nowhere else.
    """
    found = query.project_and_claim(uuid)
    if found is None:
        return _no_claim(request)
    slug, claims = found
    here = enter(request, slug)
    if isinstance(here, HttpResponse):
        return here
    seen = kept_for(here.role) if withdrawn else seen_by(here.role)
    cards = claim_cards(claims.filter(seen), here.role, alike=here.may_annotate)
    return (here, cards[0]) if cards else _no_claim(request)


def _no_claim(request: Visit) -> HttpResponse:
    """The same for a claim that is not there and for one that the visitor may not see. Raises Http404."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    return _not_found(request)


def _not_found(request: Visit) -> NoReturn:
    if hasattr(request, "here"):
        del request.here  # the bar would tell which project it is in
    raise Http404("No such claim.")


@require_safe
def claim(request: Visit, uuid: UUID) -> HttpResponse:
    """The page, or the form of it that the request prefers. Only people are sent to sign in."""
    found = claim_or_404(request, uuid, withdrawn=True)
    wanted = preferred(request.headers.get("Accept", "*/*"), tuple(OFFERED))
    if isinstance(found, HttpResponse):
        return _not_found(request) if wanted is None or OFFERED[wanted] else found
    if wanted is None:
        return not_acceptable(request, *found)
    if form := OFFERED[wanted]:
        return _document(request, *found, form, wanted)
    return claim_page(request, *found)


@require_safe
def claim_form(request: Visit, uuid: UUID, form: str) -> HttpResponse:
    """One of the forms by an address of its own: programs are not sent to sign in."""
    found = claim_or_404(request, uuid, withdrawn=True) if form in FORMS else None
    if found is None or isinstance(found, HttpResponse):
        return _not_found(request)
    return _document(request, *found, form, FORMS[form].content_type)


def _document(request: Visit, here: Here, card: ClaimCard, form: str, content_type: str) -> HttpResponse:
    told = _told(request, here, card, withdrawal_of(card.claim))
    answer = HttpResponse(FORMS[form].write(told), content_type=content_type)
    answer["Content-Location"] = address_of(card.claim.uuid, form)
    return for_caches(request, here, linked(request, card, answer))


def _told(
    request: Visit, here: Here, card: ClaimCard, withdrawal: Withdrawal | None, style: str = ""
) -> Told:
    permalink = request.build_absolute_uri(reverse("claim", args=[card.claim.uuid]))
    return told_of(card, permalink, here.role, withdrawal, style)


def claim_page(request: Visit, here: Here, card: ClaimCard, status: int = 200, **more: Any) -> HttpResponse:
    """The permanent page of a claim; `more` is what its card has to say besides."""
    withdrawal = withdrawal_of(card.claim)
    told = _told(request, here, card, withdrawal, request.GET.get("style", ""))
    citation, place = cited(told)
    answer = show(
        request,
        here,
        "claims/claim.html",
        "claims",
        status=status,
        card=card,
        styles=STYLES,
        reference=told.reference,
        citation=citation,
        forms=[
            *ready_to_paste(
                Quoted(
                    card.quote,
                    card.chain_in_words,
                    citation,
                    told.permalink,
                    told.reference.record,
                    place,
                    told.withdrawn,
                    card.claim.quotation_type,
                )
            ),
            ("bibtex", "BibTeX", bibtex(told).strip()),
        ],
        documents=[(form, address_of(card.claim.uuid, form.key)) for form in FORMS.values()],
        permalink=told.permalink,
        opened=opened_at(card.claim, card.article.url),
        withdrawal=withdrawal,
        history=history_of(card.claim) if here.role else public_history_of(card.claim),
        discussed=section_of(here, card.claim),
        changed=changed_since(card.claim),
        apart=told_apart_of(card.claim) if here.role else [],
        **more,
    )
    return for_caches(request, here, linked(request, card, answer))
