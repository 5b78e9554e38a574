"""What claims do to one another: said, taken back, listed, and looked at side by side."""

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from annotator.actions import relations
from annotator.intents.refusal import Refused
from annotator.intents.relation import parse_relation
from annotator.models import Claim
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claim_pairs import pairs
from annotator.queries.keyset import Order, whole
from annotator.queries.relations import kinds_in_use, relation_kinds, relations_like, relations_seen
from annotator.queries.visibility import seen_by
from sources.models import Role

from ..access import Here, Visit, demand, project_page
from ..pages import show
from ..paging import keyset_page
from .accounts import own_address
from .claims import claim_or_404, claim_page

ASKED = ("kind", "other", "basis", "note")
NEWEST = Order(("pk",), (whole,))
PAIRS = 20


@require_safe
@project_page()
def claim_relations(request: Visit, here: Here) -> HttpResponse:
    """Pairs of claims and what one does to the other, the latest said first; of one kind with `?kind=`."""
    kinds = kinds_in_use(here.project, here.role)
    kind = request.GET.get("kind", "")
    kind = kind if kind in {code.key for code in kinds} else ""
    found = relations_like(here.project, here.role, kind)
    page = keyset_page(request, found, NEWEST, PAIRS)
    return show(
        request,
        here,
        "claims/relations.html",
        "claims",
        page=page,
        kinds=kinds,
        kind=kind,
        pairs=pairs(page.pks, here.role),
    )


@require_safe
def claims_beside(request: Visit, uuid: UUID, other: UUID) -> HttpResponse:
    """Two claims of a project in their sentences, each to be decided on where it stands."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    second = Claim.objects.filter(seen_by(here.role), project=here.project, uuid=other).exclude(uuid=uuid)
    cards = claim_cards(second, here.role)
    if not cards:
        raise Http404("No such claim beside this one.")
    between = [relation for relation in card.relations if relation.other.uuid == other]
    return show(
        request,
        here,
        "claims/beside.html",
        "claims",
        cards=[card, cards[0]],
        between=between,
        relation_kinds=relation_kinds(here.project) if here.may_annotate else (),
    )


@require_POST
def claim_relate(request: Visit, uuid: UUID) -> HttpResponse:
    """Answers with a redirect to the claim; where nothing was said, with its page and why not."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    demand(here, Role.ANNOTATOR)
    body = {"claim": uuid, **{name: request.POST.get(name, "") for name in ASKED}}
    try:
        relations.state(by=request.user, project=here.project, intent=parse_relation(uuid4(), body))
    except Refused as refusal:
        written = f" You had written: {body['note']}" if body["note"] else ""
        return claim_page(request, here, card, 422, problem=f"Not saved: {refusal}.{written}")
    return _back(request, uuid)


def _back(request: Visit, uuid: UUID) -> HttpResponse:
    return redirect(own_address(request.POST.get("next", ""), f"{reverse('claim', args=[uuid])}#relations"))


@require_POST
def claims_apart(request: Visit, uuid: UUID, other: UUID) -> HttpResponse:
    """Says that two claims do not repeat each other, or takes that back (`do`)."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, _ = found
    demand(here, Role.ANNOTATOR)
    if not Claim.objects.filter(project=here.project, uuid=other).exists():
        raise Http404("No such claim beside this one.")
    act = relations.not_told_apart if request.POST.get("do") == "take back" else relations.tell_apart
    try:
        act(by=request.user, project=here.project, one=uuid, other=other)
    except Refused as refusal:
        return claim_page(request, here, found[1], 422, problem=f"Not saved: {refusal}.")
    return _back(request, uuid)


@require_POST
def claim_unrelate(request: Visit, uuid: UUID, relation: UUID) -> HttpResponse:
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, _ = found
    demand(here, Role.ANNOTATOR)
    row = relations_seen(here.project, here.role, uuid).filter(uuid=relation).first()
    if row is None:
        raise Http404("No such relation of this claim.")
    relations.unrelate(by=request.user, relation=row)
    return _back(request, uuid)
