"""Relations between claims, across articles."""

from uuid import UUID, uuid4

from annotator.intents.refusal import Refused
from annotator.models import Claim, ClaimRelation, Facet
from sources.models import User, acting

from . import codebook


def relate(
    *,
    by: User | None,
    claim: Claim,
    other: Claim,
    kind: str,
    note: str = "",
    basis: str = "interpretive",
    uuid: UUID | None = None,
) -> ClaimRelation:
    """`claim` repeats, contradicts, denies … `other`. Saying it twice is saying it once. Raises Refused."""
    if claim.pk == other.pk:
        raise Refused("other", "two_claims", "a claim cannot stand in a relation to itself")
    if claim.project_id != other.project_id:
        raise Refused("other", "exists", "there is no such claim in this project")
    with acting(by):
        code = codebook.code(claim.project, Facet.RELATION_KIND, kind, "kind")
        relation, _ = ClaimRelation.objects.get_or_create(
            claim=claim,
            other=other,
            kind=code,
            defaults={
                "uuid": uuid or uuid4(),
                "project": claim.project,
                "note": note,
                "basis": basis,
                "author": by,
            },
        )
    return relation


def unrelate(*, by: User | None, relation: ClaimRelation) -> None:
    with acting(by):
        ClaimRelation.objects.filter(pk=relation.pk).delete()
