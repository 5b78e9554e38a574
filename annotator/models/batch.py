"""Acts on many claims at once: what was done to each, and what was taken back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, reference


class Batch(models.Model):
    """One act on many claims, never rewritten. `deed` is a key of `annotator/actions/deeds.py`, `said` what
    was asked for as (name, words) pairs for people, `act` what the history calls it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    deed = models.CharField(max_length=20)
    said = models.JSONField(default=list)
    act = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "id"], name="batch_in_project")]

    def __str__(self) -> str:
        return f"{self.deed} {self.uuid}"


class BatchRow(models.Model):
    """What a batch made of one claim, from `version_before` to `version`; its changes are those of the
    batch's act in the history behind `first_change` up to `last_change`. `review` is the claim's latest
    decision as the batch left it, empty for none. Undone, the claim stood as it had before, under
    `version_undone`.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    batch = reference("annotator.Batch", "rows")
    claim = reference("annotator.Claim", "batch_rows")
    version_before = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    review = models.CharField(max_length=36, blank=True)
    first_change = models.BigIntegerField()
    last_change = models.BigIntegerField()
    was = models.JSONField(default=dict)
    became = models.JSONField(default=dict)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    version_undone = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "claim"], name="batch_row_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, version_undone=None)
                | Q(undone_at__isnull=False, version_undone__isnull=False),
                name="batch_row_undone_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_change__lt=models.F("last_change")), name="batch_row_has_changes"
            ),
            CompositeForeignKey(
                name="batch_row_batch_same_project", fields=("project", "batch"), to="annotator.Batch"
            ),
            CompositeForeignKey(
                name="batch_row_claim_same_project",
                fields=("project", "claim"),
                to="annotator.Claim",
                to_fields=("project", "annotation"),
            ),
        ]
        indexes = [models.Index(fields=["claim"], name="batch_rows_of_claim")]

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.batch_id}"
