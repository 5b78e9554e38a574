"""quantities.csv: the numbers that claims give."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from decimal import Decimal

from .columns import key, level, number, string

QUALIFIERS = ("exactly", "about", "at_least", "more_than", "at_most", "fewer_than", "range")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRow:
    quantity_id: str = key("Identifier (UUID).")
    claim_id: str = key("The claim that gives the number.", refers="claims.claim_id")
    what: str | None = string("What is counted or measured.")
    qualifier: str = level(
        "How the words bound the number: `more_than` and `fewer_than` leave the number itself out; `about` "
        "without any number is an order of size (dozens).",
        *QUALIFIERS,
        required=True,
    )
    low: Decimal | None = number("Least value the words allow; empty where they set none.")
    high: Decimal | None = number("Greatest value the words allow; empty where they set none.")
    unit: str | None = string("Unit.")
    words: str | None = string("The number in the words of the text.")
    event_id: str | None = string("The event it belongs to.", refers="events.event_id")
