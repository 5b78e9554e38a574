"""Which project a person may enter, and as what."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from annotator.models import Status
from sources.models import Membership, Project, Role, User


def projects_open_to(user: User) -> QuerySet[Project]:
    """Projects that `user` is a member of or anyone may read, each with `role` (None: a reader).

    `user` may be Django's AnonymousUser, who is a member of nothing.
    """
    mine = Membership.objects.filter(project=OuterRef("pk"), user=user.pk or 0).values("role")[:1]
    return Project.objects.annotate(role=Subquery(mine)).filter(Q(role__isnull=False) | Q(is_public=True))


def project_open_to(user: User, slug: str) -> tuple[Project, Role | None] | None:
    """The project of that slug and the user's role in it; None where they may not even know of it."""
    project = projects_open_to(user).filter(slug=slug).first()
    return None if project is None else (project, Role(project.role) if project.role else None)


def waiting_for_review(project: Project) -> int:
    """How many claims are submitted and not withdrawn."""
    return project.claims.filter(status=Status.SUBMITTED, withdrawn_at=None).count()


def members(project: Project) -> QuerySet[Membership]:
    return project.memberships.select_related("user").order_by(F("user__name"), "user__username")
