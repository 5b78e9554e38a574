"""Backups that nobody's `backup` wrote: soundly sealed, with anything in them."""

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.keeping import archive
from annotator.keeping.manifest import DUMP, Manifest, Part

NOTHING = Manifest(
    made_at="2026-01-02T03:04:05+00:00",
    version="0.1.0",
    postgres=18,
    migrations=(("sources", "0001_tables"),),
    tables={},
    parts={},
    closed=(),
    missing=(),
)


def small(path: Path, *, files: dict[str, bytes] | None = None) -> Path:
    """A sound one, of a database that is no database."""
    with archive.written(path) as (writer, finish):
        for name, content in ({DUMP: b"no database"} | (files or {})).items():
            writer.add(name, iter([content]))
        finish(replace(NOTHING, parts=writer.parts))
    return path


def copied(path: Path, to: Path, **changes: Any) -> Path:
    """The same backup with another manifest."""
    with archive.opened(path) as backup, archive.written(to) as (writer, finish):
        for name in backup.manifest.parts:
            writer.add(name, backup.chunks(name))
        finish(replace(backup.manifest, **changes))
    return to


def sealed(path: Path, members: list[tuple[zipfile.ZipInfo | str, bytes]], manifest: dict[str, Any]) -> Path:
    """Any members and any manifest."""
    with zipfile.ZipFile(path, "w") as made:
        made.comment = b"0" * archive.SEAL
        for member, content in members:
            made.writestr(member, content)
        made.writestr(archive.READ_ME, "")
        made.writestr(archive.MANIFEST, json.dumps(manifest))
    return seal(path)


def seal(path: Path) -> Path:
    content = path.read_bytes()[: -archive.SEAL]
    path.write_bytes(content + hashlib.sha256(content).hexdigest().encode())
    return path


def words(*parts: tuple[str, bytes], **changes: Any) -> dict[str, Any]:
    """The manifest of those parts, as JSON has it."""
    told = {name: Part(len(content), hashlib.sha256(content).hexdigest()) for name, content in parts}
    return json.loads(replace(NOTHING, parts=told).as_bytes()) | changes
