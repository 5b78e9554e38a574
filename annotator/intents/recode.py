"""Correcting one or two judgements of a claim without sending the whole of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused


@dataclass(frozen=True, slots=True)
class RecodeClaim:
    """`type` is a key of the codebook, empty to leave it; `speaker` who alone says it, None to leave that;
    `mention` the speaker's actor annotation in the text, where the judgement rests on one.
    """

    type: str = ""
    speaker: UUID | None = None
    mention: UUID | None = None


def parse_recode(value: Any) -> RecodeClaim:
    """Raises Refused."""
    data = fields.mapping(value, "", RecodeClaim.__dataclass_fields__)
    intent = RecodeClaim(
        type=fields.name(data.get("type"), "type", 60, required=False),
        speaker=fields.optional_identifier(data.get("speaker"), "speaker"),
        mention=fields.optional_identifier(data.get("mention"), "mention"),
    )
    if not intent.type and not intent.speaker:
        raise Refused("", "required", "say the type or the speaker that the claim is to have")
    if intent.mention and not intent.speaker:
        raise Refused("speaker", "required", "say whose mention it is")
    return intent
