"""Frozen exports of a project, the newest first."""

from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from annotator.models import Release
from sources.models import Project


def releases_of(project: Project) -> QuerySet[Release]:
    return Release.objects.filter(project=project).select_related("created_by", "project").order_by("-number")


def release_numbered(project: Project, number: int) -> Release | None:
    return releases_of(project).filter(number=number).first()


def release_file(release: Release) -> Path:
    """Where the dataset of a ready release lies: in the data folder, under its project's UUID."""
    return Path(settings.DATA_DIR) / "releases" / str(release.project.uuid) / release.file_name
