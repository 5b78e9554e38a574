"""What a search for claims finds, as rows of an act on many: as many as one act takes at a time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from annotator.intents.batch import MOST_ROWS, Picked
from annotator.models import Claim
from annotator.queries import claims as query
from annotator.queries.claim_facets import COUNTED
from annotator.queries.keyset import place_said, said_place, slice_of
from annotator.queries.visibility import seen_by

from .access import Here
from .claim_search import wanted_of

LONGEST_SEARCH = 100_000
"""Characters of an address; a longer one finds nothing, as what is cut off of it would find more."""


@dataclass(frozen=True)
class Found:
    """`search` is an address's; `rows` are of what it finds, `behind` is the place of the last of them where
    there are more; `total` of all, at most COUNTED + 1."""

    search: str
    rows: tuple[Picked, ...] = ()
    behind: str = ""
    total: int = 0

    @property
    def in_words(self) -> str:
        return f"more than {COUNTED:,}" if self.total > COUNTED else f"{self.total:,}"

    @property
    def onwards(self) -> str:
        """What an address is given so that the next ones are offered there."""
        return f"?{urlencode({'found': self.search, 'behind': self.behind})}" if self.behind else ""


def all_found(here: Here, search: str, behind: str) -> Found:
    """The first MOST_ROWS, or those behind a place. Three queries."""
    if len(search) > LONGEST_SEARCH:
        return Found("")
    asked = QueryDict(search)
    order = asked.get("order") if asked.get("order") in query.ORDERS else ""
    by = query.ORDERS[order or ""]
    claims = query.claims_like(here.project, wanted_of(asked), here.role).filter(seen_by(here.role))
    claims = query.in_order(here.project, claims, order or "")
    cut = slice_of(claims, by, MOST_ROWS, after=said_place(behind, by))
    uuids = dict(Claim.objects.filter(pk__in=[row[-1] for row in cut.rows]).values_list("pk", "uuid"))
    rows = tuple(Picked(uuids[row[-1]]) for row in cut.rows)
    total = claims.order_by()[: COUNTED + 1].count()
    return Found(search, rows, place_said(cut.after) if cut.after else "", total)
