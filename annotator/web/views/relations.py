"""Saying on a claim's page what it does to another claim, and taking that back."""

import re
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from annotator.actions import relations
from annotator.intents.refusal import Refused
from annotator.intents.relation import parse_relation
from annotator.queries.relations import relations_seen
from sources.models import Role

from ..access import Visit, demand
from .claims import claim_or_404, claim_page

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
ASKED = ("kind", "other", "address", "basis", "note")


@require_POST
def claim_relate(request: Visit, uuid: UUID) -> HttpResponse:
    """Answers with a redirect to the claim; where nothing was said, with its page and why not."""
    found = claim_or_404(request, uuid)
    if isinstance(found, HttpResponse):
        return found
    here, card = found
    demand(here, Role.ANNOTATOR)
    asked = {name: request.POST.get(name, "") for name in ASKED}
    address = _UUID.search(asked["address"])
    other = asked["other"] or (address[0] if address else asked["address"])
    body = {"claim": uuid, "other": other, **{name: asked[name] for name in ("kind", "basis", "note")}}
    try:
        relations.state(by=request.user, project=here.project, intent=parse_relation(uuid4(), body))
    except Refused as refusal:
        said = "Choose the other claim." if refusal.field == "other" and not other else f"{refusal}."
        return claim_page(request, here, card, 422, unrelated=f"Not saved: {said}", asked_relation=asked)
    return redirect(f"{reverse('claim', args=[uuid])}#relations")


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
    return redirect(f"{reverse('claim', args=[uuid])}#relations")
