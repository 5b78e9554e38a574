"""`fingerprint`: bring what articles are recognised by up to date: the wording of texts, and addresses."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotator.preparation import add_data_option
from sources.actions import propose_missing
from sources.actions.addresses import place_again
from sources.models import Project


class Command(BaseCommand):
    help = (
        "Store the wording of all texts that were taken in before wordings were stored, or by another "
        "version of the rules, and propose likely reprints; and know the addresses of articles by the rule "
        "as it is now. Doing it twice changes nothing."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--project", metavar="SLUG", help="this one alone; default: all of them")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        projects = Project.objects.filter(archived_at=None).order_by("pk")
        if options["project"]:
            projects = projects.filter(slug=options["project"])
            if not projects:
                raise CommandError(f"There is no project {options['project']!r}.")
        for project in projects:
            texts, proposed = propose_missing(project)
            addresses = place_again(project)
            told = f"{texts} texts, {proposed} likely reprints, {addresses} addresses"
            self.stdout.write(f"{project.slug}: {told}")
