"""An immutable cut of a snapshot into numbered sentences by one segmenter and version."""

import uuid

from django.db import models
from django.db.models.functions import Now

from .constraints import CompositeForeignKey, reference
from .project import Project


class Segmentation(models.Model):
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "segmentations")
    segmenter = models.CharField(max_length=60)
    segmenter_version = models.CharField(max_length=30)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "snapshot", "id"], name="segmentation_in_snapshot_and_project"
            ),
            models.UniqueConstraint(
                fields=["snapshot", "segmenter", "segmenter_version"], name="segmentation_once_per_version"
            ),
            CompositeForeignKey(
                name="segmentation_snapshot_same_project",
                fields=("project", "snapshot"),
                to="sources.Snapshot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segmenter} {self.segmenter_version}"


class Sentence(models.Model):
    """Numbered from 1 within its segmentation; `start` and `end` are code points, end exclusive."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "sentences")
    snapshot_length = models.IntegerField()
    segmentation = reference("sources.Segmentation", "sentences")
    block = reference("sources.Block", "sentences")
    number = models.PositiveIntegerField()
    start = models.IntegerField()
    end = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["segmentation", "number"], name="sentence_number_once"),
            models.UniqueConstraint(
                fields=["project", "snapshot", "id"], name="sentence_in_snapshot_and_project"
            ),
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__gt=models.F("start"))
                & models.Q(end__lte=models.F("snapshot_length")),
                name="sentence_within_text",
            ),
            CompositeForeignKey(
                name="sentence_snapshot_same_project",
                fields=("project", "snapshot", "snapshot_length"),
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
            CompositeForeignKey(
                name="sentence_segmentation_same_snapshot",
                fields=("project", "snapshot", "segmentation"),
                to="sources.Segmentation",
                to_fields=("project", "snapshot", "id"),
            ),
            CompositeForeignKey(
                name="sentence_block_same_snapshot",
                fields=("snapshot", "block"),
                to="sources.Block",
                to_fields=("snapshot", "id"),
            ),
        ]

    def __str__(self) -> str:
        return f"sentence {self.number}"
