"""The claims desk as a concordance: a page of lines instead of a page of cards."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from annotator.models import Claim
from annotator.queries import claims as query
from annotator.queries import concordance, sentence_lines
from annotator.queries.concordance import Line

from .access import Here
from .claim_search import Search
from .paging import PAGE_SIZE, KeysetPage, Page, cut_page, keyset_page, list_page


@dataclass(frozen=True)
class Lined:
    """`page` leads on to its neighbours. `everywhere`: of all sentences, not of claims alone; `capped`: only
    the first of them are in the order of their words; `bounded`: further texts were not looked through.
    Of claims: `read` were looked at for `every` line, and `held` of them have one; where that is only a
    `part` of those that were found, they are the first thousand or those of this page."""

    lines: list[Line]
    page: KeysetPage | Page
    everywhere: bool = False
    capped: bool = False
    bounded: bool = False
    read: int = 0
    every: int = 0
    held: int = 0
    part: bool = False

    @property
    def most_texts(self) -> str:
        return f"{sentence_lines.MOST_TEXTS:,}"

    @property
    def without(self) -> int:
        """How many claims of those that were looked at hold the words in no sentence of theirs."""
        return self.read - self.held


def lines_page(request: HttpRequest, here: Here, search: Search, found: QuerySet[Claim]) -> Lined:
    """In whole articles every sentence is looked at, else the claims that were found."""
    if search.wanted.where == "article":
        return _everywhere(request, here, search)
    width, sought = search.width, search.wanted.sought
    quotes_only = search.wanted.where == "quote"
    if search.order in concordance.SIDES:
        keys = concordance.first_keys(found)
        lines = concordance.lines_of_claims(keys, sought, width, quotes_only=quotes_only)
        return _sorted(request, search, lines, len(keys))
    page = keyset_page(request, found, query.ORDERS[search.order])
    lines = concordance.lines_of_claims(page.pks, sought, width, quotes_only=quotes_only)
    part = bool(page.after or page.before)
    return Lined(lines, page, read=len(page.pks), every=len(lines), held=_held(lines), part=part)


def _held(lines: list[Line]) -> int:
    return len({line.claim for line in lines})


def _everywhere(request: HttpRequest, here: Here, search: Search) -> Lined:
    asked = (here.project, search.wanted, here.role, search.width)
    if search.order in concordance.SIDES:
        lines, cut, bounded = sentence_lines.everywhere(*asked, concordance.MOST_SORTED)
        return replace(_sorted(request, search, lines, len(cut.rows), everywhere=True), bounded=bounded)
    kept: list[Line] = []
    ends: list[bool] = []

    def cut_at(after: Any, before: Any) -> Any:
        lines, cut, bounded = sentence_lines.everywhere(*asked, PAGE_SIZE, after=after, before=before)
        kept.extend(lines)
        ends.append(bounded)
        return cut

    page = cut_page(request, sentence_lines.BY_PLACE, cut_at)
    return Lined(kept, page, everywhere=True, bounded=any(ends))


def _sorted(
    request: HttpRequest, search: Search, lines: list[Line], read: int, everywhere: bool = False
) -> Lined:
    page = list_page(request, concordance.sorted_beside(lines, search.order))
    capped = read >= concordance.MOST_SORTED
    held = _held(lines)
    return Lined(page.rows, page, everywhere, capped, read=read, every=len(lines), held=held, part=capped)
