"""Asking somebody into a project: by a link that works so often and so long, and is then spent."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now

from .account import User
from .constraints import CompositeForeignKey, one_of, reference
from .project import Project, Role

MOST_USES = 100
LONGEST = 90
"""Days that an invitation can hold at most."""
HELD = timedelta(days=3)
"""How long a place is kept for who made an account by an invitation: as long as the mail works that proves
their address. PostgreSQL counts alike (`sourceline_acceptance_of_open`)."""


class Invitation(models.Model):
    """What a link gives: `role` in the project, to `uses_most` people, until `expires_at`.

    The link's token is 256 bits and is stored nowhere: `token_sha256` is its digest in hexadecimal,
    `token_prefix` its first letters, by which people tell links apart. One that is for an `email` works once;
    the link that is mailed has a token of its own (`mailed_sha256`), since the first was never kept.
    It holds only while `made_by` still manages the project; PostgreSQL sees to that, and to the
    number of uses.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    project = models.ForeignKey(Project, models.PROTECT, related_name="invitations", db_index=False)
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField(blank=True)
    uses_most = models.SmallIntegerField(default=1)
    token_sha256 = models.CharField(max_length=64)
    token_prefix = models.CharField(max_length=8)
    mailed_sha256 = models.CharField(max_length=64, null=True)
    mailed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now())
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["project", "-id"], name="invitation_by_project")]
        constraints = [
            one_of("role", Role, "invitation_role_known"),
            models.UniqueConstraint(fields=["token_sha256"], name="invitation_token_once"),
            models.UniqueConstraint(fields=["mailed_sha256"], name="invitation_mailed_token_once"),
            models.UniqueConstraint(fields=["project", "id"], name="invitation_in_project"),
            models.CheckConstraint(
                condition=Q(token_sha256__regex="^[0-9a-f]{64}$")  # noqa: S106
                & (Q(mailed_sha256=None) | Q(mailed_sha256__regex="^[0-9a-f]{64}$")),
                name="invitation_token_digested",
            ),
            models.CheckConstraint(
                condition=Q(uses_most__gte=1, uses_most__lte=MOST_USES) & (Q(email="") | Q(uses_most=1)),
                name="invitation_uses_bounded",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_after_it_is_made"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revoked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | (~Q(email="") & Q(mailed_sha256__isnull=False)),
                name="invitation_mailed_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} by {self.token_prefix}…"


def held_places() -> models.QuerySet[User]:
    """Those who made their account by an invitation, as long as it keeps a place for them."""
    return User.objects.filter(signed_up_by__isnull=False, is_active=True, date_joined__gt=Now() - HELD)


def places_taken() -> Combinable:
    """Of an invitation: how many came in by it, or have a place of it held for them."""
    came = Acceptance.objects.filter(invitation=OuterRef(OuterRef("pk")), user=OuterRef("pk"))
    waiting = held_places().filter(~Exists(came), signed_up_by=OuterRef("uuid"))
    counted = waiting.order_by().values("signed_up_by").annotate(number=Count("*")).values("number")
    return Count("acceptances") + Coalesce(Subquery(counted), 0)


class Acceptance(models.Model):
    """That somebody came in by an invitation. It is kept, also when they leave again."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="+", db_index=False)
    invitation = reference("sources.Invitation", related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            CompositeForeignKey(
                name="acceptance_invitation_same_project",
                fields=("project", "invitation"),
                to="sources.Invitation",
            ),
            models.UniqueConstraint(fields=["invitation", "user"], name="acceptance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} came in"
