"""The words of captured texts, as they are searched for. Only the database writes here."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from .constraints import CompositeForeignKey, reference
from .project import Project


class TextWords(models.Model):
    """The folded words (`sources.text.folding`) of one part of a text, numbered from 0.

    Parts reach a little into the next one, so that a run of words over the seam is found. In parts, since one
    vector holds a megabyte at most and no position beyond 16,383.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    snapshot = reference("sources.Snapshot", "text_words")
    part = models.PositiveIntegerField()
    words = SearchVectorField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "part"], name="text_words_once"),
            CompositeForeignKey(
                name="text_words_same_project", fields=("project", "snapshot"), to="sources.Snapshot"
            ),
        ]
        indexes = [GinIndex(fields=["words"], name="text_words_found")]

    def __str__(self) -> str:
        return f"words of {self.snapshot_id}, part {self.part}"
