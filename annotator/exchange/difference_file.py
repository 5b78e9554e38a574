"""The differences between two releases of a project: found once, then kept beside their files."""

from pathlib import Path

from annotator.models import Release

from .differences import NotComparable, compare
from .release_file import path_of

AT_ONCE = 50_000
"""Rows of both releases together that a page may wait for; what is more is a job's."""


def found_at(old: Release, new: Release) -> Path:
    """Where they lie once they were found."""
    return path_of(new).with_name(f"differences-{old.number}-{new.number}.sqlite")


def small(old: Release, new: Release) -> bool:
    return sum(old.counts.values()) + sum(new.counts.values()) <= AT_ONCE


def refused_because(old: Release, new: Release) -> str:
    """Why a job could not compare them; empty where it could, or has not tried."""
    try:
        return _refusal(old, new).read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def find(old: Release, new: Release) -> None:
    """Find them if they were not found before. Raises NotComparable, and keeps why."""
    path = found_at(old, new)
    if path.is_file():
        return
    try:
        compare(path_of(old), path_of(new), path)
    except NotComparable as error:
        if path.parent.is_dir():
            _refusal(old, new).write_text(str(error), encoding="utf-8")
        raise
    _refusal(old, new).unlink(missing_ok=True)


def _refusal(old: Release, new: Release) -> Path:
    return found_at(old, new).with_suffix(".refused")
