"""`upgrade_database`: the database files of an older PostgreSQL brought to the one that comes along."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from annotator.embedded_postgres import DatabaseServerError, upgrading
from annotator.keeping.manifest import Damaged
from annotator.keeping.programs import ProgramFailed
from annotator.keeping.settling import NotRestored
from annotator.keeping.upgrading import copy
from annotator.preparation import add_data_option


class Command(BaseCommand):
    help = (
        "Bring the database of a data folder from an older PostgreSQL to the one that comes along: into new "
        "files, proved equal table by table. The old files are kept, and --back puts them back."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--old-programs", metavar="DIR", type=Path, help="where the older postgres lies, if not found"
        )
        parser.add_argument("--back", action="store_true", help="put the files from before back")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.DATA_DIR)
        if os.environ.get("DATABASE_URL"):
            raise CommandError(
                "DATABASE_URL names a PostgreSQL that is not Sourceline's own: it is upgraded by its own "
                "means, or by backup and restore."
            )
        try:
            if options["back"]:
                self._go_back(folder)
            else:
                self._upgrade(folder, options["old_programs"])
        except (DatabaseServerError, Damaged, NotRestored, ProgramFailed) as error:
            raise CommandError(f"{error}") from None
        except Error as error:
            raise CommandError(f"The old database was left as it is: {str(error).strip()}") from None
        except OSError as error:
            raise CommandError(f"The old database was left as it is: {error}") from None

    def _upgrade(self, folder: Path, old_programs: Path | None) -> None:
        rows = 0

        def bring(old: str, new: str) -> None:
            nonlocal rows
            rows = copy(old, new, folder / "upgrade.backup", self._tell)

        kept = upgrading.upgrade(folder, old_programs, bring, self.stderr.write)
        self.stdout.write(
            f"Done: {rows:,} rows, every table equal to the old one's by its digest. The old files are in "
            f"{kept}: delete them when you are sure of the new; upgrade_database --back puts them back."
        )

    def _go_back(self, folder: Path) -> None:
        aside = upgrading.go_back(folder, self.stderr.write)
        self.stdout.write(
            f"The files from before the upgrade are back; those since then are in {aside}, with what was "
            "done since. Start the Sourceline that they belong to."
        )

    def _tell(self, words: str) -> None:
        self.stderr.write(f"Bringing over {words}")
