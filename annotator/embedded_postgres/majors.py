"""Database files of another major version: recognised, refused in words, and exchanged for others."""

import json
import os
import shlex
import sys
from pathlib import Path

from . import binaries
from .errors import DatabaseServerError
from .places import DataFolder, Home, sync_folder, write_whole

_SYSTEM = Path("/usr/lib/postgresql")


def of_files(data: Path) -> int:
    """The major version whose files these are. Raises DatabaseServerError where that cannot be told."""
    try:
        return int((data / "PG_VERSION").read_text())
    except (OSError, ValueError):
        raise DatabaseServerError(
            f"{data} does not say which PostgreSQL its files belong to (PG_VERSION). Nothing was changed. "
            "Restore a backup into an empty data folder, or put the right files back."
        ) from None


def refuse_another(data: Path, folder: Path) -> None:
    """Raise DatabaseServerError, with what to do, unless the files are this version's."""
    found = of_files(data)
    if found == binaries.MAJOR:
        return
    begin = (
        f"The database files in {data} are those of PostgreSQL {found}, and this Sourceline brings "
        f"PostgreSQL {binaries.MAJOR}. Nothing was changed."
    )
    other = shlex.quote(str(folder))
    if found > binaries.MAJOR:
        raise DatabaseServerError(
            f"{begin} They were made by a newer Sourceline: start that one. A backup that it makes cannot be "
            "restored by this one either."
        )
    programs = programs_for(found)
    where = (
        "the programs of the old one are here"
        if programs
        else f"it also needs the programs of PostgreSQL {found}, which are not here: install them (on Debian "
        f"and Ubuntu the package postgresql-{found}), or name their folder with --old-programs DIR"
    )
    raise DatabaseServerError(
        f"{begin} To bring them over: manage.py upgrade_database --data {other} ({where}). Or restore a "
        "backup into an empty data folder: manage.py restore FILE --data NEW. Or start the Sourceline that "
        "was here before."
    )


def programs_for(major: int) -> Path | None:
    """A folder with the programs of that major version: the wheel's or the system's."""
    system = _SYSTEM / str(major) / "bin"
    found = binaries.installed_folders().get(major)
    return found or (system if (system / "postgres").exists() else None)


def system_identifier(data: Path) -> int | None:
    """The first eight bytes of pg_control, which initdb draws anew for every database; None if missing."""
    try:
        with (data / "global" / "pg_control").open("rb") as file:
            return int.from_bytes(file.read(8), sys.byteorder)
    except (FileNotFoundError, NotADirectoryError):
        return None


def begin_exchange(folder: DataFolder, home: Home, incoming: str, aside: str) -> None:
    """Note that `incoming` (a path in the home) is to become the database and the present one `aside`.

    From here on there is no other way than forward: `finished` does it, now or after a crash.
    """
    identifier = system_identifier(home.path / incoming)
    if identifier is None:
        raise DatabaseServerError(f"{home.path / incoming} holds no database.")
    write_whole(folder.exchange, {"incoming": incoming, "aside": aside, "identifier": identifier})


def finished(folder: DataFolder, home: Home) -> int | None:
    """Do what a note of an exchange says, from wherever it stopped: the new database's identifier.

    None if there is no note. Between the two renames no database has the name, and nobody makes one: the
    marker says that there is one, and the note comes first at every start.
    """
    try:
        note = json.loads(folder.exchange.read_text())
        incoming, aside = home.path / note["incoming"], home.path / note["aside"]
        identifier = int(note["identifier"])
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError):
        raise DatabaseServerError(f"{folder.exchange} is damaged.") from None
    if system_identifier(incoming) == identifier:
        if home.data.exists():
            if aside.exists():
                raise DatabaseServerError(f"{aside} is in the way of the old database files.")
            os.rename(home.data, aside)
            sync_folder(home.path)
        os.rename(incoming, home.data)
        sync_folder(incoming.parent)
        sync_folder(home.path)
    if system_identifier(home.data) != identifier:
        raise DatabaseServerError(
            f"The database files that {folder.exchange} tells of are neither in {incoming} nor in "
            f"{home.data}."
        )
    return identifier
