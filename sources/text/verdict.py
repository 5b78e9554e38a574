"""What is said of one line of a page: its role, whether it is masked, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`repeats` is the number of the line whose words it says again."""

    role: str = "paragraph"
    masked: bool = False
    reason: str = ""
    repeats: int | None = None


Verdicts = list[Verdict | None]
"""One a line, None where no rule has judged it yet."""


def boilerplate(reason: str) -> Verdict:
    return Verdict("boilerplate", True, reason)
