"""The claims desk: a search with what it can be narrowed to, and its results in pages."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from annotator.intents.batch import MOST_ROWS
from annotator.models import Claim, Stand
from annotator.queries import claims as query
from annotator.queries.claim_cards import claim_cards
from annotator.queries.claim_facets import Facet, counted
from annotator.queries.concordance import SIDES, WIDTHS
from annotator.queries.visibility import seen_by

from ..access import Here, Visit, project_page
from ..claim_lines import lines_page
from ..claim_search import PLACES, asked_for, canonical, kept, leading_to, search_of, turned
from ..pages import show
from ..paging import CARDS, address, choice, keyset_page

FACETS = ("status", "speaker", "kind", "type", "topic", "outlet", "period", "month", "annotator", "article")
OPEN = ("status", "speaker", "type", "topic", "period")
IN_FORM = ("q", "where", "order", "concept", "stand", "made", "show", "width")


@require_safe
@project_page()
def claims(request: Visit, here: Here) -> HttpResponse:
    search = search_of(request)
    wanted, order = search.wanted, query.ORDERS.get(search.order, query.ORDERS[""])
    unfolded = choice(request, "all", FACETS)
    found = query.claims_like(here.project, wanted, here.role).filter(seen_by(here.role))
    found = query.in_order(here.project, found, search.order)
    lined = lines_page(request, here, search, found) if search.lines else None
    page = keyset_page(request, found, order, CARDS) if lined is None else None
    rows = Claim.objects.filter(pk__in=page.pks if page else []).order_by(*order.by())
    numbers = counted(here.project, wanted, here.role, unfolded)
    concepts = query.concepts(here.project)
    return show(
        request,
        here,
        "claims/desk.html",
        "claims",
        page=page,
        counted=numbers,
        most_rows=MOST_ROWS,
        cards=claim_cards(rows, here.role, alike=here.may_annotate),
        lined=lined,
        width=search.width,
        widths=WIDTHS,
        sides=SIDES.items() if search.lines else (),
        wanted=wanted,
        sought=wanted.sought,
        order=search.order,
        orders=query.ORDERS_IN_WORDS.items(),
        places=query.WHERE.items(),
        concepts=concepts,
        stands=Stand.choices,
        kept=kept(request.GET, IN_FORM),
        facets=[_facet(request, facet, unfolded) for facet in numbers.facets],
        withdrawn=leading_to(request, "status", "withdrawn") if here.role else "",
        filtered=search.narrowed,
        canonical=canonical(request.GET),
        asked_for=asked_for(request, here.project, search),
    )


def _facet(request: Visit, facet: Facet, unfolded: str) -> dict[str, object]:
    """A facet with the address that each of its choices leads to."""
    choices = [(one, turned(request, facet.field, one.key)) for one in facet.choices]
    open_ = facet.key in OPEN or facet.key == unfolded or any(one.chosen for one in facet.choices)
    more = address(request.GET, all=facet.key, **dict.fromkeys(PLACES)) if facet.more else ""
    return {"facet": facet, "choices": choices, "open": open_, "more": "" if facet.key == unfolded else more}
