"""Taking articles in: a pasted text that is looked over first, or a number of files."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction

from sources.actions import Imported, RawFile, import_article
from sources.intake.article import ReadArticle
from sources.intake.refusal import Refusal, Refused
from sources.intake.registry import largest, read, too_large
from sources.models import Project, User

log = logging.getLogger(__name__)

PASTED = "the pasted text"
WANTED = (("outlet", "outlet"), ("published_edtf", "date"), ("url", "address"), ("authors", "author"))


@dataclass(frozen=True)
class Taken:
    """What became of one file: `imported` with what was read off it, or `refusal`."""

    name: str
    imported: Imported | None = None
    read: ReadArticle | None = None
    refusal: Refusal | None = None

    @property
    def missing(self) -> list[str]:
        """The parts of the record, in words, that the file did not tell."""
        return [word for field, word in WANTED if self.read and not getattr(self.read, field)]


def read_pasted(text: str) -> ReadArticle:
    """Raises `sources.intake.refusal.Refused`."""
    return read(text, PASTED, format_name="plain")


def store_pasted(*, by: User, project: Project, text: str, completed: ReadArticle) -> Imported:
    raw = RawFile(text.encode("utf-8", "replace"), "text/plain; charset=utf-8")
    return import_article(by=by, project=project, read=completed, raw=raw, method="paste")


def _take_one(by: User, project: Project, upload: UploadedFile) -> Taken:
    name = upload.name or "a file without a name"
    most = largest(name)
    if upload.size and upload.size > most:
        return Taken(name, refusal=Refusal(name, "", too_large(upload.size, most)))
    raw = upload.read()
    try:
        found = read(raw, name)
    except Refused as error:
        return Taken(name, refusal=error.refusal)
    kept = RawFile(raw, found.media_type, name[-255:])
    try:
        with transaction.atomic():
            imported = import_article(by=by, project=project, read=found, raw=kept, method="upload")
    except DatabaseError:
        log.exception("An uploaded file was not stored.")
        return Taken(name, refusal=Refusal(name, "", "the database did not take it; try it once more"))
    return Taken(name, imported, found)


def take_files(*, by: User, project: Project, uploads: Iterable[UploadedFile]) -> list[Taken]:
    """Each file by itself: one that is refused stops none of the others."""
    return [_take_one(by, project, upload) for upload in uploads]
