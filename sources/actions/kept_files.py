"""Files that somebody handed over and that a worker takes in later: kept in the data folder until then."""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from sources.models import Intake, Project

from .disk_room import require_room

_STANDS = "stands.json"


def keep(project: Project, uuid: UUID, number: int, chunks: Iterable[bytes]) -> int:
    """Write file `number` of that intake, a chunk at a time; its size in bytes. Nothing of its own name is
    used: `name` is for people and may be anything. Raises NoRoom."""
    require_room()
    folder = _folder(project, uuid)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    size = 0
    with (folder / str(number)).open("xb") as kept:
        for chunk in chunks:
            require_room(len(chunk))
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


def stands_of(intake: Intake) -> list[int]:
    """How many items each of its first files holds that were read to their end: as its files stay what they
    are, that stays true, whoever reads them next."""
    try:
        told = json.loads((_folder(intake.project, intake.uuid) / _STANDS).read_text())
    except (OSError, ValueError):
        return []
    return [int(held) for held in told]


def keep_stands(intake: Intake, stands: list[int]) -> None:
    """Whole or not at all, and only while the files are there."""
    folder = _folder(intake.project, intake.uuid)
    unfinished = folder / f"{_STANDS}.{uuid4().hex}"
    try:
        unfinished.write_text(json.dumps(stands))
        unfinished.replace(folder / _STANDS)
    except FileNotFoundError:
        pass  # it was stopped meanwhile


def forget(project: Project, uuid: UUID) -> None:
    """Delete all that was kept for it; once or again."""
    shutil.rmtree(_folder(project, uuid), ignore_errors=True)


def _folder(project: Project, uuid: UUID) -> Path:
    return Path(settings.DATA_DIR) / "intakes" / str(project.uuid) / str(uuid)
