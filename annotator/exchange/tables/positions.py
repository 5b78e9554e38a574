"""positions.csv: where claims stand on the propositions of the codebook."""

from dataclasses import dataclass

from .columns import code, key, level, string

STANDS = ("against", "neutral", "for")


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    claim_id: str = key("The claim that takes the stand.", refers="claims.claim_id")
    concept: str = code("Key of the concept in the codebook.", "concept", required=True)
    proposition: str = string("The concept: the proposition that the stand is on.", required=True)
    stand: str = level("The stand.", *STANDS, required=True)
