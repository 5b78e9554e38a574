"""What a claim loses when it comes to a text that does not have it: only what somebody says is taken off."""

from collections.abc import Set

from django.db.models import Q

from annotator.intents.refusal import Refused
from annotator.models import (
    Annotation,
    AttributionSource,
    EventMention,
    Kind,
    Party,
    Quantity,
    SupportingSpan,
)
from annotator.queries.carrying_units import Said, Unit, missing
from sources.text.standing import line_of

from . import anchors, carrying_moves


def lost_words(unit: Unit, ground: carrying_moves.Ground, without: Set[str]) -> list[Said]:
    """What of its words the new text does not have. Raises Refused where nobody said that it is taken off."""
    lost = missing(unit, line_of(ground.snapshot.text))
    for said in lost:
        if not said.may_go:
            told = f"{said.name}, does not stand in the new text: take that off the claim on the old text"
            raise Refused("unit", "party_words_stand", f"{told} first")
        if said.key not in without:
            told = f"{said.name} does not stand in the new text: say that it is to be taken off"
            raise Refused("unit", "words_stand", told)
    return lost


def take_off_words(lost: list[Said]) -> set[int]:
    """Whose they were."""
    for said in lost:
        kind, _, key = said.key.partition("-")
        if kind == "number":
            Quantity.objects.filter(pk=int(key)).delete()
        elif kind == "party":
            Party.objects.filter(pk=int(key)).update(words="")
        else:
            EventMention.objects.filter(pk=int(key)).update(factuality_words="")
    return {said.owner for said in lost}


def take_off_parts(unit: Unit, off: Set[int]) -> list[str]:
    """Parts that are not there any more: mentions stand where they stood, and the claims point to them no
    more. In words."""
    told = []
    for annotation in Annotation.objects.filter(pk__in=off):
        told.append(f"“{' … '.join(annotation.quotes)}” ({annotation.get_kind_display().lower()})")
        if annotation.kind == Kind.ACTOR:
            mine = Q(attribution__claim__in=unit.claims)
            AttributionSource.objects.filter(mine, mention=annotation.pk).update(mention=None)
            Party.objects.filter(mine | Q(claim__in=unit.claims), mention=annotation.pk).update(mention=None)
        else:
            SupportingSpan.objects.filter(pk=annotation.pk).delete()
            anchors.erase(annotation)
    return told
