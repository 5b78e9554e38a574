"""A number as a claim gives it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused

_TOO_LARGE = Decimal(10) ** 18
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class NumberSaid:
    what: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    words: str
    event: UUID | None


def _number(value: Any, field: str) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    # Compared, not computed with: arithmetic on an exponent of 9 digits overflows.
    if isinstance(value, bool) or not number.is_finite() or number.copy_abs() >= _TOO_LARGE:
        raise Refused(field, "number", "must be a number")
    if number and _decimals(number) > _DECIMALS:
        raise Refused(field, "decimals", f"has more than {_DECIMALS} decimals")
    # One way to write each number: a zero may come with an exponent that no column takes.
    return number.normalize() if number else Decimal(0)


def _decimals(number: Decimal) -> int:
    """How many digits after the point say something."""
    _, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits))
    return -int(exponent) - (len(written) - len(written.rstrip("0")))


def parse_quantity(value: Any, field: str) -> NumberSaid:
    data = fields.mapping(value, field, NumberSaid.__dataclass_fields__)
    quantity = NumberSaid(
        what=fields.name(data.get("what"), f"{field}.what"),
        low=_number(data.get("low"), f"{field}.low"),
        high=_number(data.get("high"), f"{field}.high"),
        unit=fields.name(data.get("unit"), f"{field}.unit", 100, required=False),
        words=fields.name(data.get("words"), f"{field}.words", 300),
        event=fields.optional_identifier(data.get("event"), f"{field}.event"),
    )
    if quantity.low is None and quantity.high is None:
        raise Refused(field, "quantity_has_number", "needs a lowest or a highest number")
    if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
        raise Refused(f"{field}.high", "low_below_high", "is below the lowest number")
    return quantity
