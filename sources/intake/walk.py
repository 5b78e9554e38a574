"""Expand files and folders into the files to read, in a stable order."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sources.intake.refusal import Refusal
from sources.intake.registry import largest, too_large

# What folders hold about themselves. Named on its own, such a file is read like any other.
_ABOUT_THE_FOLDER = {"readme", "license", "licence", "copying", "changelog"}


@dataclass(frozen=True, slots=True)
class FoundFile:
    """`name` is how messages call it: the path as given, or below the folder that was given."""

    path: Path
    name: str

    def read_bytes(self) -> bytes | Refusal:
        """The bytes, or why they cannot be read; never more than the largest document allowed."""
        most = largest(self.path.name)
        try:
            with self.path.open("rb") as opened:
                raw = opened.read(most + 1)
        except OSError as error:
            return Refusal(self.name, "", f"cannot be read: {error.strerror or error}")
        if len(raw) > most:
            return Refusal(self.name, "", too_large(self.path.stat().st_size, most))
        return raw


def walk(paths: Iterable[str | Path]) -> Iterator[FoundFile | Refusal]:
    """Every file named, and every file in every folder named, sorted by name at each level.

    Inside a folder, hidden entries and files about the folder itself (README, LICENCE …) are passed over.
    A link that leads out of the folder it was found under, a link to a folder, and what is neither file
    nor folder are refused.
    """
    for path in map(Path, paths):
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield Refusal(str(path), "", f"cannot be opened: {error.strerror or error}")
            continue
        except ValueError:
            yield Refusal(str(path), "", "is not a path")
            continue
        if stat.S_ISDIR(mode):
            yield from _inside(path, path.resolve(), path)
        elif stat.S_ISREG(mode):
            yield FoundFile(path, str(path))
        else:
            yield Refusal(str(path), "", "is neither a file nor a folder")


def about_the_folder(name: str) -> bool:
    """Whether an entry of a folder is hidden, or tells about the folder itself."""
    return name.startswith(".") or Path(name).stem.lower() in _ABOUT_THE_FOLDER


def _inside(folder: Path, root: Path, given: Path) -> Iterator[FoundFile | Refusal]:
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield Refusal(str(folder), "", f"cannot be opened: {error.strerror or error}")
        return
    for entry in entries:
        if about_the_folder(entry.name):
            continue
        name = str(given.name / entry.relative_to(given))
        if entry.is_symlink() and not _stays(entry, root):
            yield Refusal(name, "", "is a link that leads out of its folder, or to nothing")
        elif entry.is_dir():
            if entry.is_symlink():
                yield Refusal(name, "", "is a link to a folder")
            else:
                yield from _inside(entry, root, given)
        elif entry.is_file():
            yield FoundFile(entry, name)
        else:
            yield Refusal(name, "", "is neither a file nor a folder")


def _stays(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
