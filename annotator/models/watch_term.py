"""What a project's readers want to notice in every text."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sources.models import Project

MOST_TERMS = 1000
"""Of one project; a migration holds it too."""
MOST_PATTERNS = 50
LONGEST_TERM = 200  # code points


class WatchTerm(models.Model):
    """`words` is what is looked for: plain words, or a pattern where `is_pattern` says so."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="watch_terms", db_index=False)
    words = models.CharField(max_length=LONGEST_TERM)
    is_pattern = models.BooleanField(default=False)
    whole_words = models.BooleanField(default=True)
    case_sensitive = models.BooleanField(default=False)
    note = models.CharField(max_length=LONGEST_TERM, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "is_pattern", "words"], name="watch_term_once"),
        ]

    def __str__(self) -> str:
        return self.words
