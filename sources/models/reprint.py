"""Pairs of articles whose texts are alike: proposed by their wording, decided by somebody."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest, Least, Now

from .constraints import CompositeForeignKey, one_of, reference
from .project import Project


class LikelyKind(models.TextChoices):
    REPRINT = "reprint", "Reprint"
    SAME_ARTICLE = "same_article", "Another text of the same article"


class LikelyState(models.TextChoices):
    OPEN = "open", "Open"
    CONFIRMED = "confirmed", "Confirmed"
    REFUSED = "refused", "Not a reprint"


class LikelyReprint(models.Model):
    """`article` may have its text from `original`. A pair stands here once, whichever way round, so that what
    was refused is never proposed again.

    `similarity` is the share of wording in common, 0 to 1; None where it could not be told.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    article = reference("sources.Article", "likely_originals")
    original = reference("sources.Article", "likely_reprints")
    kind = models.CharField(max_length=20, choices=LikelyKind)
    state = models.CharField(max_length=20, choices=LikelyState, default=LikelyState.OPEN)
    similarity = models.FloatField(null=True)
    found_by = models.CharField(max_length=60)
    at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("kind", LikelyKind, "likely_reprint_kind_known"),
            one_of("state", LikelyState, "likely_reprint_state_known"),
            models.UniqueConstraint(
                Least("article", "original"), Greatest("article", "original"), name="likely_reprint_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("original")), name="likely_reprint_of_another"
            ),
            models.CheckConstraint(
                condition=models.Q(similarity__isnull=True)
                | models.Q(similarity__gte=0.0, similarity__lte=1.0),
                name="likely_reprint_similarity_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(state=LikelyState.OPEN, decided_by=None, decided_at=None)
                | (
                    ~models.Q(state=LikelyState.OPEN)
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="likely_reprint_decided_by_somebody",
            ),
            CompositeForeignKey(
                name="likely_reprint_article_same_project",
                fields=("project", "article"),
                to="sources.Article",
            ),
            CompositeForeignKey(
                name="likely_reprint_original_same_project",
                fields=("project", "original"),
                to="sources.Article",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state", "-id"], name="likely_reprints_by_state"),
            models.Index(fields=["article"], name="likely_reprints_of_article"),
            models.Index(fields=["original"], name="likely_reprints_of_original"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} of {self.original_id}: {self.state}"

    @property
    def per_cent(self) -> int | None:
        return None if self.similarity is None else round(100 * self.similarity)
