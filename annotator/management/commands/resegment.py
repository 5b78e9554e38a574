"""`resegment`: cut a project's texts into sentences again, by the segmenter that is here."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.actions.segmentations import renew_all
from annotator.management.filling import importer
from annotator.management.progress import Progress
from annotator.preparation import add_data_option
from annotator.queries.segmentations import cut_by_others, otherwise, segmenter_here, segmenters_of
from sources.intake.refusal import one_line
from sources.models import Project


class Command(BaseCommand):
    help = (
        "Cut a project's texts into sentences again where an earlier segmenter did it, and tie all that is "
        "marked in them to the new sentences, one text a transaction: a run that was stopped goes on where "
        "it was. Earlier sentences stay for the releases that name them. A text in which somebody is writing "
        "all the while, or whose new cut the database refuses, "
        "gets one line and is left; the exit status is 1 if there was one."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--user", default="", help="whose act it is; default: the user of this machine")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        project = Project.objects.filter(slug=options["project"]).first()
        if project is None:
            raise CommandError(f"There is no project {options['project']!r}.")
        if project.archived_at is not None:
            raise CommandError("This project is archived: nothing in it changes.")
        cut_by = segmenters_of(project)
        if not cut_by:
            self.stdout.write(f"All texts are cut by {segmenter_here()}.")
            return
        for one in cut_by:
            was = f"{one.segmenter} {one.version}"
            self.stdout.write(f"{_texts(one.texts)} cut by {was}; {segmenter_here()} is here.")
        if options["dry_run"]:
            found = otherwise(project)
            self.stdout.write(f"{_sentences(found.sentences)} would be new, in {_texts(found.changed)}.")
            return
        self._renew(project, options["user"])

    def _renew(self, project: Project, username: str) -> None:
        by = importer(username, create=False)
        done = left = 0
        with Progress(self.stderr, cut_by_others(project).count()) as progress:
            for text in renew_all(by=by, project=project):
                progress.step(text.snapshot.article.title)
                if text.done:
                    done += 1
                else:
                    left += 1
                    progress.clear()
                    why = f"refused by {text.refused}" if text.refused else "somebody is writing in it"
                    self.stderr.write(f"left: {one_line(str(text.snapshot))}: {why}")
        self.stdout.write(f"{_texts(done)} cut again, {left} left for later.")
        if left:
            sys.exit(1)


def _texts(count: int) -> str:
    return f"{count} text" if count == 1 else f"{count} texts"


def _sentences(count: int) -> str:
    return f"{count} sentence" if count == 1 else f"{count} sentences"
