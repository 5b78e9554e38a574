"""Frozen exports of a project, the newest first."""

from django.db.models import Q, QuerySet

from annotator.intents.release import STATUSES
from annotator.models import Release, ReleaseState
from sources.models import Project, Role

WITHOUT_DRAFTS = Q(filter__has_key="statuses") & ~Q(filter__statuses__contains=["draft"])
"""Releases that a reader of a public project may know of; one that names no statuses holds drafts too."""


def releases_of(project: Project, role: Role | None) -> QuerySet[Release]:
    """Whoever reads without a role sees none that holds drafts, as one does that names no statuses."""
    found = Release.objects.filter(project=project)
    if role is None:
        found = found.filter(WITHOUT_DRAFTS)
    return found.select_related("created_by", "project").order_by("-number")


def whole_release_of(project: Project) -> Release | None:
    """The newest release of all claims with their texts that was asked for since the project was archived
    and not given up on; sourceline_full_export says whether it counts by now."""
    whole = {"statuses__contains": list(STATUSES), "with_texts": True, "speakers": [], "topics": []}
    found = Release.objects.filter(
        project=project,
        created_at__gte=project.archived_at,
        filter__published__from="",
        filter__published__to="",
        **{f"filter__{name}": value for name, value in whole.items()},
    )
    return found.exclude(state=ReleaseState.FAILED).order_by("-number").first()


def release_numbered(project: Project, number: int, role: Role | None) -> Release | None:
    return releases_of(project, role).filter(number=number).first()
