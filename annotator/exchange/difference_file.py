"""The differences between two releases of a project: found once, then kept beside their files."""

import json
import logging
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from annotator.models import Release

from .differences import NotComparable, OutOfReach, compare
from .release_file import path_of

log = logging.getLogger(__name__)

AT_ONCE = 50_000
"""Rows of both releases together that a page may wait for; what is more is a job's."""
PATIENCE = 60
"""Seconds to the next try, where a file was out of reach."""
TRIES = 3
"""So often in all, until somebody asks again."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the last of so many tries did not do. `passing`: the next may; `at` is in Unix seconds."""

    why: str
    passing: bool = False
    tries: int = 1
    at: float = 0

    @property
    def final(self) -> bool:
        return not self.passing or self.tries >= TRIES

    @property
    def due(self) -> bool:
        """Whether to try again unasked; a clock that was put back holds nothing up."""
        return not self.final and not 0 <= time.time() - self.at < PATIENCE


def found_at(old: Release, new: Release) -> Path:
    """Where they lie once they were found: by what the files hold, as a database that was put back gives
    the same numbers to other releases."""
    return path_of(new).with_name(f"differences-{old.sha256}-{new.sha256}.sqlite")


def small(old: Release, new: Release) -> bool:
    return sum(old.counts.values()) + sum(new.counts.values()) <= AT_ONCE


def refusal_of(old: Release, new: Release) -> Refusal | None:
    """Why they could not be compared; None where they could, or nobody has tried."""
    try:
        return Refusal(**json.loads(_refusal(old, new).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget_refusal(old: Release, new: Release) -> None:
    """So that they are compared again."""
    _refusal(old, new).unlink(missing_ok=True)


def find(old: Release, new: Release) -> None:
    """Find them if they were not found before. Raises NotComparable, and keeps why."""
    path = found_at(old, new)
    if path.is_file():
        return
    try:
        compare(path_of(old), path_of(new), path)
    except NotComparable as error:
        log.warning("Releases %s and %s were not compared: %s", old.uuid, new.uuid, error.__cause__ or error)
        if path.parent.is_dir():
            _keep(old, new, error)
        raise
    forget_refusal(old, new)


def _keep(old: Release, new: Release, error: NotComparable) -> None:
    last = refusal_of(old, new)
    refusal = Refusal(str(error), isinstance(error, OutOfReach), last.tries + 1 if last else 1, time.time())
    _refusal(old, new).write_text(json.dumps(asdict(refusal)), encoding="utf-8")


def _refusal(old: Release, new: Release) -> Path:
    return found_at(old, new).with_suffix(".refused")
