"""Acts of taking articles in, and what became of each thing that was handed over."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from .constraints import CompositeForeignKey, one_of, reference
from .project import Project


class IntakeMethod(models.TextChoices):
    UPLOAD = "upload", "Files"
    ARCHIVE = "archive", "Archive"
    ADDRESSES = "addresses", "Addresses"
    COMMAND = "command", "Command line"


class IntakeState(models.TextChoices):
    WAITING = "waiting", "Waiting for its turn"
    ASKING = "asking", "Waiting for an answer"
    RUNNING = "running", "Being taken in"
    DONE = "done", "Taken in"
    STOPPED = "stopped", "Stopped"


class IntakeOutcome(models.TextChoices):
    NEW = "new", "New"
    KNOWN = "known", "Already here"
    REPRINT = "reprint", "Reprint"
    CHANGED = "changed", "Changed text"
    REFUSED = "refused", "Refused"


class Intake(models.Model):
    """One act of taking articles in; its `IntakeItem`s are the report.

    `name` is what people call what was handed over. `options` say how to read it: the keys of
    `sources.actions.intakes.Options`, and `files` or `addresses` where a worker finds them. `expected` is how
    many things there are, null until they were counted. One that is done or stopped never changes again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="intakes", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    method = models.CharField(max_length=20, choices=IntakeMethod)
    name = models.CharField(max_length=300)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=IntakeState, default=IntakeState.WAITING)
    expected = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="intake_in_project"),
            one_of("method", IntakeMethod, "intake_method_known"),
            one_of("state", IntakeState, "intake_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["done", "stopped"], finished_at__isnull=False)
                | (~Q(state__in=["done", "stopped"]) & Q(finished_at=None)),
                name="intake_finished_at_its_end",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="intakes_by_project")]

    def __str__(self) -> str:
        return self.name

    @property
    def ended(self) -> bool:
        return self.state in (IntakeState.DONE, IntakeState.STOPPED)


class IntakeItem(models.Model):
    """What became of one thing, written together with it and never again.

    `position` counts from 0 in the order in which things stood, `name` is a path in an archive, a row of a
    table or a file; `address` where it was fetched. `told` says for people `why` and `where` it was refused,
    `notes` of its reader, which parts of the record are `missing`, and where others were read (`read_off`,
    by their names in `ReadArticle`).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    intake = reference("sources.Intake", "items")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    address = models.CharField(max_length=2000, blank=True)
    outcome = models.CharField(max_length=20, choices=IntakeOutcome)
    article = reference("sources.Article", "intake_items", null=True, blank=True)
    snapshot = reference("sources.Snapshot", "intake_items", null=True, blank=True)
    told = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["intake", "position"], name="intake_position_once"),
            one_of("outcome", IntakeOutcome, "intake_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="refused", article=None, snapshot=None)
                | (~Q(outcome="refused") & Q(article__isnull=False, snapshot__isnull=False)),
                name="intake_item_taken_or_refused",
            ),
            CompositeForeignKey(
                name="intake_item_intake_same_project", fields=("project", "intake"), to="sources.Intake"
            ),
            CompositeForeignKey(
                name="intake_item_snapshot_of_its_article",
                fields=("project", "article", "snapshot"),
                to="sources.Snapshot",
                to_fields=("project", "article", "id"),
            ),
        ]
        indexes = [models.Index(fields=["intake", "outcome", "position"], name="intake_items_by_outcome")]

    def __str__(self) -> str:
        return f"{self.name}: {self.outcome}"
