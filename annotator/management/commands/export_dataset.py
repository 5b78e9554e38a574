"""`export_dataset`: write the cited dataset of a project to a file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.exchange.publish import Untrue, Wanted, publish
from annotator.exchange.workbook import write_workbook
from annotator.models import Claim, Status
from annotator.preparation import add_data_option
from sources.models import Project

_EVERY = "all"


class Command(BaseCommand):
    help = (
        "Write the cited dataset of a project: accepted claims, unless others are asked for. If one row does "
        "not hold, it is named, nothing is written and the exit status is 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="the project")
        parser.add_argument("out", metavar="OUT.zip", type=Path)
        parser.add_argument(
            "--status",
            nargs="+",
            action="extend",
            choices=[*Status.values, _EVERY],
            help="which claims, also said more than once; default: accepted",
        )
        parser.add_argument("--with-texts", action="store_true", help="put the full texts in as well")
        parser.add_argument("--licence", default="", help="of the dataset, for example CC-BY-4.0")
        parser.add_argument("--site", default="", metavar="URL", help="address for permanent links")
        parser.add_argument("--workbook", metavar="OUT.xlsx", type=Path, help="the tables for Excel as well")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['slug']!r}.")
        asked = options["status"] or [Status.ACCEPTED]
        statuses = tuple(s for s in Status.values if s in asked or _EVERY in asked)
        if not Claim.objects.filter(project=project, withdrawn_at=None, status__in=statuses).exists():
            raise CommandError(
                f"No claim of {project.slug!r} is {' or '.join(statuses)}. "
                f"--status {_EVERY} exports every claim."
            )
        out: Path = options["out"]
        unfinished = out.with_name(out.name + ".part")
        wanted = Wanted(
            statuses=statuses,
            with_texts=options["with_texts"],
            licence=options["licence"],
            site=options["site"],
        )
        try:
            counts = publish(project, wanted, unfinished)
            if options["workbook"]:
                write_workbook(unfinished, options["workbook"])
            os.replace(unfinished, out)
        except Untrue as untrue:
            for problem in untrue.problems:
                self.stderr.write(problem)
            raise CommandError("These rows do not hold; nothing was written.") from None
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}") from None
        finally:
            unfinished.unlink(missing_ok=True)
        self.stdout.write(
            f"{counts['claims']} claims from {counts['articles']} articles, "
            f"{counts['sentences']} sentences: {out}"
        )
