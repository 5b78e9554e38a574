"""Which events are one: merges that were made and undone, and what was said of two that are alike."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .actor_identity import Sameness


class EventMerge(models.Model):
    """`merged` is `survivor` from `at` until `undone_at`. Nothing that belongs to either is moved."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    merged = reference("annotator.Event", "merges")
    survivor = reference("annotator.Event", "merges_taken_in")
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(merged=models.F("survivor")), name="event_merge_of_two"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="event_merged_once_at_a_time"
            ),
            CompositeForeignKey(
                name="event_merge_merged_same_project", fields=("project", "merged"), to="annotator.Event"
            ),
            CompositeForeignKey(
                name="event_merge_survivor_same_project",
                fields=("project", "survivor"),
                to="annotator.Event",
            ),
        ]
        indexes = [models.Index(fields=["survivor"], name="event_merges_by_survivor")]

    def __str__(self) -> str:
        return f"{self.merged_id} is {self.survivor_id}"


class EventComparison(models.Model):
    """What somebody said of two events that are alike; `one` is the older."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    one = reference("annotator.Event", "comparisons")
    other = reference("annotator.Event", "comparisons_with_older")
    sameness = models.CharField(max_length=10, choices=Sameness)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            one_of("sameness", Sameness, "event_sameness_known"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="event_comparison_in_order"),
            models.UniqueConstraint(fields=["one", "other"], name="event_comparison_once"),
            CompositeForeignKey(
                name="event_comparison_one_same_project", fields=("project", "one"), to="annotator.Event"
            ),
            CompositeForeignKey(
                name="event_comparison_other_same_project",
                fields=("project", "other"),
                to="annotator.Event",
            ),
        ]
        indexes = [models.Index(fields=["other"], name="event_comparisons_of_younger")]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}: {self.sameness}"
