"""Where a claim stands on a proposition of the codebook: what discourse network analysis counts."""

from django.db import models

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference


class Stand(models.TextChoices):
    AGAINST = "against", "Against"
    NEUTRAL = "neutral", "Neutral"
    FOR = "for", "For"


class Position(models.Model):
    """The stand of one claim on one concept, a code of the facet concept ("the dam will hold")."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    claim = reference("annotator.Claim", "positions")
    concept = reference("annotator.Code", "positions")
    stand = models.CharField(max_length=10, choices=Stand)

    class Meta:
        constraints = [
            one_of("stand", Stand, "position_stand_known"),
            models.UniqueConstraint(fields=["claim", "concept"], name="position_once"),
            CompositeForeignKey(
                name="position_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["concept"], name="positions_on_concept")]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.stand} {self.concept_id}"
