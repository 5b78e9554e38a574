"""`backup`: everything an installation is, as one file."""

import errno
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from annotator.keeping.digests import digest_of_all
from annotator.keeping.programs import ProgramFailed
from annotator.keeping.settling import NotRestored, settle
from annotator.keeping.taking import NoBackup, back_up
from annotator.preparation import add_data_option
from sources.models import BackupTaken


def _now() -> datetime:
    """By the database's clock, which tells when a project was archived as well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)  # noqa: S101
    return now


class Command(BaseCommand):
    help = (
        "Write the database and the files that belong to it to one new file, as they are at one moment, "
        "while people go on working. The secret key and who is signed in are not in it."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="a name that is not taken yet")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            settle()
            began = _now()
            taken = back_up(path, self._tell if options["verbosity"] > 1 else lambda words: None)
        except FileExistsError:
            raise CommandError(f"{path} is there already, and a backup replaces nothing.") from None
        except BlockingIOError:
            raise CommandError(f"Another backup to {path} is under way.") from None
        except OSError as error:
            full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
            why = "the disk is full" if full else error.strerror
            raise CommandError(f"{path}: {why}. No backup was made; nothing was left behind.") from None
        except (NoBackup, NotRestored, ProgramFailed, OperationalError) as error:
            raise CommandError(f"No backup was made: {str(error).strip()}") from None
        tables, parts = taken.manifest.tables, taken.manifest.parts
        if not taken.manifest.missing:
            BackupTaken.objects.create(began_at=began, sha256=digest_of_all(tables), size=taken.size)
        for name in taken.manifest.missing:
            self.stderr.write(f"Not as its release says, or missing: {name}")
        self.stdout.write(
            f"{path}: {len(tables)} tables with {taken.manifest.rows:,} rows and {len(parts) - 1} files, "
            f"{taken.size:,} bytes.\nDigest of all tables: {digest_of_all(tables)}"
        )

    def _tell(self, words: str) -> None:
        self.stderr.write(f"Taking {words}")
