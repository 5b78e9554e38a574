"""`compare_releases`: what changed between two releases, from their files alone."""

import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.exchange.difference_list import Differences, as_csv, as_json, differences_in
from annotator.exchange.differences import NotComparable, compare

FORMATS = {".csv": as_csv, ".json": as_json}
SHOWN = 20


class Command(BaseCommand):
    help = (
        "Tell which rows were added, removed and changed from one release to another. No database is asked. "
        "The exit status is 0 if nothing changed, 1 if something did, 2 if they cannot be compared."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="OLD.zip", type=Path, help="the ZIP or its unpacked folder")
        parser.add_argument("new", metavar="NEW.zip", type=Path, help="the ZIP or its unpacked folder")
        parser.add_argument("--to", metavar="OUT", type=Path, help="all of it, as .csv or .json")

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path | None = options["to"]
        if to is not None and to.suffix not in FORMATS:
            raise CommandError(f"{to}: the name has to end in .csv or .json.", returncode=2)
        with tempfile.TemporaryDirectory() as folder:
            found = Path(folder) / "found.sqlite"
            try:
                compare(options["old"], options["new"], found)
                if to is not None:
                    with to.open("wb") as out:
                        out.writelines(FORMATS[to.suffix](found))
            except NotComparable as error:
                raise CommandError(f"{error}.", returncode=2) from None
            except OSError as error:
                raise CommandError(f"{error.filename}: {error.strerror}.", returncode=2) from None
            with differences_in(found) as differences:
                changed = self._say(differences)
        if changed:
            sys.exit(1)

    def _say(self, found: Differences) -> bool:
        tables = [one for one in found.tables() if not one.same]
        if found.cut:
            by = " and ".join(found.cut["old"]), " and ".join(found.cut["new"])
            self.stdout.write(f"Sentences were cut again: by {by[0]} before, by {by[1]} now.")
        for one in tables:
            numbers = f"{one.added} added, {one.removed} removed, {one.changed} changed"
            self.stdout.write(f"{one.name}: {numbers} ({one.before} rows, now {one.after})")
            for words, columns in (("no longer has", one.columns_gone), ("now has", one.columns_new)):
                if columns:
                    self.stdout.write(f"{one.name} {words} the columns {', '.join(columns)}")
        for difference in found.rows(most=SHOWN):
            self.stdout.write(f"{difference.table} {difference.key} {difference.what}")
            for column, before, after in difference.changes:
                self.stdout.write(f"    {column}: {before!r} → {after!r}")
        total = sum(one.added + one.removed + one.changed for one in tables)
        if total > SHOWN:
            self.stdout.write(f"… and {total - SHOWN} more; --to OUT.csv or OUT.json writes all of them.")
        if not tables and not found.cut:
            self.stdout.write("Nothing changed.")
        return bool(tables or found.cut)
