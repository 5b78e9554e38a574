"""`export_dataset`: write the cited dataset of a project to a file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.actions.releases import chosen_scope, nothing_taken
from annotator.exchange.publish import Untrue, Wanted, publish
from annotator.exchange.workbook import write_workbook
from annotator.intents.refusal import Refused
from annotator.intents.release import Scope, parse_scope
from annotator.models import Status
from annotator.preparation import add_data_option
from annotator.queries.scope import claims_in
from sources.models import Project

_EVERY = "all"
OPTIONS = {"published_from": "--from", "published_to": "--to", "speakers": "--speaker", "topics": "--topic"}


class Command(BaseCommand):
    help = (
        "Write the cited dataset of a project: accepted claims, unless others are asked for. If one row does "
        "not hold, it is named, nothing is written and the exit status is 1."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

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
        parser.add_argument(
            "--from", dest="published_from", default="", metavar="DATE", help="published since"
        )
        parser.add_argument("--to", dest="published_to", default="", metavar="DATE", help="published until")
        several: dict[str, Any] = {"nargs": "+", "action": "extend", "default": []}
        parser.add_argument("--speaker", metavar="UUID", help="says it or passes it on; any one", **several)
        parser.add_argument("--topic", metavar="KEY", help="with those below it; any one", **several)
        parser.add_argument("--with-texts", action="store_true", help="put the full texts in as well")
        parser.add_argument("--licence", default="", help="of the dataset, for example CC-BY-4.0")
        parser.add_argument("--site", default="", metavar="URL", help="address for permanent links")
        parser.add_argument("--workbook", metavar="OUT.xlsx", type=Path, help="the tables for Excel as well")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["slug"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['slug']!r}.")
        scope = _scope(project, options)
        out: Path = options["out"]
        unfinished = out.with_name(out.name + ".part")
        wanted = Wanted(
            scope=scope,
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


def _scope(project: Project, options: dict[str, Any]) -> Scope:
    asked = options["status"] or [Status.ACCEPTED]
    wanted = {
        "statuses": [status for status in Status.values if status in asked or _EVERY in asked],
        "published_from": options["published_from"],
        "published_to": options["published_to"],
        "speakers": options["speaker"],
        "topics": options["topic"],
    }
    try:
        scope = chosen_scope(project, parse_scope(wanted))
    except Refused as refused:
        raise CommandError(f"{OPTIONS.get(refused.field, refused.field)}: {refused.message}.") from None
    if not claims_in(project, scope).exists():
        why = nothing_taken(scope)
        raise CommandError(f"{why[:1].upper()}{why[1:]}. --status {_EVERY} takes claims of every status.")
    return scope
