"""What somebody says of two articles whose texts are alike."""

from dataclasses import dataclass
from typing import Any

from .refusal import Refused

DEEDS = {
    "reprint": "It is a reprint",
    "same_article": "It is another text of the same article",
    "not": "It is no reprint",
    "swap": "The other one is the original",
    "undo": "Take back what was said",
}


@dataclass(frozen=True, slots=True)
class JudgeReprint:
    """`deed` is a key of DEEDS."""

    deed: str


def parse_judgement(value: Any) -> JudgeReprint:
    if not isinstance(value, str) or value not in DEEDS:
        raise Refused("do", "deed", f"is one of {', '.join(DEEDS)}")
    return JudgeReprint(value)
