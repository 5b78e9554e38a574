"""One captured text of an article, its blocks, and the bytes it came from. Text never changes."""

import uuid

from django.db import models
from django.db.models.functions import Length, Now

from .constraints import CompositeForeignKey, one_of, reference
from .project import Project


class Snapshot(models.Model):
    """`length` is in Unicode code points; `sha256` is the hex digest of the text as UTF-8."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="snapshots", db_index=False)
    article = reference("sources.Article", "snapshots")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    length = models.GeneratedField(
        expression=Length("text"), output_field=models.IntegerField(), db_persist=True
    )
    sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=20)
    cleaning = models.JSONField(default=dict)
    extractor = models.CharField(max_length=60)
    extractor_version = models.CharField(max_length=30)
    captured_at = models.DateTimeField(db_default=Now())
    current_segmentation = reference("sources.Segmentation", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="snapshot_in_project"),
            models.UniqueConstraint(fields=["project", "id", "length"], name="snapshot_length_in_project"),
            models.UniqueConstraint(fields=["project", "article", "id"], name="snapshot_in_article"),
            models.UniqueConstraint(fields=["article", "number"], name="snapshot_number_once"),
            models.UniqueConstraint(fields=["article", "sha256"], name="snapshot_text_once_per_article"),
            CompositeForeignKey(
                name="snapshot_article_same_project", fields=("project", "article"), to="sources.Article"
            ),
            CompositeForeignKey(
                name="snapshot_current_segmentation_is_its_own",
                fields=("project", "id", "current_segmentation"),
                to="sources.Segmentation",
                to_fields=("project", "snapshot", "id"),
                deferred="deferred",
            ),
        ]
        indexes = [models.Index(fields=["project", "sha256"], name="snapshot_same_text")]

    def __str__(self) -> str:
        return f"{self.article} (text {self.number})"


class Capture(models.Model):
    """The raw bytes a snapshot was read from; members save them, nothing shows them. `sha256` is theirs."""

    snapshot = reference("sources.Snapshot", "captures")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    raw = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=40)
    media_type = models.CharField(max_length=100)
    file_name = models.CharField(max_length=255, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot"], name="capture_once_per_snapshot"),
            CompositeForeignKey(
                name="capture_snapshot_same_project", fields=("project", "snapshot"), to="sources.Snapshot"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or self.sha256[:12]


class BlockRole(models.TextChoices):
    HEADLINE = "headline", "Headline"
    DEK = "dek", "Standfirst"
    BYLINE = "byline", "Byline"
    PARAGRAPH = "paragraph", "Paragraph"
    PULL_QUOTE = "pull_quote", "Pull quote"
    CAPTION = "caption", "Caption"
    HEADING = "heading", "Heading"
    BOILERPLATE = "boilerplate", "Boilerplate"


class Block(models.Model):
    """A stretch of a snapshot. The extent never changes; role, mask and repetition are judgements."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "blocks")
    snapshot_length = models.IntegerField()
    position = models.PositiveIntegerField()
    start = models.IntegerField()
    end = models.IntegerField()
    role = models.CharField(max_length=20, choices=BlockRole)
    masked = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    repeats = reference("self", "repeated_by", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("role", BlockRole, "block_role_known"),
            models.UniqueConstraint(fields=["snapshot", "position"], name="block_position_once"),
            models.UniqueConstraint(fields=["snapshot", "id"], name="block_in_snapshot"),
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__gt=models.F("start"))
                & models.Q(end__lte=models.F("snapshot_length")),
                name="block_within_text",
            ),
            CompositeForeignKey(
                name="block_snapshot_same_project",
                fields=("project", "snapshot", "snapshot_length"),
                to="sources.Snapshot",
                to_fields=("project", "id", "length"),
            ),
            CompositeForeignKey(
                name="block_repeats_same_snapshot",
                fields=("snapshot", "repeats"),
                to="sources.Block",
                to_fields=("snapshot", "id"),
                deferred="deferred",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "snapshot"],
                name="blocks_said_again",
                condition=models.Q(repeats__isnull=False) | models.Q(role=BlockRole.PULL_QUOTE),
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.start}-{self.end}"
