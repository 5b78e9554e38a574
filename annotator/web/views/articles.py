"""The shelf of articles."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from annotator.detect.search import parse_search
from annotator.queries import articles as query
from annotator.queries.claims import LABELS
from annotator.queries.discussion_counts import discussed_among
from annotator.queries.reprints import n_likely
from sources.models import Article

from ..access import Here, Visit, project_page
from ..pages import show
from ..paging import address, choice, page_of, words

COLUMNS = (("title", "Title"), ("outlet", "Outlet"), ("date", "Published"))


def headings(request: Visit, order: str) -> list[dict[str, str]]:
    """The sortable columns: where a click leads and how the list is sorted now."""
    made = []
    for key, name in COLUMNS:
        descending = (order == "date") if key == "date" else (order == f"-{key}")
        current = order.lstrip("-") == key
        turned = f"-{key}" if order == key else key
        made.append(
            {
                "name": name,
                "url": address(request.GET, sort=turned, page=None),
                "sort": ("descending" if descending else "ascending") if current else "",
            }
        )
    return made


@require_safe
@project_page()
def articles(request: Visit, here: Here) -> HttpResponse:
    typed, order = words(request), choice(request, "sort", query.ORDERS, "date")
    only = choice(request, "show", query.SHOWN)
    sought = parse_search(typed)
    page = page_of(request, query.articles_like(here.project, sought, order, only, here.role))
    return show(
        request,
        here,
        "articles/list.html",
        "articles",
        page=page,
        rows=query.rows(page.rows, here.role),
        discussed=discussed_among("article", [one.pk for one in page.rows], here.role),
        typed=typed,
        sought=sought,
        found=query.where_found(page.rows, sought),
        order=order,
        only=only,
        completing=only == "incomplete" and here.may_annotate,
        shown=query.SHOWN,
        incomplete=query.incomplete_records(here.project),
        likely=n_likely(here.project),
        headings=headings(request, order),
        labels=LABELS,
    )


def article_or_404(here: Here, uuid: UUID) -> Article:
    found = query.article_of(here.project, uuid)
    if found is None:
        raise Http404("No such article in this project.")
    return found
