"""Why an item was not taken in, in one line a person can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """`what` is the item's name; `where` the place in it ("byte 512"), or empty; `why` the reason."""

    what: str
    where: str
    why: str

    def __str__(self) -> str:
        place = f", {self.where}" if self.where else ""
        return f"{one_line(self.what)}{place}: {one_line(self.why)}"


class Refused(ValueError):
    """Raised by readers; `refusal` says what, where and why."""

    def __init__(self, refusal: Refusal):
        super().__init__(str(refusal))
        self.refusal = refusal


def refused(what: str, why: str, where: str = "") -> Refused:
    return Refused(Refusal(what, where, why))


def one_line(text: str) -> str:
    """A file name may hold tabs, line breaks, terminal escapes or undecodable bytes; a report line shows them
    as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:300])[:300]
