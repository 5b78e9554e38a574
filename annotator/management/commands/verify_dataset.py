"""`verify_dataset`: the checks of the dataset's own verify.py, and the store beside it if asked."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.exchange.comparison import compare
from annotator.exchange.verification import identity, say, verify
from annotator.preparation import add_data_option


class Command(BaseCommand):
    help = (
        "Check every citation of a dataset; the exit status is 0 only if all of them hold. With "
        "--against-database the stored texts are asked too, and what has changed since is told."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="OUT.zip", type=Path, help="the ZIP or its unpacked folder")
        parser.add_argument("--against-database", action="store_true")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["path"].exists():
            raise CommandError(f"There is no file or folder {options['path']}.")
        report = verify(options["path"])
        for line in (*say(report), *identity(options["path"])):
            self.stdout.write(line)
        if not report.ok:
            sys.exit(1)
        if options["against_database"]:
            self._against_database(options["path"])

    def _against_database(self, path: Path) -> None:
        found = compare(path)
        for words in found.contradicted:
            self.stdout.write(f"contradicted by the database: {words}")
        for words in found.changed:
            self.stdout.write(f"changed since: {words}")
        self.stdout.write(
            f"against the database: {len(found.contradicted)} contradicted, "
            f"{len(found.changed)} changed since"
        )
        if found.contradicted:
            sys.exit(1)
