"""Taking articles in: a pasted text that is looked over first, or files that a worker takes in."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from annotator.actions import intakes
from annotator.actions.intakes import Upload
from sources.intake.article import ReadArticle
from sources.intake.registry import read
from sources.models import Intake, Project, User

PASTED = "the pasted text"


def read_pasted(text: str) -> ReadArticle:
    """Raises `sources.intake.refusal.Refused`."""
    return read(text, PASTED, format_name="plain")


def begin(*, by: User, project: Project, uploads: Sequence[UploadedFile]) -> Intake:
    """Hands the files over to a worker."""
    named = [Upload(upload.name or "", upload.chunks()) for upload in uploads]
    return intakes.begin(by=by, project=project, uploads=named)
