"""Where a claim stands on the concepts of the codebook."""

from django.db.models import QuerySet

from annotator.intents.codebook import Stance
from annotator.intents.refusal import Refused
from annotator.models import Claim, Facet, Position
from sources.models import Project

from . import codebook
from .gathering import insert_all


def write(*, project: Project, claim: Claim, stances: tuple[Stance, ...], new: bool) -> None:
    """Make the positions of the claim be exactly `stances`. `new`: it was made in this act and has none yet.

    Raises Refused for a concept that the codebook does not have, and for two that were merged into one.
    """
    wanted: dict[int, str] = {}
    for i, stance in enumerate(stances):
        at = f"claim.positions.{i}.concept"
        concept = codebook.code(project, Facet.CONCEPT, stance.concept, at)
        if concept.pk in wanted:
            raise Refused(at, "position_once", f"“{concept}” stands here twice")
        wanted[concept.pk] = stance.stand
    present = {} if new else dict(_of(claim).values_list("concept_id", "stand"))
    if gone := set(present) - set(wanted):
        _of(claim).filter(concept__in=gone).delete()
    for concept_id in sorted(set(wanted) & set(present)):
        if wanted[concept_id] != present[concept_id]:
            _of(claim).filter(concept=concept_id).update(stand=wanted[concept_id])
    further = [
        Position(project=project, claim=claim, concept_id=concept_id, stand=stand)
        for concept_id, stand in wanted.items()
        if concept_id not in present
    ]
    insert_all(Position, further)


def _of(claim: Claim) -> QuerySet[Position]:
    return Position.objects.filter(claim=claim)
