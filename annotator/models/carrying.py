"""What became of an annotation when its article was taken again with another text."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import CompositeForeignKey, one_of, reference

from .extent_field import ExtentField


class Fate(models.TextChoices):
    """What looking for the old words in the new text gave (`sources.text.reanchor`)."""

    EXACT = "exact", "Exact"
    MOVED = "moved", "Moved"
    CHANGED = "changed", "Changed"
    ORPHANED = "orphaned", "Orphaned"


class CarryingState(models.TextChoices):
    WAITING = "waiting", "Waits for a person"
    CARRIED = "carried", "Carried at once"
    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Placed by hand"
    LEFT = "left", "Left on the old text"
    TAKEN_OFF = "taken_off", "Taken off its claim"
    REPLACED = "replaced", "Looked at anew"


PLACED = (CarryingState.CARRIED, CarryingState.CONFIRMED, CarryingState.CORRECTED)
PENDING = (CarryingState.WAITING, CarryingState.LEFT)


class Carrying(models.Model):
    """One annotation, one text that it stood in and one later one.

    `annotation_key` is the annotation's key and no foreign key: the record outlives an annotation that is
    deleted. `unit` is the key of what it is carried with: a claim's, or its own. `extent` and `quotes` are
    where and what it was, `version` its version then; `proposed` where it is thought to stand now, `placed`
    where it was put, from which moment it has `version_placed`. `score` is 0 to 1. `same_words`: it says what
    it said, so that what was decided on it holds. `taken_off`: what of a claim's numbers and words the new
    text does not have and was taken off it.
    """

    # the keys of its texts hold it in the project
    project = models.ForeignKey(
        Project, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    annotation_key = models.BigIntegerField()
    unit = models.BigIntegerField()
    old_snapshot = reference("sources.Snapshot")
    new_snapshot = reference("sources.Snapshot")
    extent = ExtentField()
    quotes = ArrayField(models.TextField())
    version = models.IntegerField()
    found = models.CharField(max_length=10, choices=Fate)
    proposed = ExtentField(null=True, blank=True)
    score = models.FloatField()
    reason = models.TextField()
    print_only = models.BooleanField(default=False)
    places = models.IntegerField(default=1)
    state = models.CharField(max_length=10, choices=CarryingState, default=CarryingState.WAITING)
    placed = ExtentField(null=True, blank=True)
    version_placed = models.IntegerField(null=True, blank=True)
    same_words = models.BooleanField(default=False)
    taken_off = models.JSONField(default=list)
    made_at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("found", Fate, "carrying_found_known"),
            one_of("state", CarryingState, "carrying_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=PLACED, placed__isnull=False, version_placed__isnull=False)
                | (~Q(state__in=PLACED) & Q(placed__isnull=True, version_placed__isnull=True)),
                name="carrying_placed_somewhere",
            ),
            models.UniqueConstraint(
                fields=["annotation_key"], condition=Q(state__in=PENDING), name="carrying_pending_once"
            ),
            CompositeForeignKey(
                name="carrying_old_same_project", fields=("project", "old_snapshot"), to="sources.Snapshot"
            ),
            CompositeForeignKey(
                name="carrying_new_same_project", fields=("project", "new_snapshot"), to="sources.Snapshot"
            ),
        ]
        indexes = [
            models.Index(fields=["annotation_key", "-id"], name="carryings_of_annotation"),
            models.Index(
                fields=["old_snapshot", "unit"], name="carryings_pending", condition=Q(state__in=PENDING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.found} {self.annotation_key}: {self.state}"
