from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotator.demo.load import DemoExists, load_demo
from annotator.preparation import add_data_option
from annotator.queries.progress import totals
from sources.models import User


class Command(BaseCommand):
    help = "Loads the demo project: eight invented articles, fully annotated, under the address “demo”."
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user", metavar="NAME", help="who becomes its manager; by default the only user"
        )
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demo(by=_manager(options["user"]))
        except DemoExists as exists:
            raise CommandError(str(exists)) from exists
        self.stdout.write(
            f"Loaded “{loaded.project.name}”: {loaded.articles} articles, {loaded.claims} claims, "
            f"{totals(loaded.project).speakers} speakers, {loaded.events} events."
        )


def _manager(name: str | None) -> User:
    if name:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user “{name}”.")
        return user
    users = list(
        User.objects.filter(is_active=True).exclude(email__endswith="@demo.example").order_by("pk")[:2]
    )
    if len(users) != 1:
        raise CommandError(
            "There is more than one user; say --user NAME." if users else "There is no user yet."
        )
    return users[0]
