"""Lists: which parameters an address takes, each read strictly, and one page of what they find."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.request import Request
from rest_framework.response import Response

from annotator.queries.keyset import Order, place_said, said_place, slice_of, whole

from .parsing import storable
from .problems import Problem

AT_ONCE, MOST_AT_ONCE = 50, 200
"""Rows of one page where nobody says how many, and at most."""
MOST_VALUES = 50
"""Of one parameter that may be given more than once."""
PAGED = ("limit", "after", "before")


class Parameters:
    """What an address asks behind its question mark. Everything that is not as it should be raises Problem
    (400) naming the parameter: a name that is not known here, one that is given twice and may not be, and
    text that no column can hold."""

    def __init__(
        self, request: Request, *known: str, several: Collection[str] = (), paged: bool = False
    ) -> None:
        self.request, self.several = request, several
        allowed = {*known, *several, *(PAGED if paged else ())}
        known_alone(request, allowed)
        for name in request.query_params:
            shown = _shown(name)
            values = request.query_params.getlist(name)
            if len(values) > (MOST_VALUES if name in several else 1):
                most = f"at most {MOST_VALUES} times" if name in several else "once"
                raise wrong(shown, "times", f"may be given {most}")
            for value in values:
                storable(value, shown)

    def text(self, name: str, most: int = 200) -> str:
        """Trimmed; empty where it is not given. `most` in code points."""
        return self._short(self.request.query_params.get(name, "").strip(), name, most)

    def texts(self, name: str, most: int = 60) -> tuple[str, ...]:
        """Each once, in the order given."""
        said = (self._short(one.strip(), name, most) for one in self.request.query_params.getlist(name))
        return tuple(dict.fromkeys(one for one in said if one))

    def choice(self, name: str, allowed: Iterable[str], default: str = "") -> str:
        return self._one_of(self.text(name), name, list(allowed)) or default

    def choices(self, name: str, allowed: Iterable[str]) -> tuple[str, ...]:
        known = list(allowed)
        return tuple(self._one_of(one, name, known) for one in self.texts(name))

    def flag(self, name: str) -> bool:
        return self.choice(name, ("true", "false")) == "true"

    def uuid(self, name: str) -> UUID | None:
        """None where it is not given."""
        said = self.text(name)
        return _identifier(said, name) if said else None

    def uuids(self, name: str) -> tuple[UUID, ...]:
        return tuple(dict.fromkeys(_identifier(one, name) for one in self.texts(name)))

    def pair(self, name: str) -> tuple[UUID | None, UUID | None] | None:
        """Two UUIDs with ~ between, of which one may be missing; None where it is not given."""
        said = self.text(name)
        if not said:
            return None
        first, tilde, second = said.partition("~")
        if not tilde or not (first or second):
            raise wrong(name, "pair", "must be two UUIDs with ~ between, of which one may be missing")
        return _identifier(first, name) if first else None, _identifier(second, name) if second else None

    def moment(self, name: str) -> datetime | None:
        """A date or a date and time of ISO 8601; UTC where it names no zone. None where it is not given."""
        said = self.text(name, 60)
        if not said:
            return None
        try:
            found = parse_datetime(said)
            if found is None and (day := parse_date(said)):
                found = datetime(day.year, day.month, day.day, tzinfo=UTC)
        except ValueError:
            found = None
        if found is None:
            raise wrong(name, "date", "must be a date, or a date and time, as in 2025-03-14T09:00:00Z")
        return found if found.tzinfo else found.replace(tzinfo=UTC)

    def day(self, name: str) -> date | None:
        """A day of ISO 8601. None where it is not given."""
        said = self.text(name, 60)
        try:
            found = parse_date(said) if said else None
        except ValueError:
            found = None
        if said and found is None:
            raise wrong(name, "date", "must be a day, as in 2025-03-14")
        return found

    def number(self, name: str, most: int, default: int) -> int:
        """A whole number from 1 to `most`."""
        said = self.text(name)
        if not said:
            return default
        if not (said.isascii() and said.isdigit() and len(said) < 10 and 1 <= int(said) <= most):
            raise wrong(name, "whole", f"must be a whole number from 1 to {most}")
        return int(said)

    @property
    def limit(self) -> int:
        return self.number("limit", MOST_AT_ONCE, AT_ONCE)

    def place(self, name: str, order: Order) -> tuple[Any, ...] | None:
        """The place that a page of this very list told of as `next` or `previous`."""
        said = self.request.query_params.get(name, "")
        if not said:
            return None
        written, _, of = said.partition(".")
        place = said_place(written, order)
        if place is None or of != _list_asked(self.request):
            raise wrong(name, "cursor", "is no place in this list: take it from `next` or `previous`")
        return place

    def _one_of(self, said: str, name: str, known: Collection[str]) -> str:
        if said and said not in known:
            raise wrong(name, "choice", f"must be one of {', '.join(one for one in known if one)}")
        return said

    @staticmethod
    def _short(said: str, name: str, most: int) -> str:
        if len(said) > most:
            raise wrong(name, "max_length", f"has {len(said)} characters, at most {most} are allowed")
        return said


def known_alone(request: Request, known: Collection[str]) -> None:
    """Raises Problem (400) for a parameter of another name."""
    for name in request.query_params:
        if name not in known:
            raise wrong(_shown(name), "known_parameter", "is not a parameter of this address")


def _shown(name: str) -> str:
    return name[:60].encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def page(
    asked: Parameters, found: QuerySet[Any], order: Order, tell: Callable[[list[Any]], Sequence[Any]]
) -> Response:
    """{"results", "next", "previous"}: one page of `found` in that order. `tell` makes of primary keys what
    the answer shows, in the order of the keys."""
    after, before = _places(asked, order)
    cut = slice_of(found, order, asked.limit, after=after, before=before)
    keys = [row[-1] for row in cut.rows]
    return Response(
        {
            "results": tell(keys) if keys else [],
            "next": _address(asked.request, "after", cut.after),
            "previous": _address(asked.request, "before", cut.before),
        }
    )


IN_ROW = Order(("at",), (whole,), descending=False)


def page_of_rows(asked: Parameters, rows: Sequence[Any]) -> Response:
    """The same of rows that are all at hand and stay in their order."""
    after, before = _places(asked, IN_ROW)
    end = max(0, min(before[0], len(rows))) if before else 0
    start = end - asked.limit if before else max(0, after[0] + 1 if after else 0)
    start = max(0, start)
    end = min(start + asked.limit, len(rows))
    return Response(
        {
            "results": rows[start:end],
            "next": _address(asked.request, "after", (end - 1,) if start < end < len(rows) else None),
            "previous": _address(asked.request, "before", (start,) if 0 < start < end else None),
        }
    )


def _places(asked: Parameters, order: Order) -> tuple[tuple[Any, ...] | None, tuple[Any, ...] | None]:
    after, before = asked.place("after", order), asked.place("before", order)
    if after and before:
        raise wrong("before", "one_place", "cannot be asked together with `after`")
    return after, before


def in_order(
    model: type[Model], told: Callable[[QuerySet[Any]], Iterable[Any]]
) -> Callable[[list[Any]], Any]:
    """Of a presenter that tells rows in an order of its own, each with its "uuid", one that keeps the order
    of the keys. One query more."""

    def tell(keys: list[Any]) -> list[Any]:
        rows = model._default_manager.filter(pk__in=keys)
        uuids = dict(rows.values_list("pk", "uuid"))
        found = {one["uuid"]: one for one in told(rows)}
        return [found[str(uuids[key])] for key in keys if str(uuids.get(key)) in found]

    return tell


def _address(request: Request, name: str, place: tuple[Any, ...] | None) -> str | None:
    if place is None:
        return None
    kept = [one for one in _asked(request) if one[0] not in ("after", "before")]
    said = f"{place_said(place)}.{_list_asked(request)}"
    return request.build_absolute_uri(f"{request.path}?{urlencode([*kept, (name, said)])}")


def _asked(request: Request) -> list[tuple[str, str]]:
    return [(name, one) for name, said in request.query_params.lists() for one in said]


def _list_asked(request: Request) -> str:
    """A mark of the list that is read, by its address and what it is narrowed to: another list's places are
    none in this one, however alike they look. The pages of one list may be of several lengths."""
    narrowed = sorted(one for one in _asked(request) if one[0] not in PAGED)
    return sha256(f"{request.path}?{urlencode(narrowed)}".encode()).hexdigest()[:8]


def wrong(name: str, rule: str, message: str) -> Problem:
    """400 for a parameter."""
    return Problem(400, f"{name} {message}.", [{"field": name, "rule": rule, "message": message}])


def _identifier(said: str, name: str) -> UUID:
    try:
        return UUID(said)
    except ValueError:
        raise wrong(name, "uuid", "must be a UUID") from None
