"""Tokens by which programs come in as the person who made them, and as less."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from .constraints import one_of
from .project import Role

_RANK = {"read": Role.VIEWER, "write": Role.ANNOTATOR, "review": Role.REVIEWER, "manage": Role.MANAGER}


class Scope(models.TextChoices):
    """What a token may do of what its user may; each scope may do all that the ones before it may."""

    READ = "read", "Read"
    WRITE = "write", "Read and annotate"
    REVIEW = "review", "Read, annotate and review"
    MANAGE = "manage", "Everything, projects and codebooks included"

    @property
    def role(self) -> Role:
        """The role beyond which the scope never reaches."""
        return _RANK[self.value]


class ApiToken(models.Model):
    """One token. What opens the door is its secret, which nobody keeps: `digest` is the secret's SHA-256, and
    `prefix`, its first characters, tells its user which one it is.

    `one_project` is the UUID of the one project that it opens, if it is for one alone: named and not pointed
    to, so that purging a project asks nothing of tokens, and a token for a purged project opens nothing.
    `last_used_at` is true to the hour.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=11)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, choices=Scope)
    one_project = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("scope", Scope, "token_scope_known"),
            models.CheckConstraint(condition=~Q(name=""), name="token_has_name"),
            models.CheckConstraint(condition=Q(prefix__regex=r"^sl_[A-Za-z0-9_-]{8}$"), name="token_prefix"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="token_digest"),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=366)),
                name="token_ends_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
