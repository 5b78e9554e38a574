"""`restore`: a backup in the place of nothing, or of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from annotator.database_roles import UnsafeRole
from annotator.keeping import archive
from annotator.keeping.digests import digest_of_all
from annotator.keeping.manifest import Damaged
from annotator.keeping.programs import ProgramFailed
from annotator.keeping.restoring import restore
from annotator.keeping.settling import NotRestored
from annotator.preparation import add_data_option


class Command(BaseCommand):
    help = (
        "Put a backup into an empty data folder and database, or with --over in place of what is there. The "
        "file is checked whole first; what comes out is proved equal to what went in, or nothing is changed."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="what `backup` wrote")
        parser.add_argument("--over", action="store_true", help="replace what is there")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        tell = self._tell if options["verbosity"] > 1 else lambda words: None
        try:
            with archive.opened(path) as backup:
                restore(backup, over=options["over"], tell=tell)
                manifest = backup.manifest
            call_command("migrate", verbosity=0, interactive=False)
        except (Damaged, NotRestored, ProgramFailed, UnsafeRole) as error:
            raise CommandError(f"{path} was not restored: {error}") from None
        except Error as error:
            raise CommandError(f"{path} was not restored: {str(error).strip()}") from None
        except OSError as error:
            raise CommandError(f"{path} was not restored: {error.strerror}") from None
        for name in manifest.missing:
            self.stderr.write(f"Was not as its release says when the backup was made: {name}")
        tables = manifest.tables
        self.stdout.write(
            f"Restored {path}, made {manifest.made_at}: {len(manifest.parts) - 1} files, "
            f"{len(tables)} tables with {manifest.rows:,} rows, each equal to the backup's by its digest.\n"
            f"Digest of all tables: {digest_of_all(tables)}\n"
            "Everybody signs in anew: manage.py sign_in_link --user NAME prints a link."
        )

    def _tell(self, words: str) -> None:
        self.stderr.write(f"Restoring {words}")
