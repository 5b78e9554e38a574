"""What claims do to each other, as the API tells it, and what a claim may be related to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from annotator.models import ClaimRelation, Code, Facet
from sources.models import Project, Role

from .prepared import listed
from .visibility import seen_by

INVERSE = {
    "repeats": "repeated by",
    "supports": "supported by",
    "contradicts": "contradicted by",
    "corrects": "corrected by",
    "qualifies": "qualified by",
    "denies": "denied by",
    "doubts": "doubted by",
    "confirms": "confirmed by",
    "counters": "countered by",
}


def inverse(kind: str, name: str) -> str:
    """What the far end of a relation of that kind calls it: "denied by"."""
    return INVERSE.get(kind, f"{name.lower()} (from)")


def counted_relations(claims: Iterable[int], role: Role | None) -> dict[int, list[dict[str, Any]]]:
    """By claim, how many relations of which kind it stands in, from which end: {"kind", "way": "out" or "in",
    "words": "denied by", "count"}. Two queries.

    Those to claims that are withdrawn, or that a visitor of that role does not see, are left out.
    """
    keys = list(claims)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for way, end, far in (("out", "claim", "other"), ("in", "other", "claim")):
        standing = ClaimRelation.objects.filter(
            seen_by(role, far), **{f"{end}__in": listed(keys), f"{far}__withdrawn_at": None}
        )
        rows = standing.order_by("kind__position", "kind__key").values_list(end, "kind__key", "kind__name")
        for claim, kind, name, count in rows.annotate(n=Count("pk")):
            words = name.lower() if way == "out" else inverse(kind, name)
            found[claim].append({"kind": kind, "way": way, "words": words, "count": count})
    return found


def relations_seen(project: Project, role: Role | None, claim: UUID | None = None) -> QuerySet[ClaimRelation]:
    """Between claims that stand and that a visitor of that role sees; of one claim, from either end."""
    standing = ClaimRelation.objects.filter(
        seen_by(role, "claim"),
        seen_by(role, "other"),
        project=project,
        claim__withdrawn_at=None,
        other__withdrawn_at=None,
    )
    return standing.filter(Q(claim__uuid=claim) | Q(other__uuid=claim)) if claim else standing


def relations_json(relations: QuerySet[ClaimRelation]) -> list[dict[str, Any]]:
    """In the order in which they were said. One query."""
    rows = relations.select_related("kind", "claim", "other", "author").order_by("pk")
    return [
        {
            "uuid": str(row.uuid),
            "claim": str(row.claim.uuid),
            "other": str(row.other.uuid),
            "kind": row.kind.key,
            "basis": row.basis,
            "note": row.note,
            "author": str(row.author) if row.author else "",
        }
        for row in rows
    ]


def relation_kinds(project: Project) -> QuerySet[Code]:
    """Those that may still be said."""
    kinds = Code.objects.filter(project=project, facet=Facet.RELATION_KIND, retired_at=None)
    return kinds.order_by("position", "name")


def relations_like(project: Project, role: Role | None, kind: str = "") -> QuerySet[ClaimRelation]:
    """Those seen, of the kind with that key, or of every kind."""
    found = relations_seen(project, role)
    return found.filter(kind__key=kind) if kind else found


def kinds_in_use(project: Project, role: Role | None) -> list[Code]:
    """Kinds in which claims that are seen stand, with `n` how many times, in the codebook's order."""
    seen = Q(relations__in=relations_seen(project, role))
    kinds = Code.objects.filter(project=project, facet=Facet.RELATION_KIND)
    counted = kinds.annotate(n=Count("relations", filter=seen, distinct=True)).filter(n__gt=0)
    return list(counted.order_by("position", "name"))
