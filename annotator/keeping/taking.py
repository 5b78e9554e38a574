"""A backup: the database in one snapshot, while people go on working, and the files that its rows name."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from annotator.database_roles import as_owner

from . import archive, files, programs
from .digests import LEFT_OUT, tables_now
from .manifest import DUMP, Manifest, is_ours, parsed

_RELEASES = """
    SELECT 'releases/' || p.uuid || '/' || r.file_name, r.sha256
      FROM public.annotator_release r JOIN public.sources_project p ON p.id = r.project_id
     WHERE r.state = 'ready' ORDER BY 1
"""
_CLOSED = """
    SELECT oid::regprocedure::text FROM pg_proc p
     WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (
           SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
     ORDER BY 1
"""


class NoBackup(Exception):
    """There is nothing that could be backed up; the message says why."""


@dataclass(frozen=True)
class Taken:
    manifest: Manifest
    size: int  # bytes of the file


def back_up(path: Path, tell: Callable[[str], None], *, whole: bool = True) -> Taken:
    """Write the installation to a new file at `path`; not `whole`: all of the database, and no file.

    Raises NoBackup, ProgramFailed, FileExistsError or OSError, and then leaves nothing there.
    """
    with archive.written(path) as (writer, finish), as_owner(), transaction.atomic():
        with connection.cursor() as django_cursor:
            cursor = django_cursor.cursor
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0", prepare=False)
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
            snapshot, postgres = cursor.fetchone()
            migrations = _migrations(cursor)
            missing = _add_files(cursor, writer, tell) if whole else []
            empty = LEFT_OUT if whole else frozenset()
            tell("the database")
            writer.add(DUMP, programs.dumped(settings.OWNER_DATABASE, postgres, snapshot, empty))
            tell("the digests of its tables")
            manifest = Manifest(
                made_at=datetime.now(UTC).isoformat(timespec="seconds"),
                version=version(),
                postgres=postgres,
                migrations=migrations,
                tables=tables_now(cursor, empty),
                parts=writer.parts,
                closed=tuple(name for (name,) in cursor.execute(_CLOSED).fetchall()),
                missing=tuple(missing),
            )
        assert parsed(manifest.as_bytes()) == manifest  # noqa: S101 - what restore would refuse is no backup
        finish(manifest)
    return Taken(manifest, path.stat().st_size)


def version() -> str:
    """This version of the project, as pyproject.toml says it."""
    with (settings.BASE_DIR / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def _migrations(cursor: Any) -> tuple[tuple[str, str], ...]:
    cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
    if not cursor.fetchone()[0]:
        raise NoBackup("The database has no tables: there is nothing to back up.")
    cursor.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name")
    return tuple(cursor.fetchall())


def _add_files(cursor: Any, writer: archive.Writer, tell: Callable[[str], None]) -> list[str]:
    """Put the files in; the names of those that a row names and that are not there as it says."""
    folder = Path(settings.DATA_DIR)
    named = dict(cursor.execute(_RELEASES).fetchall())
    for name in filter(is_ours, files.kept(folder)):
        tell(name)
        try:
            writer.add(name, files.chunks_of(folder / name))
        except FileNotFoundError:
            continue  # taken in, or replaced, since the folder was listed
    return [
        name
        for name, digest in named.items()
        if name not in writer.parts or writer.parts[name].sha256 != digest
    ]
