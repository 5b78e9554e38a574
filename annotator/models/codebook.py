"""The project's vocabulary. A code is retired, never deleted; each judgement keeps the version."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sources.models import Project
from sources.models.constraints import one_of


class Facet(models.TextChoices):
    CLAIM_TYPE = "claim_type", "Claim types"
    TOPIC = "topic", "Topics"
    ACTOR_KIND = "actor_kind", "Actor kinds"
    EVENT_TYPE = "event_type", "Event types"
    RELATION_KIND = "relation_kind", "Relation kinds"


class Code(models.Model):
    """`key` is what files and the API say and never changes; `name` is what people read."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="codes", db_index=False)
    facet = models.CharField(max_length=20, choices=Facet)
    key = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=100)
    definition = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("facet", Facet, "code_facet_known"),
            models.UniqueConstraint(fields=["project", "facet", "key"], name="code_key_once"),
            models.UniqueConstraint(fields=["project", "facet", "id"], name="code_in_facet"),
        ]

    def __str__(self) -> str:
        return self.name


class CodebookVersion(models.Model):
    """The whole codebook as it stood, frozen. Claims name the version they were judged under."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="codebook_versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="codebook_version_once")]

    def __str__(self) -> str:
        return f"codebook v{self.number}"
