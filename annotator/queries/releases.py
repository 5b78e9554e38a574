"""Frozen exports of a project, the newest first."""

from django.db.models import QuerySet

from annotator.models import Release
from sources.models import Project, Role


def releases_of(project: Project, role: Role | None) -> QuerySet[Release]:
    """Whoever reads without a role sees none that holds drafts, as one does that names no statuses."""
    found = Release.objects.filter(project=project)
    if role is None:
        found = found.filter(filter__has_key="statuses").exclude(filter__statuses__contains=["draft"])
    return found.select_related("created_by", "project").order_by("-number")


def release_numbered(project: Project, number: int, role: Role | None) -> Release | None:
    return releases_of(project, role).filter(number=number).first()
