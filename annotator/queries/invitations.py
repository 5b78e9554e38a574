"""The invitations into a project, as its managers see them."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, QuerySet, Value, When
from django.db.models.functions import Now

from sources.models import Acceptance, Invitation, Membership, Project, Role
from sources.models.invitation import places_taken


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
