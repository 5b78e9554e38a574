"""`import_articles`: take in files and addresses, one line for each that is not taken."""

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError

from annotator.actions.intakes import as_named, command, stored
from annotator.management.filling import importer, project_to_fill
from annotator.management.progress import Progress
from annotator.preparation import add_data_option
from annotator.queries.intakes import Standing, silent_commands
from sources.actions import Imported
from sources.actions.address_intakes import Waiting, take_in_addresses
from sources.actions.column_mappings import told_or_remembered
from sources.actions.disk_room import NoRoom, free_bytes, has_room, require_room
from sources.actions.intakes import Told, count_in, finish, items_in, take_in
from sources.actions.reading_ahead import Options
from sources.actions.standing import Held
from sources.intake.column_dates import ORDERS
from sources.intake.columns import LANGUAGE, BadColumns, Columns, checked, columns_from
from sources.intake.fetching.urls import without_password
from sources.intake.items import Item, is_container
from sources.intake.refusal import Refusal, one_line
from sources.intake.registry import READERS
from sources.intake.walk import FoundFile, walk
from sources.models import Article, Intake, IntakeItem, IntakeState, Project, User

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
Take = Callable[[Intake, Told, Progress], None]


class Command(BaseCommand):
    help = (
        "Take in files (pages, Word, PDF, Markdown, text), archives and tables of them (ZIP, CSV, JSON "
        "Lines), all those in folders, and pages at their addresses (https://…). What is there already is "
        "recognised and not stored again: a run that was broken off is run again. Each item that is refused "
        "gets one line (what, where, why) and stops no other; the exit status is 1 if there was one."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder or an address")
        parser.add_argument("--addresses", metavar="FILE", help="a list of addresses, one a line")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--create", action="store_true", help="make the project if there is none")
        parser.add_argument("--format", choices=sorted(READERS), help="else each file's own is found out")
        parser.add_argument("--encoding", help="what the files are encoded in, taken at its word")
        parser.add_argument("--outlet", default="", help="for files that do not name theirs")
        parser.add_argument("--language", default="", metavar="TAG", help="of all the files: en, ur …")
        parser.add_argument(
            "--columns",
            nargs="+",
            action="extend",
            default=[],
            metavar="FIELD=COLUMN",
            help="what the columns of tables hold: text=Body title=Headline published=Date url=Link …; "
            "remembered for tables with the same columns",
        )
        parser.add_argument(
            "--dates", default="", choices=sorted(ORDERS), help="how 03/04/2025 in a table is read"
        )
        parser.add_argument("--user", default="", help="who imports; default: the user of this machine")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        asked = _asked(options)
        paths, addresses = _apart(options)
        by = importer(options["user"], create=options["create"])
        project = project_to_fill(by, options["project"], options["create"])
        counts: Counter[str] = Counter()
        try:
            stopped = self._taken(by, project, paths, addresses, asked, counts, options)
        except (Held, NoRoom) as error:
            self.stdout.write(_sum(counts))
            raise CommandError(f"It stops here: {error}. What is in stays; run it again then.") from None
        self.stdout.write(_sum(counts))
        if stopped:
            raise CommandError("Somebody stopped it. What is in stays.")
        if counts["refused"]:
            sys.exit(1)

    def _taken(
        self,
        by: User,
        project: Project,
        paths: list[str],
        addresses: list[str],
        asked: Options,
        counts: Counter[str],
        options: dict[str, Any],
    ) -> bool:
        """Whether somebody stopped it. Raises Held and NoRoom."""
        require_room()
        stopped = False
        if paths:
            listed = list(walk(paths))
            asked = replace(asked, columns=_meant(by, project, listed, asked, options["dates"]))
            expected = sum(_count(one, asked) for one in listed)

            def items(start: int) -> Iterator[Item]:
                return islice(_items(listed, asked), start, None)

            def take_files(intake: Intake, told: Told, progress: Progress) -> None:
                if not take_in(intake, items, stored=stored, told=told, until=_is_full):
                    raise NoRoom(free_bytes())

            intake = self._begun(by, project, paths, asked, expected)
            stopped = self._take(intake, counts, options["verbosity"], take_files)
        if addresses and not stopped:
            intake = self._begun(by, project, addresses, asked, len(addresses), addresses)
            stopped = self._take(intake, counts, options["verbosity"], _fetch)
        return stopped

    def _take(self, intake: Intake, counts: Counter[str], verbosity: int, take: Take) -> bool:
        """Whether somebody stopped it."""
        with Progress(self.stderr, intake.expected or 0) as progress:

            def told(line: IntakeItem, imported: Imported | None) -> None:
                progress.step(line.name)
                counts[line.outcome] += 1
                if line.outcome != "new" or line.told["notes"] or verbosity > 1:
                    progress.clear()
                    self._say(line, imported)

            try:
                take(intake, told, progress)
            except BaseException:
                with suppress(IntegrityError):  # where the project was archived meanwhile, nothing is written
                    finish(intake, IntakeState.STOPPED)
                raise
        intake.refresh_from_db()
        return intake.state == IntakeState.STOPPED

    def _begun(
        self,
        by: User,
        project: Project,
        paths: list[str],
        asked: Options,
        expected: int,
        addresses: Sequence[str] = (),
    ) -> Intake:
        """Its record, which the project's page of imports shows. One of the same name that was killed is said
        to have stopped; what it left is recognised."""
        name = as_named(", ".join(paths))
        for left in silent_commands(project, name):
            finish(left, IntakeState.STOPPED, by)
        return command(
            by=by, project=project, name=name, options=asked, expected=expected, addresses=addresses
        )

    def _say(self, line: IntakeItem, imported: Imported | None) -> None:
        if imported is None:
            refusal = Refusal(line.name, line.told["where"], line.told["why"])
            self.stderr.write(f"refused: {refusal}")
            return
        said = "; ".join((_told(imported), *line.told["notes"]))
        self.stdout.write(f"{line.name}: {one_line(said)}")


def _asked(options: dict[str, Any]) -> Options:
    if options["language"] and not LANGUAGE.fullmatch(options["language"]):
        raise CommandError(f"{options['language'][:40]!r} is not a language tag such as en or ur")
    try:
        columns = _columns(options["columns"], options["dates"])
    except BadColumns as error:
        raise CommandError(f"--columns: {error}.") from None
    return Options(
        encoding=options["encoding"] or "",
        format=options["format"] or "",
        outlet=options["outlet"],
        language=options["language"],
        columns=columns,
    )


def _meant(
    by: User, project: Project, listed: list[FoundFile | Refusal], asked: Options, dates: str
) -> dict[str, Any]:
    """What the columns of tables mean: as was said, or as the project remembers it."""
    held = [(one.path, one.name) for one in listed if isinstance(one, FoundFile)]
    return told_or_remembered(
        by=by,
        project=project,
        files=[(path, name) for path, name in held if is_container(path, name)],
        told=columns_from(asked.columns) if asked.columns else None,
        order=dates,
        encoding=asked.encoding,
    )


def _columns(said: list[str], dates: str) -> dict[str, Any]:
    """As `Options.columns`: what `title=Headline text=Body` means. Raises BadColumns."""
    if not said:
        return {}
    fields = {}
    for one in said:
        name, equals, column = one.partition("=")
        if not equals or not column:
            raise BadColumns(f"{one[:40]!r} is not of the form title=Headline")
        fields[name] = column
    return checked(Columns(fields, order=dates)).as_json()


def _apart(options: dict[str, Any]) -> tuple[list[str], list[str]]:
    """(paths, addresses), each address once and without the name and password in it: it is refused."""
    paths = [path for path in options["paths"] if not _ADDRESS.match(path)]
    addresses = [path for path in options["paths"] if _ADDRESS.match(path)]
    if options["addresses"]:
        try:
            listed = Path(options["addresses"]).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['addresses']} cannot be read as a list: {error}") from None
        said = (line.strip() for line in listed.splitlines())
        addresses += [line for line in said if line and not line.startswith("#")]
    if not paths and not addresses:
        raise CommandError("Name files, folders or addresses, or a list of addresses by --addresses.")
    return paths, list(dict.fromkeys(without_password(one) for one in addresses))


