"""Frozen exports of a project, the newest first."""

from django.db.models import QuerySet

from annotator.models import Release
from sources.models import Project


def releases_of(project: Project) -> QuerySet[Release]:
    return Release.objects.filter(project=project).select_related("created_by", "project").order_by("-number")


def release_numbered(project: Project, number: int) -> Release | None:
    return releases_of(project).filter(number=number).first()
