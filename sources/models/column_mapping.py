import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from .project import Project


class ColumnMapping(models.Model):
    """What the columns of tables mean in a project: said once for all tables whose columns have these names.

    `key` is `sources.intake.columns.key_of(names)`, `meaning` what `Columns.as_json()` gives. `by` and `at`
    are who said it last, and when.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="column_mappings", db_index=False)
    key = models.CharField(max_length=64)
    names = ArrayField(models.TextField())
    meaning = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="column_mapping_once"),
            models.CheckConstraint(
                condition=models.Q(key__regex="^[0-9a-f]{64}$"), name="column_mapping_key"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.names)
