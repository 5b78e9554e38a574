"""Frozen exports of a project, the newest first."""

from django.db.models import QuerySet

from annotator.models import Release
from sources.models import Project


def releases_of(project: Project) -> QuerySet[Release]:
    return Release.objects.filter(project=project).select_related("created_by", "project").order_by("-number")


def dataset_citation(release: Release, address: str) -> str:
    """The release as readers cite it (APA, a data set): the project stands where authors would."""
    project, year = release.project.name, release.created_at.year
    author = project if project.endswith((".", "!", "?", "…")) else f"{project}."
    return f"{author} ({year}). {release.title} (Release {release.number}) [Data set]. {address}"


def release_numbered(project: Project, number: int) -> Release | None:
    return releases_of(project).filter(number=number).first()
