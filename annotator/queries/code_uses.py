"""Where codes are used: which table's column names codes of which facet, and how often."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from annotator.models import (
    Actor,
    Claim,
    ClaimRelation,
    ClaimTopic,
    Code,
    Event,
    Facet,
    Position,
    SupportingSpan,
)
from sources.models import Project, Role

from .visibility import seen_by


@dataclass(frozen=True)
class Use:
    """`once` are the columns in which, beside the code, no two rows may agree; `counted` rows change a
    version of their own. `judged` are the columns that say, beside the code, what was judged with it. `thing`
    is what is coded, in the singular and in the plural. `claims` are the ways to the claims that it is said
    of or within: who may not see one of them is not told of the use."""

    model: Any
    field: str
    thing: tuple[str, str]
    once: tuple[str, ...] = ()
    counted: bool = False
    judged: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        return str(self.model._meta.db_table)

    @property
    def column(self) -> str:
        return str(self.model._meta.get_field(self.field).column)

    @property
    def key(self) -> str:
        return str(self.model._meta.pk.column)


USES = {
    Facet.CLAIM_TYPE: Use(Claim, "type", ("claim", "claims"), claims=("",)),
    Facet.TOPIC: Use(ClaimTopic, "topic", ("claim", "claims"), once=("claim_id",), claims=("claim",)),
    Facet.CONCEPT: Use(
        Position,
        "concept",
        ("claim’s position", "claims’ positions"),
        once=("claim_id",),
        judged=("stand",),
        claims=("claim",),
    ),
    Facet.CUE_TYPE: Use(SupportingSpan, "cue_type", ("cue", "cues"), claims=("link__claim",)),
    Facet.ACTOR_KIND: Use(Actor, "kind", ("actor", "actors"), counted=True),
    Facet.EVENT_TYPE: Use(Event, "type", ("event", "events"), counted=True),
    Facet.RELATION_KIND: Use(
        ClaimRelation,
        "kind",
        ("relation", "relations"),
        once=("claim_id", "other_id"),
        claims=("claim", "other"),
    ),
}


def use_of(facet: str) -> Use:
    return USES[Facet(facet)]


def times_used(
    project: Project, facets: Iterable[str] = Facet.values, role: Role | None = Role.VIEWER
) -> dict[int, int]:
    """By code, how many rows of those that a visitor of that role may see are coded with it; unused codes are
    left out. One query a facet."""
    found: dict[int, int] = {}
    for facet in facets:
        use = use_of(facet)
        rows = use.model.objects.filter(project=project, **{f"{use.field}__isnull": False})
        for way in use.claims:
            rows = rows.filter(seen_by(role, way))
        found |= dict(rows.order_by().values_list(use.field).annotate(n=Count("pk")))
    return found


def in_words(code: Code, times: int) -> str:
    """ "1 claim", "24 actors"."""
    one, many = use_of(code.facet).thing
    return f"{times} {one if times == 1 else many}"
