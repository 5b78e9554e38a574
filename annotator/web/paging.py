"""Pages of a list, and the words that lists are searched for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from annotator.queries.keyset import Order, Slice, place_said, said_place, slice_of

Place: TypeAlias = tuple[Any, ...]
PAGE_SIZE = 50  # rows of a table
CARDS = 20  # claims in full on one page
LONGEST_SEARCH = 200  # code points


@dataclass(frozen=True)
class Page:
    """`rows` of one page; the addresses of the one before and the one after, or empty."""

    rows: list[Any]
    number: int
    size: int
    total: int
    before: str
    after: str

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def address(query: QueryDict, **changes: Any) -> str:
    """The query string with some fields changed; None takes one out, a list gives it several values."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if isinstance(value, list):
            changed.setlist(name, value)
        elif value is not None:
            changed[name] = value
    return "?" + changed.urlencode()


def page_of(request: HttpRequest, found: QuerySet[Any], size: int = PAGE_SIZE) -> Page:
    """The page that `?page=` names: the last one for a number beyond it, the first for anything else.
    Two queries."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    total = found.count()
    number = max(1, min(number, -(-total // size)))
    start = (number - 1) * size
    rows = list(found[start : start + size])
    return Page(
        rows,
        number,
        size,
        total,
        before=address(request.GET, page=number - 1 if number > 2 else None) if number > 1 else "",
        after=address(request.GET, page=number + 1) if start + len(rows) < total else "",
    )


@dataclass(frozen=True)
class KeysetPage:
    """`keys` of the rows of one page, the last of each their primary key; the addresses of its neighbours."""

    keys: list[tuple[Any, ...]]
    before: str
    after: str

    @property
    def pks(self) -> list[Any]:
        return [key[-1] for key in self.keys]


def keyset_page(
    request: HttpRequest, found: QuerySet[Any], order: Order, size: int = PAGE_SIZE
) -> KeysetPage:
    """The page behind `?after=` or ahead of `?before=`; the first one for what names no place. One query, or
    two on the way back to the first page."""
    after, before = (_place(request, field, order) for field in ("after", "before"))
    cut = slice_of(found, order, size, after=after, before=None if after else before)
    return _addressed(request, cut)


def _addressed(request: HttpRequest, cut: Slice) -> KeysetPage:
    return KeysetPage(
        cut.rows,
        address(request.GET, after=None, before=place_said(cut.before), page=None) if cut.before else "",
        address(request.GET, before=None, after=place_said(cut.after), page=None) if cut.after else "",
    )


def cut_page(
    request: HttpRequest, order: Order, cut: Callable[[Place | None, Place | None], Slice]
) -> KeysetPage:
    """The same of rows that `cut` reads behind or ahead of a place, by no QuerySet."""
    after, before = (_place(request, field, order) for field in ("after", "before"))
    found = cut(after, None if after else before)
    return _addressed(request, found)


def list_page(request: HttpRequest, rows: Sequence[Any], size: int = PAGE_SIZE) -> Page:
    """A page of rows that are all at hand."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    number = max(1, min(number, -(-len(rows) // size)))
    start = (number - 1) * size
    return Page(
        list(rows[start : start + size]),
        number,
        size,
        len(rows),
        before=address(request.GET, page=number - 1 if number > 2 else None) if number > 1 else "",
        after=address(request.GET, page=number + 1) if start + size < len(rows) else "",
    )


def _place(request: HttpRequest, field: str, order: Order) -> Place | None:
    return said_place(request.GET.get(field, ""), order)


def words(request: HttpRequest, field: str = "q") -> str:
    """What was typed into a search field: trimmed, capped, without the NULs PostgreSQL refuses."""
    return request.GET.get(field, "").replace("\x00", "").strip()[:LONGEST_SEARCH]


def choice(request: HttpRequest, field: str, allowed: Any, default: str = "") -> str:
    """The field's value if it is one of `allowed`, else `default`."""
    value = request.GET.get(field, default)
    return value if value in allowed else default
