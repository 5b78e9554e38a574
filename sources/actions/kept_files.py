"""Files that somebody handed over and that a worker takes in later: kept in the data folder until then."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from sources.models import Intake, Project


def keep(project: Project, uuid: UUID, number: int, chunks: Iterable[bytes]) -> int:
    """Write file `number` of that intake, a chunk at a time; its size in bytes. Nothing of its own name is
    used: `name` is for people and may be anything."""
    folder = _folder(project, uuid)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    with (folder / str(number)).open("xb") as kept:
        for chunk in chunks:
            size += kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return size


def kept(intake: Intake) -> list[tuple[Path, str]]:
    """Where its files lie, and what people call them."""
    folder = _folder(intake.project, intake.uuid)
    return [(folder / str(number), name) for number, name in enumerate(intake.options.get("files", []))]


class KeptElsewhere(Exception):
    """The files of an intake that goes on do not lie in the data folder of who is to take them in."""

    def __init__(self) -> None:
        super().__init__(
            "the files of this intake are not in this worker’s data folder (DATA_DIR): the web server and all"
            " workers have to share one"
        )


def all_there(intake: Intake) -> bool:
    """Whether its files can be read here, or are no longer needed because it is over."""
    files = kept(intake)
    if not files or files[0][0].parent.is_dir():
        return True
    intake.refresh_from_db()
    return intake.ended


def forget(project: Project, uuid: UUID) -> None:
    """Delete all that was kept for it; once or again."""
    shutil.rmtree(_folder(project, uuid), ignore_errors=True)


def _folder(project: Project, uuid: UUID) -> Path:
    return Path(settings.DATA_DIR) / "intakes" / str(project.uuid) / str(uuid)
