"""What a part of a text is, and whether it is left out of counts."""

from dataclasses import dataclass
from typing import Any

from . import fields
from .refusal import Refused

ROLES = ("headline", "dek", "byline", "paragraph", "pull_quote", "caption", "heading", "boilerplate")


@dataclass(frozen=True, slots=True)
class JudgeBlock:
    role: str
    masked: bool
    reason: str = ""


def parse_judgement(value: Any) -> JudgeBlock:
    data = fields.mapping(value, "", ("role", "masked", "reason"))
    if "masked" not in data:
        raise Refused("masked", "required", "say whether it is left out")
    return JudgeBlock(
        role=fields.choice(data.get("role"), "role", ROLES),
        masked=fields.flag(data["masked"], "masked"),
        reason=fields.name(data.get("reason"), "reason", required=False),
    )
