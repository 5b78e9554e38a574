"""The searches that somebody may use, and may change."""

from django.db.models import Q, QuerySet

from annotator.models import SavedSearch
from sources.models import Project, Role, User

from .standing import may


def searches_of(project: Project, user: User) -> QuerySet[SavedSearch]:
    """A member's own and the shared ones, by name."""
    found = SavedSearch.objects.filter(Q(owner=user) | Q(shared=True), project=project)
    return found.select_related("owner").order_by("name", "pk")


def may_change(project: Project, role: Role | None, user: User, search: SavedSearch) -> bool:
    """Its owner, as long as they annotate; a manager, what is shared."""
    if search.owner_id == user.pk:
        return may(project, role, Role.ANNOTATOR)
    return search.shared and may(project, role, Role.MANAGER)
