"""To whom links speak and at whom claims are directed: one row for each."""

from dataclasses import dataclass

from .columns import key, string, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeRow:
    claim_id: str = key("The claim.", refers="claims.claim_id")
    attribution_id: str = key("The link whose speakers speak to them.", refers="attributions.attribution_id")
    chain: int = whole("Number of the chain, from 1.", required=True)
    link: int = whole("Place of the link in the chain, from 1, innermost first.", required=True)
    position: int = whole("Place among those spoken to in the link, from 1.", required=True)
    actor_id: str | None = string(
        "The actor; empty where the text only describes somebody.", refers="actors.actor_id"
    )
    addressee: str = string("Name of the actor, else the words.", required=True)
    words: str | None = string("Words of the text that describe them.")
    mention_id: str | None = string(
        "Annotation where the text names the actor.", refers="annotations.annotation_id"
    )
    words_id: str | None = string("Annotation of those words.", refers="annotations.annotation_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetRow:
    claim_id: str = key("The claim.", refers="claims.claim_id")
    position: int = whole("Place among those it is directed at, from 1.", required=True)
    actor_id: str | None = string(
        "The actor; empty where the text only describes somebody.", refers="actors.actor_id"
    )
    target: str = string("Name of the actor, else the words.", required=True)
    words: str | None = string("Words of the text that describe them.")
    mention_id: str | None = string(
        "Annotation where the text names the actor.", refers="annotations.annotation_id"
    )
    words_id: str | None = string("Annotation of those words.", refers="annotations.annotation_id")
