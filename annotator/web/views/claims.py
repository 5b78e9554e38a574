"""The claims desk, and the permanent page of one claim."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.models import Status
from annotator.queries import claim_history
from annotator.queries import claims as query
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.references import reference_of
from annotator.queries.speakers import everybody_who_speaks

from ..access import Here, Visit, as_uuid, enter, project_page, to_sign_in
from ..pages import show
from ..paging import CARDS, choice, page_of, words


def claim_or_404(request: Visit, uuid: UUID) -> tuple[Here, ClaimCard] | HttpResponse:
    """The claim's card and the visitor's standing in its project; a redirect to sign in, or Http404."""
    found = query.project_and_claim(uuid)
    if found is None:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        raise Http404("No such claim.")
    slug, claims = found
    here = enter(request, slug)
    return here if isinstance(here, HttpResponse) else (here, claim_cards(claims)[0])


@require_safe
@project_page()
def claims(request: Visit, here: Here) -> HttpResponse:
    wanted = query.Wanted(
        status=choice(request, "status", [*Status.values, "withdrawn"]),
        type=words(request, "type")[:60],
        speaker=as_uuid(request.GET.get("speaker", "")),
        article=as_uuid(request.GET.get("article", "")),
        words=words(request),
    )
    page = page_of(request, query.claims_like(here.project, wanted), CARDS)
    return show(
        request,
        here,
        "claims/desk.html",
        "claims",
        page=page,
        cards=claim_cards(query.claims_like(here.project, wanted).filter(pk__in=[c.pk for c in page.rows])),
        wanted=wanted,
        statuses=[*Status.choices, ("withdrawn", "Withdrawn")],
        types=query.claim_types(here.project),
        speakers=everybody_who_speaks(here.project),
        article=query.article_named(here.project, wanted.article) if wanted.article else None,
        filtered=wanted != query.Wanted(),
    )


@require_safe
def claim(request: Visit, uuid: UUID) -> HttpResponse:
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    return claim_page(request, *found)


def claim_page(
    request: Visit, here: Here, card: ClaimCard, status: int = 200, **more: str | None
) -> HttpResponse:
    """The permanent page of a claim; `more` is what its card has to say besides."""
    reference = reference_of(card.article)
    return show(
        request,
        here,
        "claims/claim.html",
        "claims",
        status=status,
        card=card,
        reference=reference,
        citation=reference.at(card.passage.first, card.passage.last) if card.passage else reference.text,
        permalink=request.build_absolute_uri(reverse("claim", args=[card.claim.uuid])),
        history=claim_history.history_of(card.claim),
        **more,
    )
