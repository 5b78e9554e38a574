"""The bytes that texts were read from."""

from uuid import UUID

from sources.models import Capture, Project


def capture_of(project: Project, uuid: UUID) -> Capture | None:
    """What the text of that identifier was read from, its bytes still to be asked for. One query."""
    return Capture.objects.filter(project=project, snapshot__uuid=uuid).defer("raw").first()
