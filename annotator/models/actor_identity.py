"""Who is whom: merges, resolutions of anonymous speakers, and what was said of likely duplicates.

Merges and resolutions are deliberate acts with a reason. They are undone by saying when and by whom, and are
never deleted.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference


class ActorMerge(models.Model):
    """`merged` was found to be `survivor`. In force until it is undone.

    Nothing is moved: the merged actor keeps its rows, and `Actor.merged_into` follows from the merges in
    force, which PostgreSQL checks. So undoing one brings back exactly what was there.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    merged = reference("annotator.Actor", "merges")
    survivor = reference("annotator.Actor", "merges_into_it")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], name="merge_in_force_once", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(condition=~Q(merged=F("survivor")), name="merge_of_two_actors"),
            CompositeForeignKey(
                name="merge_merged_same_project", fields=("project", "merged"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="merge_survivor_same_project", fields=("project", "survivor"), to="annotator.Actor"
            ),
        ]
        indexes = [
            models.Index(fields=["survivor"], name="merges_by_survivor"),
            models.Index(fields=["project", "-at"], name="merges_by_project"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} into {self.survivor_id}"


class ActorResolution(models.Model):
    """An anonymous speaker turned out to be `named`: who says so, why, and on what evidence.

    The article's attribution stays as it is, to somebody it does not name.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    anonymous = reference("annotator.Actor", "resolutions")
    named = reference("annotator.Actor", "resolved_speakers")
    reason = models.TextField()
    evidence = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["anonymous"], name="resolution_in_force_once", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(evidence=""), name="resolution_has_reason_and_evidence"
            ),
            CompositeForeignKey(
                name="resolution_anonymous_same_project",
                fields=("project", "anonymous"),
                to="annotator.Actor",
            ),
            CompositeForeignKey(
                name="resolution_named_same_project", fields=("project", "named"), to="annotator.Actor"
            ),
        ]
        indexes = [models.Index(fields=["named"], name="resolutions_by_named")]

    def __str__(self) -> str:
        return f"{self.anonymous_id} is {self.named_id}"


class Sameness(models.TextChoices):
    PERHAPS = "perhaps", "Perhaps the same"
    DIFFERENT = "different", "Not the same"


class ActorComparison(models.Model):
    """Somebody looked at two actors and said whether they may be one; `first` has the smaller key."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    first = reference("annotator.Actor", "+")
    second = reference("annotator.Actor", "+")
    sameness = models.CharField(max_length=10, choices=Sameness)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            one_of("sameness", Sameness, "comparison_sameness_known"),
            models.UniqueConstraint(fields=["project", "first", "second"], name="comparison_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="comparison_smaller_first"),
            CompositeForeignKey(
                name="comparison_first_same_project", fields=("project", "first"), to="annotator.Actor"
            ),
            CompositeForeignKey(
                name="comparison_second_same_project", fields=("project", "second"), to="annotator.Actor"
            ),
        ]
        indexes = [models.Index(fields=["second"], name="comparisons_of_second")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.sameness}"
