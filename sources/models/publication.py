import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now

from .project import Project


class Publication(models.Model):
    """An outlet: a newspaper, a site, a broadcaster, a news agency. One row a project."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="publications", db_index=False)
    name = models.CharField(max_length=200)
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    issn = models.CharField(max_length=9, blank=True)
    wikidata = models.CharField(max_length=20, blank=True)
    is_agency = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "id"], name="publication_in_project"),
            models.UniqueConstraint("project", Lower("name"), name="publication_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="publication_has_name"),
        ]

    def __str__(self) -> str:
        return self.name
