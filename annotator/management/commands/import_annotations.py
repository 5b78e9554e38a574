"""`import_annotations`: take in another tool's files, and tell what was not taken over."""

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.exchange.importers.bundle import At, NotRead
from annotator.exchange.importers.files import of_path
from annotator.exchange.importers.registry import FORMATS
from annotator.exchange.importers.wishes import Wishes, parse_wishes
from annotator.exchange.receiving import Report, receive
from annotator.exchange.receiving.report import summary
from annotator.intents.attribution import QUOTATION_TYPES
from annotator.intents.claim import VOICES
from annotator.intents.refusal import Refused
from annotator.management.filling import importer, project_to_fill
from annotator.management.progress import Progress
from annotator.preparation import add_data_option
from sources.intake.refusal import one_line
from sources.models import Project

ALIKE = 3
"""How many of those left out for one reason are told each by a line; the others are counted."""


class Command(BaseCommand):
    help = (
        "Take in the annotations of another tool, or a release, with their texts. What is there already is "
        "recognised and neither stored again nor overwritten. One line tells of each thing that was refused, "
        "or was found elsewhere than the file says; of what could not be mapped the first of each reason, "
        "and with --verbosity 2 all. The exit status is 1 if anything was refused."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="PATH", help="a file, a folder or a ZIP")
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument(
            "--create",
            action="store_true",
            help="make the project if there is none; from a release with its codes",
        )
        parser.add_argument("--format", required=True, choices=sorted(FORMATS))
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="LABEL=MEANING",
            help="what a label means here: claim:fact, actor:person, event:talks, topic:harbours, cue, "
            "leave; of a relation: speaker, cue",
        )
        parser.add_argument("--map-file", type=Path, metavar="FILE", help="the same, one a line")
        parser.add_argument("--voice", default="", choices=["", *VOICES], help="of claims that say none")
        parser.add_argument("--quotation-type", default="", choices=["", *QUOTATION_TYPES])
        parser.add_argument("--actor-kind", default="", metavar="KEY", help="of actors that say none")
        parser.add_argument("--event-type", default="", metavar="KEY", help="of events that say none")
        parser.add_argument("--language", default="", metavar="TAG", help="of texts that are new: en, ur …")
        parser.add_argument("--outlet", default="", help="of texts that are new and do not name theirs")
        parser.add_argument(
            "--create-codes", action="store_true", help="make the codes that the codebook lacks"
        )
        parser.add_argument("--user", default="", help="who imports; default: the user of this machine")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["path"])
        wishes = _wishes(options)
        try:
            wanted = FORMATS[options["format"]]
            bundle = wanted.read(of_path(path, wanted.limits), wishes)
        except NotRead as error:
            self.stderr.write(f"refused: {_line(error.at, '', error.why)}")
            sys.exit(1)
        by = importer(options["user"], create=options["create"])
        own = (
            options["format"] == "sourceline" and not Project.objects.filter(slug=options["project"]).exists()
        )
        project = project_to_fill(by, options["project"], options["create"])
        with Progress(self.stderr, len(bundle.documents)) as progress:
            report = receive(
                by=by,
                project=project,
                bundle=bundle,
                origin=f"{options['format']}: {one_line(path.name)}",
                wishes=wishes,
                create_codes=options["create_codes"] or own,
                step=lambda name: progress.step(one_line(name)),
            )
            progress.clear()
        self._say(report, every=options["verbosity"] > 1)
        if not report.whole:
            sys.exit(1)

    def _say(self, report: Report, *, every: bool) -> None:
        told: Counter[str] = Counter()
        for left in report.unmapped:
            told[left.why] += 1
            if every or told[left.why] <= ALIKE:
                self.stdout.write(f"not taken over: {_line(left.at, left.what, left.why)}")
        for why, count in told.items():
            if count > ALIKE and not every:
                more = f"{count - ALIKE} more for the same reason: {one_line(why)}"
                self.stdout.write(f"not taken over: {more} (--verbosity 2 lists all)")
        for moved in report.moved:
            self.stdout.write(f"found again: {_line(moved.at, moved.what, moved.why)}")
        for changed in report.changed:
            self.stdout.write(f"left as it is: {_line(changed.at, changed.what, changed.why)}")
        for refused in report.refused:
            said = f"{refused.why} [{refused.rule}]"
            self.stderr.write(f"refused: {_line(refused.at, refused.what, said)}")
        self.stdout.write(summary(report))
        lacking = report.counts["codes_lacking"]
        if lacking:
            said = "1 code is" if lacking == 1 else f"{lacking} codes are"
            self.stdout.write(f"{said} not in the codebook: --create-codes makes what it lacks.")


def _line(at: At, what: str, why: str) -> str:
    """Something that is a whole file is named once."""
    return one_line(": ".join(dict.fromkeys(filter(None, (str(at), what, why)))))


def _wishes(options: dict[str, Any]) -> Wishes:
    meanings = list(options["map"])
    if options["map_file"]:
        try:
            lines = options["map_file"].read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['map_file']} cannot be read: {error}") from None
        meanings += [line for line in lines if line.strip() and not line.startswith("#")]
    names = ("voice", "quotation_type", "actor_kind", "event_type", "language", "outlet")
    try:
        return parse_wishes(meanings=meanings, **{name: options[name] for name in names})
    except Refused as error:
        raise CommandError(f"--{error.field.replace('_', '-')}: {error.message}") from None
