"""Pages of a long list, found by where the page before ended and never by counting rows from the start."""

import binascii
import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value


@dataclass(frozen=True)
class Order:
    """`keys` are columns or annotations, all in one direction and never null; the last one is unique.

    `reads` makes each key's value of what stands in an address; it raises ValueError or TypeError.
    """

    keys: tuple[str, ...]
    reads: tuple[Callable[[Any], Any], ...]
    descending: bool = True

    def by(self, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{key}" for key in self.keys]

    def place(self, said: Any) -> tuple[Any, ...] | None:
        """The place that an address names, as `Slice` gives it; None for anything else."""
        if not isinstance(said, list) or len(said) != len(self.keys):
            return None
        try:
            return tuple(read(value) for read, value in zip(self.reads, said, strict=True))
        except (ValueError, TypeError, OverflowError):
            return None


def whole(value: Any) -> int:
    """A whole number that a column can hold."""
    if type(value) is not int or not -(2**63) <= value < 2**63:
        raise ValueError(value)
    return value


def day(value: Any) -> date:
    return date.fromisoformat(value)


def words(value: Any) -> str:
    """Text that a column can hold."""
    if not isinstance(value, str) or "\x00" in value or len(value) > 2000:
        raise ValueError(value)
    value.encode()  # no lone surrogate
    return value


@dataclass(frozen=True)
class Slice:
    """The keys of one page's rows in their order; `before` and `after` are where its neighbours begin."""

    rows: list[tuple[Any, ...]]
    before: tuple[Any, ...] | None
    after: tuple[Any, ...] | None


def slice_of(
    found: QuerySet[Any],
    order: Order,
    size: int,
    *,
    after: tuple[Any, ...] | None = None,
    before: tuple[Any, ...] | None = None,
) -> Slice:
    """The `size` rows behind a place, or those ahead of one, or the first. One query; two where the rows
    ahead do not fill a page, which then is the first one."""
    backwards = before is not None
    place = before if backwards else after
    rows = found.order_by(*order.by(backwards))
    if place is not None:
        rows = rows.filter(beyond(order, place, backwards))
    keys = list(rows.values_list(*order.keys)[: size + 1])
    further = len(keys) > size
    keys = keys[:size]
    if backwards and not further:
        return slice_of(found, order, size)
    if backwards:
        keys.reverse()
    if not keys and place is not None:
        return Slice([], None, None)
    return Slice(
        keys,
        keys[0] if keys and (further if backwards else place is not None) else None,
        keys[-1] if keys and (backwards or further) else None,
    )


def next_to(
    found: QuerySet[Any], order: Order, place: tuple[Any, ...] | None, most: int, *, backwards: bool = False
) -> list[Any]:
    """The primary keys of the rows just behind a place (ahead of it `backwards`), the nearest first. One
    query. No place is the start."""
    rows = found.order_by(*order.by(backwards))
    if place is not None:
        rows = rows.filter(beyond(order, place, backwards))
    return list(rows.values_list(order.keys[-1], flat=True)[:most])


def beyond(order: Order, place: tuple[Any, ...], backwards: bool, *, itself: bool = False) -> Func:
    """A comparison of rows, that an index answers: (a, b) < (1, 2); `itself`: or at the place."""
    sign = ("<" if order.descending != backwards else ">") + ("=" if itself else "")
    mine = Func(*(F(key) for key in order.keys), function="ROW", output_field=BooleanField())
    theirs = Func(*(Value(value) for value in place), function="ROW", output_field=BooleanField())
    return Func(
        mine, theirs, template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=BooleanField()
    )


def place_said(place: tuple[Any, ...]) -> str:
    """A place as an address says it: opaque, so that nobody reads more into it."""
    plain = [value.isoformat() if isinstance(value, date) else value for value in place]
    return urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def said_place(said: str, order: Order) -> tuple[Any, ...] | None:
    """The place that `place_said` told of; None for anything else."""
    said = said[:4000]
    try:
        return order.place(
            json.loads(b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True))
        )
    except (ValueError, binascii.Error, RecursionError):
        return None
