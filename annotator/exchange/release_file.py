"""The file of a release: where it lies, and how it gets there whole or not at all."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from annotator.actions import releases
from annotator.intents.release import scope_from
from annotator.models import Release, ReleaseState

from .progress import Progress, Teller, told_in
from .publish import Untrue, Wanted, publish
from .workbook import write_workbook


def path_of(release: Release) -> Path:
    """Where the file of a ready release lies."""
    return _folder(release) / release.file_name


def workbook_of(release: Release) -> Path:
    """Where the workbook lies that goes with it; releases of earlier versions have none."""
    return path_of(release).with_suffix(".xlsx")


def build(release: Release) -> None:
    """Make the file and mark the release ready, or failed with what does not hold.

    May be run again after it was killed at any point: what is not in place is made anew, a release that is
    ready is left alone. The caller sees to it that one release is not built twice at the same time.
    """
    if release.state == ReleaseState.READY:
        return
    releases.mark_building(release)
    folder = _folder(release)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{release.project.slug}-release-{release.number}.zip"
    unfinished = folder / (name + ".part")
    tell = Teller(_told_of(release))
    try:
        counts = publish(release.project, wanted(release), unfinished, tell)
        tell.begin("workbook", sum(counts.values()))
        write_workbook(unfinished, (folder / name).with_suffix(".xlsx"), tell)
    except Untrue as untrue:
        unfinished.unlink(missing_ok=True)
        releases.mark_failed(release, untrue.problems)
        return
    except Exception as error:
        unfinished.unlink(missing_ok=True)
        releases.mark_failed(release, [f"the export stopped: {type(error).__name__}"])
        raise
    finally:
        tell.end()
    size, sha256 = _settle(unfinished)
    unfinished.replace(folder / name)
    releases.mark_ready(release, file_name=name, size=size, sha256=sha256, counts=counts)


def progress_of(release: Release) -> Progress | None:
    """How far the build is, as it was told last; None where it is not being built."""
    return told_in(_told_of(release)) if release.state == ReleaseState.BUILDING else None


def wanted(release: Release) -> Wanted:
    """What the release asks for, as `publish` takes it."""
    return Wanted(
        scope=scope_from(release.filter),
        number=release.number,
        title=release.title,
        notes=release.notes,
        licence=release.licence,
        with_texts=release.filter.get("with_texts", False),
        site=release.filter.get("site", ""),
        created=release.created_at,
    )


def _folder(release: Release) -> Path:
    return Path(settings.DATA_DIR) / "releases" / str(release.project.uuid)


def _told_of(release: Release) -> Path:
    return _folder(release) / f"release-{release.number}.progress"


def _settle(path: Path) -> tuple[int, str]:
    """Size in bytes and digest of the file, once it is on the disk."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        digest = hashlib.file_digest(stream, "sha256")
    return path.stat().st_size, digest.hexdigest()
