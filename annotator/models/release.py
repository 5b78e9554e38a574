import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import one_of


class ReleaseState(models.TextChoices):
    QUEUED = "queued", "Queued"
    BUILDING = "building", "Building"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


class Release(models.Model):
    """A frozen, numbered export of a project. `filter` says which claims; `sha256` is the ZIP's.

    `downloaded_at` tells when `downloaded_by` first took the whole ZIP away, of one that was asked for while
    its project was archived: only then it counts as the project's export (sourceline_full_export).
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="releases", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    notes = models.TextField(blank=True)
    licence = models.CharField(max_length=100, blank=True)
    filter = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.QUEUED)
    problems = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    file_name = models.CharField(max_length=255, blank=True)
    size = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField(null=True)
    downloaded_at = models.DateTimeField(null=True)
    downloaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("state", ReleaseState, "release_state_known"),
            models.UniqueConstraint(fields=["project", "number"], name="release_number_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (~Q(sha256="") & ~Q(file_name="") & Q(size__isnull=False)),
                name="release_ready_has_file",
            ),
            models.CheckConstraint(
                condition=Q(downloaded_at=None, downloaded_by=None)
                | Q(downloaded_at__isnull=False, downloaded_by__isnull=False),
                name="release_downloaded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(downloaded_at=None)
                | Q(state="ready", ready_at__isnull=False, downloaded_at__gte=F("ready_at")),
                name="release_downloaded_when_ready",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (release {self.number})"
