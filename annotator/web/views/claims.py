"""The claims desk, and the permanent page of one claim."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from annotator.models import Stand, Status
from annotator.queries import claim_history
from annotator.queries import claims as query
from annotator.queries.claim_cards import ClaimCard, claim_cards
from annotator.queries.codebook_pages import code_of
from annotator.queries.references import reference_of
from annotator.queries.relations import others_in_text, relation_kinds
from annotator.queries.speakers import everybody_who_speaks
from annotator.queries.visibility import seen_by

from ..access import Here, Visit, as_uuid, enter, project_page, to_sign_in
from ..pages import show
from ..paging import CARDS, address, choice, page_of, words


def claim_or_404(request: Visit, uuid: UUID) -> tuple[Here, ClaimCard] | HttpResponse:
    """The claim's card and the visitor's standing in its project; a redirect to sign in, or Http404."""
    found = query.project_and_claim(uuid)
    if found is None:
        return _no_claim(request)
    slug, claims = found
    here = enter(request, slug)
    if isinstance(here, HttpResponse):
        return here
    cards = claim_cards(claims.filter(seen_by(here.role)), here.role)
    return (here, cards[0]) if cards else _no_claim(request)


def _no_claim(request: Visit) -> HttpResponse:
    """The same for a claim that is not there and for one that the visitor may not see. Raises Http404."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if hasattr(request, "here"):
        del request.here  # the bar would tell which project it is in
    raise Http404("No such claim.")


def asked_for(
    request: Visit, wanted: query.Wanted, statuses: list[tuple[str, str]], **named: str
) -> list[tuple[str, str, str]]:
    """What the list is narrowed to, as (filter, value in words, address without that filter)."""
    told = {
        "q": ("words", wanted.words),
        "status": ("status", dict(statuses).get(wanted.status, "")),
        "type": ("type", wanted.type and named["type"]),
        "speaker": ("speaker", wanted.speaker and named["speaker"]),
        "article": ("article", wanted.article and named["article"]),
        "concept": ("concept", wanted.concept and named["concept"]),
        "stand": ("stand", wanted.stand and Stand(wanted.stand).label.lower()),
        "code": ("code", wanted.code and named["code"]),
        "made": ("codebook", wanted.made and ("older" if wanted.made == "older" else f"v{wanted.made}")),
    }
    return [
        (name, value, address(request.GET, **{field: None, "page": None}))
        for field, (name, value) in told.items()
        if value
    ]


def _made(request: Visit) -> str:
    """ "older", or the number of a version of the codebook; empty for anything else."""
    asked = request.GET.get("made", "")
    number = asked.isascii() and asked.isdigit() and len(asked) < 9
    return asked if asked == "older" or number else ""


@require_safe
@project_page()
def claims(request: Visit, here: Here) -> HttpResponse:
    wanted = query.Wanted(
        status=choice(request, "status", [*Status.values, "withdrawn"]),
        type=words(request, "type")[:60],
        speaker=as_uuid(request.GET.get("speaker", "")),
        article=as_uuid(request.GET.get("article", "")),
        words=words(request),
        code=as_uuid(request.GET.get("code", "")),
        concept=words(request, "concept")[:60],
        stand=choice(request, "stand", Stand.values),
        made=_made(request),
    )
    found = query.claims_like(here.project, wanted).filter(seen_by(here.role))
    page = page_of(request, found, CARDS)
    hidden = () if here.role else (Status.DRAFT, "withdrawn")
    statuses = [one for one in (*Status.choices, ("withdrawn", "Withdrawn")) if one[0] not in hidden]
    types = list(query.claim_types(here.project))
    speakers = list(everybody_who_speaks(here.project, here.role))
    article = query.article_named(here.project, wanted.article) if wanted.article else None
    concepts = query.concepts(here.project)
    code = code_of(here.project, wanted.code) if wanted.code else None
    named = {
        "type": next((code.name for code in types if code.key == wanted.type), wanted.type),
        "speaker": next((one.name for one in speakers if one.uuid == wanted.speaker), "somebody not here"),
        "article": article.title if article else "one that is not here",
        "concept": next((code.name for code in concepts if code.key == wanted.concept), wanted.concept),
        "code": code.code.name if code else "one that is not here",
    }
    return show(
        request,
        here,
        "claims/desk.html",
        "claims",
        page=page,
        counted=query.counted(found, here.project),
        cards=claim_cards(found.filter(pk__in=[c.pk for c in page.rows]), here.role),
        wanted=wanted,
        statuses=statuses,
        types=types,
        speakers=speakers,
        article=article,
        concepts=concepts,
        stands=Stand.choices,
        code=code.code if code else None,
        filtered=wanted != query.Wanted(),
        asked_for=asked_for(request, wanted, statuses, **named),
    )


@require_safe
def claim(request: Visit, uuid: UUID) -> HttpResponse:
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    return claim_page(request, *found)


def claim_page(request: Visit, here: Here, card: ClaimCard, status: int = 200, **more: Any) -> HttpResponse:
    """The permanent page of a claim; `more` is what its card has to say besides."""
    reference = reference_of(card.article)
    if here.may_annotate:
        more |= {
            "relation_kinds": relation_kinds(here.project),
            "others": others_in_text(card.claim, here.role),
        }
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
        history=claim_history.history_of(card.claim) if here.role else [],
        **more,
    )
