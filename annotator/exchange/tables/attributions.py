"""The tables of who said a claim and through whom: each link of its chains, and each actor of those."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from datetime import date

from .claims import ACTS, BASES, CONFIDENCES, NAMINGS, QUOTATION_TYPES
from .columns import code, day, key, level, string, values, whole, yes_no

LINK_ROLES = ("said", "relayed", "reported", "reprinted")
JOINTLY = ("one", "together", "each")
LINK_BASES = ("stated", "carried_over", "inferred", "record")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSpeakerRow:
    claim_id: str = key("The claim.", refers="claims.claim_id")
    attribution_id: str = key("The link of the chain.", refers="attributions.attribution_id")
    actor_id: str = key("The actor.", refers="actors.actor_id")
    actor: str = string("Name of the actor; of an anonymous one the label.", required=True)
    actor_kind: str | None = code("Kind of actor.", "actor_kind")
    naming: str | None = level("How the text names the actor.", *NAMINGS)
    chain: int = whole(
        "Number of the chain, from 1: a claim may have several, and so may the claim around it.",
        required=True,
    )
    link: int = whole("Place of the link in the chain, from 1, innermost first.", required=True)
    link_role: str = level("Part the actor plays in the chain.", *LINK_ROLES, required=True)
    position: int = whole("Place of the actor in the link, from 1.", required=True)
    jointly: str | None = level(
        "Where a link has several actors: whether `one` of them speaks, all `together` or `each`.", *JOINTLY
    )
    role_at_time: str | None = string("Role of the actor at the time, as the text gives it.")
    basis: str | None = level(
        "What it rests on that it is this actor: `textual` unless the analyst says otherwise.", *BASES
    )
    confidence: str | None = level("How sure the analyst is that it is this actor.", *CONFIDENCES)
    mention_id: str | None = string(
        "Annotation where the text names the actor.", refers="annotations.annotation_id"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionRow:
    attribution_id: str = key(
        "Identifier of the link (UUID); for a link of the claim around this one, that link's, a dot and this "
        "claim's."
    )
    claim_id: str = key("The claim.", refers="claims.claim_id")
    outer_link: bool = yes_no(
        "Whether the link is that of a claim which this one lies inside of, and goes on from its own links.",
        required=True,
    )
    outer_claim_id: str | None = string(
        "The claim whose link it is, if it is in this dataset.", refers="claims.claim_id"
    )
    chain: int = whole("Number of the chain, from 1.", required=True)
    link: int = whole("Place in the chain, from 1, innermost first.", required=True)
    role: str = level("Part this link plays.", *LINK_ROLES, required=True)
    actor_ids: tuple[str, ...] = values("Who speaks here.", refers="actors.actor_id")
    act: str | None = level("What they are said to do.", *ACTS)
    quotation_type: str | None = level("How their words are rendered.", *QUOTATION_TYPES)
    basis: str | None = level(
        "What the link rests on: `stated` by default, `carried_over` from an earlier sentence by its cues, "
        "`inferred` by the analyst, `record` where it follows from the article's record.",
        *LINK_BASES,
    )
    cue_ids: tuple[str, ...] = values("Annotations of the cue.", refers="annotations.annotation_id")
    cue: str | None = string("Words of the cue; stretches joined by ` […] `.")
    cue_types: tuple[str, ...] = values("What its cues do, of those that say so.", codebook="cue_type")
    role_ids: tuple[str, ...] = values(
        "Annotations of the speakers' roles.", refers="annotations.annotation_id"
    )
    addressee_ids: tuple[str, ...] = values(
        "Whom they speak to, of those who are actors; all are in `addressees.csv`.", refers="actors.actor_id"
    )
    occasion: str | None = string("In what setting they do it (interview, statement), in short words.")
    occasion_ids: tuple[str, ...] = values("Annotations of those.", refers="annotations.annotation_id")
    repeated: bool = yes_no(
        "Whether it was told more than once (again, keeps saying); FALSE by default.", required=True
    )
    said_on_edtf: str | None = string(
        "When it was told here, as EDTF; empty if not coded. The first link of chain 1 has its claim's date."
    )
    said_on_min: date | None = day("First day that date may mean; empty where it is open.")
    said_on_max: date | None = day("Last day that date may mean; empty where it is open.")
    said_on_basis: str | None = level("What that date rests on; empty without a date.", *BASES)
    said_on_confidence: str | None = level("How sure the analyst is of it.", *CONFIDENCES)
    time_ids: tuple[str, ...] = values(
        "Annotations of that date; those of a claim's are in `claims.csv`.",
        refers="annotations.annotation_id",
    )
    addressee_words_ids: tuple[str, ...] = values(
        "Annotations of words that describe whom they speak to.", refers="annotations.annotation_id"
    )
