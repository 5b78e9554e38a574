"""The invitations into a project, as its managers see them."""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, QuerySet, Value, When
from django.db.models.functions import Now

from sources.models import Acceptance, Invitation, Membership, Project, Role
from sources.models.invitation import places_taken

from .annotation_json import Json
from .keyset import Order, whole

NEWEST = Order(("pk",), (whole,))


def invitations_of(project: Project) -> QuerySet[Invitation]:
    """The latest first, each with its `standing` (open, revoked, used up, over, or orphaned: its maker
    manages no more) and who came in by it. Two queries."""
    managing = Membership.objects.filter(
        project=OuterRef("project"), user=OuterRef("made_by"), role=Role.MANAGER, user__is_active=True
    )
    came = Prefetch("acceptances", Acceptance.objects.select_related("user").order_by("pk"))
    return (
        project.invitations.annotate(used=places_taken())
        .annotate(
            standing=Case(
                When(revoked_at__isnull=False, then=Value("revoked")),
                When(used__gte=F("uses_most"), then=Value("used up")),
                When(expires_at__lte=Now(), then=Value("over")),
                When(~Exists(managing), then=Value("orphaned")),
                default=Value("open"),
                output_field=CharField(),
            )
        )
        .select_related("made_by", "revoked_by")
        .prefetch_related(came)
        .order_by("-pk")
    )


def invitations_json(project: Project, keys: list[int]) -> list[Json]:
    """Those invitations in that order, as managers are told of them. Two queries."""
    rows = {one.pk: one for one in invitations_of(project).filter(pk__in=keys)}
    return [_told(rows[key]) for key in keys if key in rows]


def _told(one: Any) -> Json:
    return {
        "uuid": str(one.uuid),
        "role": one.role,
        "email": one.email,
        "link_begins": one.token_prefix,
        "standing": one.standing,
        "uses_most": one.uses_most,
        "used": one.used,
        "came": [str(acceptance.user) for acceptance in one.acceptances.all()],
        "made_by": str(one.made_by),
        "made_at": one.made_at.isoformat(),
        "expires_at": one.expires_at.isoformat(),
        "mailed_at": one.mailed_at and one.mailed_at.isoformat(),
        "revoked_by": str(one.revoked_by) if one.revoked_by else None,
        "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
    }
