import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference


class Decision(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    DISPUTED = "disputed", "Disputed"
    REOPENED = "reopened", "Reopened"


class Review(models.Model):
    """A decision on a claim, as it stood at `claim_version`. Never changed; a later one supersedes it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="reviews", db_index=False)
    claim = reference("annotator.Claim", "reviews")
    claim_version = models.PositiveIntegerField()
    decision = models.CharField(max_length=10, choices=Decision)
    reason = models.TextField(blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            one_of("decision", Decision, "review_decision_known"),
            models.CheckConstraint(
                condition=~Q(decision__in=["rejected", "disputed"]) | ~Q(reason=""),
                name="review_against_has_reason",
            ),
            CompositeForeignKey(
                name="review_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["claim", "-id"], name="reviews_of_claim")]

    def __str__(self) -> str:
        return f"{self.decision} {self.claim_id}"
