"""Two claims and what one does to the other, each with all that its card shows."""

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.models import Claim, ClaimRelation
from sources.models import Role

from .claim_cards import ClaimCard, claim_cards


@dataclass(frozen=True)
class Pair:
    relation: ClaimRelation
    first: ClaimCard
    second: ClaimCard


def pairs(relations: Iterable[int], role: Role | None) -> list[Pair]:
    """The relations of those keys, in that order, with both of their claims. A fixed number of queries."""
    keys = list(relations)
    rows = ClaimRelation.objects.filter(pk__in=keys).select_related("kind", "author").in_bulk()
    ends = {end for row in rows.values() for end in (row.claim_id, row.other_id)}
    cards = {card.claim.pk: card for card in claim_cards(Claim.objects.filter(pk__in=ends), role)}
    return [Pair(row, cards[row.claim_id], cards[row.other_id]) for key in keys if (row := rows.get(key))]
