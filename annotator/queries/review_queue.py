"""The queue: which claims wait by which rule, which of them is next, and whose they are."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from annotator.models import Actor, AttributionSource, Claim, Code, Facet, Status
from sources.models import Project, Role

from .claims import ORDERS, Wanted, claims_like, in_order, returned
from .keyset import Order, next_to
from .standing import COUNTED
from .visibility import HANDED_IN, seen_by

RULES = {
    "": "Waiting",
    "returned": "Edited since their review",
    "disputed": "In dispute",
    "accepted": "Accepted",
    "rejected": "Rejected",
    "any": "All that were handed in",
}
"""Which claims are looked through, by what the address says as `status`."""
QUEUE_ORDERS = {
    "": ("longest waiting", "oldest"),
    "newest": ("added last", ""),
    "first": ("published first", "first"),
    "published": ("published last", "published"),
}
"""In words, and the key of ORDERS."""
AHEAD = 6
"""Claims that a page holds beside the one it shows, so that reviewing goes on without a network."""
SPEAKERS = 60


@dataclass(frozen=True)
class Queue:
    """The claims that fit a rule in an order; one place in it is that of the claim `at`."""

    project: Project
    role: Role | None
    wanted: Wanted
    rule: str = ""
    ordered: str = ""

    @property
    def plain(self) -> bool:
        """Whether it holds every claim that waits."""
        return not self.rule and replace(self.wanted, status=()) == Wanted()

    @property
    def order(self) -> Order:
        return ORDERS[QUEUE_ORDERS[self.ordered][1]]

    @property
    def claims(self) -> QuerySet[Claim]:
        status = {"": Status.SUBMITTED, "returned": Status.SUBMITTED, "any": ""}.get(self.rule, self.rule)
        asked = (str(status),) if status else ()
        found = claims_like(self.project, replace(self.wanted, status=asked)).filter(
            seen_by(self.role), status__in=HANDED_IN
        )
        found = returned(found) if self.rule == "returned" else found
        return in_order(self.project, found, QUEUE_ORDERS[self.ordered][1])

    def place(self, at: UUID) -> tuple[Any, ...] | None:
        """Where the claim stands in the order, whether or not it still fits the rule; None for no claim."""
        there = Claim.objects.filter(seen_by(self.role), project=self.project, uuid=at, withdrawn_at=None)
        return there.exclude(status=Status.DRAFT).values_list(*self.order.keys).first()

    def after(self, place: tuple[Any, ...] | None, most: int) -> list[int]:
        """The keys of the next claims; of the first ones for no place."""
        return next_to(self.claims, self.order, place, most)

    def before(self, place: tuple[Any, ...]) -> UUID | None:
        """The claim just before that place."""
        keys = next_to(self.claims, self.order, place, 1, backwards=True)
        return Claim.objects.values_list("uuid", flat=True).get(pk=keys[0]) if keys else None

    def count(self) -> int:
        """Of so many claims at most: COUNTED + 1 means more."""
        return self.claims.order_by()[: COUNTED + 1].count()

    def speakers(self) -> list[tuple[Actor, int]]:
        """Whose claims wait by the rule, those with the most first, counted in the first COUNTED of them."""
        free = replace(self, wanted=replace(self.wanted, speaker=()))
        first = free.claims.order_by("pk").values("pk")[:COUNTED]
        said = AttributionSource.objects.filter(attribution__claim__in=first)
        rows = (
            said.order_by()
            .values(who=F("actor__survivor"))
            .annotate(n=Count("attribution__claim", distinct=True))
        )
        counts = dict(rows.order_by("-n", "who").values_list("who", "n")[:SPEAKERS])
        asked = Q(pk__in=counts) | Q(uuid__in=self.wanted.speaker, project=self.project)
        actors = Actor.objects.filter(asked).select_related("article__publication")
        return sorted(
            ((actor, counts.get(actor.pk, 0)) for actor in actors), key=lambda one: (-one[1], one[0].name)
        )


def codes_to_judge_by(project: Project) -> dict[str, list[dict[str, str]]]:
    """Types that a claim may be given and relations that it may stand in, by facet. One query."""
    facets = (Facet.CLAIM_TYPE, Facet.RELATION_KIND)
    told: dict[str, list[dict[str, str]]] = {facet.value: [] for facet in facets}
    codes = Code.objects.filter(project=project, facet__in=facets, retired_at=None, merged_into=None)
    for code in codes.order_by("position", "name"):
        told[code.facet].append({"key": code.key, "name": code.name, "definition": code.definition})
    return told
