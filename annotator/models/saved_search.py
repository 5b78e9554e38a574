"""Searches for claims that people keep under a name."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sources.models import Project

LONGEST_NAME = 100  # code points
LONGEST_SEARCH = 4000  # code points of the address
MOST_SEARCHES = 200
"""Of one person in one project."""


class SavedSearch(models.Model):
    """`search` is what an address says behind its question mark, without the place in its pages. What is
    `shared` is everybody's in the project, the rest its owner's alone."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="saved_searches", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_searches")
    name = models.CharField(max_length=LONGEST_NAME)
    search = models.CharField(max_length=LONGEST_SEARCH, blank=True)
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "owner", "name"], name="saved_search_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
