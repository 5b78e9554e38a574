"""The checks of a dataset that somebody sent, in a process that may not use much of anything.

    python -m annotator.exchange.confined FILE      one JSON object: `Report.as_json`, and `of`, `stopped`

The limits are the operating system's where it has them, so that no file can be made to get round them:
memory, seconds of the processor, the size of what is written. `checked.py` starts it and keeps the clock.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from .verification import Report, verify
from .verification.command import BROKEN
from .verification.files import Files

MEGABYTE = 1 << 20
MOST_FILES = 5000
MOST_UNPACKED = 512 * MEGABYTE
"""Bytes of all files together."""
MOST_FOLD, FOLDED = 100, 10 * MEGABYTE
"""A file of more than so many bytes may be so many times what it takes up in the ZIP."""
SECONDS = 50
MEMORY = 1024 * MEGABYTE
MOST_NOTES = 50
LONGEST = 500
"""Characters kept of what a problem says: cells have no limit of their own."""


def confine() -> None:
    """From here on this process gets no more than the above."""
    try:
        import resource
    except ImportError:  # not on Windows: the clock of the parent is left
        return
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_FSIZE: 4 * MOST_UNPACKED,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def excess(path: Path) -> str:
    """Why the ZIP is more than is checked here, by what it declares; empty if it is not.

    A file that is larger than declared is read to its declared size, and then its check sum is wrong.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    if len(members) > MOST_FILES:
        return f"it has {len(members):,} files; at most {MOST_FILES:,} are looked at here"
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED:
        return (
            f"unpacked it would be {unpacked // MEGABYTE:,} MB; at most {MOST_UNPACKED // MEGABYTE} MB "
            "are looked at here"
        )
    for member in members:
        if member.file_size > max(FOLDED, MOST_FOLD * member.compress_size):
            return f"its file {member.filename[:LONGEST]} is packed more tightly than any table of a dataset"
    return ""


def described(path: Path) -> dict[str, str]:
    """What the dataset says it is; nothing where it does not say so in words."""
    files = Files(path)
    try:
        package = json.loads(files.read("data/datapackage.json"))
        found = {name: package.get(name, "") for name in ("name", "title", "version", "created")}
        return {name: value[:LONGEST] for name, value in found.items() if isinstance(value, str)}
    finally:
        files.close()


def looked_at(path: Path) -> dict[str, Any]:
    """What is written for the parent to read."""
    try:
        stopped = excess(path)
    except BROKEN:
        stopped = ""  # the report says what it is instead
    report = Report() if stopped else verify(path)
    found: dict[str, Any] = report.as_json() | {"stopped": stopped, "of": {}}
    for problem in found["problems"]:
        problem |= {name: problem[name][:LONGEST] for name in ("id", "words")}
    found["notes"] = [words[:LONGEST] for words in report.notes[:MOST_NOTES]]
    if report.citations:
        found["of"] = described(path)
    return found


if __name__ == "__main__":
    confine()
    try:
        answer = looked_at(Path(sys.argv[1]))
    except MemoryError:
        answer = {
            "stopped": f"it takes more than the {MEMORY // MEGABYTE} MB of memory that there are for it"
        }
    sys.stdout.write(json.dumps(answer))