def _fetch(intake: Intake, told: Told, progress: Progress) -> None:
    """Nothing else waits for this process, so that it waits for the sites itself."""
    waiting = Waiting()
    while (
        seconds := take_in_addresses(intake, waiting, stored=stored, told=told, until=_is_full)
    ) is not None:
        require_room()
        progress.say(f"waits {seconds:.0f} seconds, as its sites ask")
        sleep(seconds)


def _is_full() -> bool:
    return not has_room()


def _count(found: FoundFile | Refusal, asked: Options) -> int:
    if isinstance(found, Refusal):
        return 1
    return count_in(found.path, found.name, asked) if is_container(found.path, found.name) else 1


def _items(listed: list[FoundFile | Refusal], asked: Options) -> Iterator[Item]:
    for found in listed:
        if isinstance(found, Refusal):
            yield Item(0, found.what, refusal=found)
        elif is_container(found.path, found.name):
            yield from items_in(found.path, found.name, asked)
        else:
            raw = found.read_bytes()
            refused = raw if isinstance(raw, Refusal) else None
            yield Item(0, found.name, document=None if isinstance(raw, Refusal) else raw, refusal=refused)


def _told(result: Imported) -> str:
    title = _short(result.article)
    if result.outcome == "known":
        return f"already here as {title}"
    if result.outcome == "reprint":
        original = result.article.reprint_of
        outlet = f" ({original.publication})" if original and original.publication else ""
        return f"stored as a reprint of {_short(original)}{outlet}" if original else f"stored: {title}"
    if result.outcome == "changed":
        number = result.snapshot.number
        return f"stored as text {number} of {title}; what was marked comes along where its words stand there"
    return f"stored as {title}"


def _short(article: Article) -> str:
    title = article.title
    return f"“{title}”" if len(title) <= 80 else f"“{title[:79].rstrip()}…”"


def _sum(counts: Counter[str]) -> str:
    """As the page of what was taken in says it."""
    told = Standing(Intake(), dict(counts))
    return " ".join(filter(None, (told.headline, told.details)))
