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


def forget(project: Project, uuid: UUID) -> None:
    """Delete all that was kept for it; once or again."""
    shutil.rmtree(_folder(project, uuid), ignore_errors=True)


def _folder(project: Project, uuid: UUID) -> Path:
    return Path(settings.DATA_DIR) / "intakes" / str(project.uuid) / str(uuid)
