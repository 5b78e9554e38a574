"""A number as a claim gives it."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from . import fields
from .gathered import leaf
from .refusal import Refused

QUALIFIERS = ("exactly", "about", "at_least", "more_than", "at_most", "fewer_than", "range")
ENDS = {"at_least": "low", "more_than": "low", "at_most": "high", "fewer_than": "high"}
"""The one end that these qualifiers give."""
_TOO_LARGE = Decimal(10) ** 18
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class NumberSaid:
    """`qualifier` says how the words bound the number; "about" without any is an order of size ("dozens")."""

    what: str
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str
    words: str
    event: UUID | None


@leaf(None)
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


def _told_by(low: Decimal | None, high: Decimal | None) -> str:
    """The qualifier of who says none: what the ends alone tell."""
    if low is None or high is None:
        return "at_most" if low is None else "at_least"
    return "exactly" if low == high else "range"


def _check(low: Decimal | None, high: Decimal | None, qualifier: str, field: str) -> None:
    """Raises Refused where the ends are not those that the qualifier gives."""
    if low is None and high is None and qualifier != "about":
        raise Refused(field, "quantity_has_number", "needs a number; only “about” may stand without one")
    if low is not None and high is not None and low > high:
        raise Refused(f"{field}.high", "low_below_high", "is below the lowest number")
    given = {name for name, end in (("low", low), ("high", high)) if end is not None}
    if qualifier in ENDS:
        wanted = given == {ENDS[qualifier]}
    elif qualifier == "about":
        wanted = len(given) != 1
    else:
        wanted = len(given) == 2 and (low == high) == (qualifier == "exactly")
    if not wanted:
        raise Refused(f"{field}.qualifier", "bounded_as_said", "does not fit the numbers given")


def parse_quantity(value: Any, field: str) -> NumberSaid:
    data = fields.mapping(value, field, NumberSaid.__dataclass_fields__)
    low, high = _number(data.get("low"), f"{field}.low"), _number(data.get("high"), f"{field}.high")
    qualifier = fields.choice(data.get("qualifier"), f"{field}.qualifier", QUALIFIERS, _told_by(low, high))
    quantity = NumberSaid(
        what=fields.name(data.get("what"), f"{field}.what"),
        low=low,
        high=high,
        qualifier=qualifier,
        unit=fields.name(data.get("unit"), f"{field}.unit", 100, required=False),
        words=fields.name(data.get("words"), f"{field}.words", 300),
        event=fields.optional_identifier(data.get("event"), f"{field}.event"),
    )
    _check(low, high, qualifier, field)
    return quantity
