"""`migrate`, as the tables' owner, followed by the app role's grants."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection

from annotator.database_roles import UnsafeRole, as_owner, grant_app_role


class Command(Migrate):
    help = "Bring the database up to date as its owner, then grant the app role what it may do."

    def handle(self, *args: Any, **options: Any) -> None:
        only_looking = options.get("plan") or options.get("check_unapplied")
        with as_owner():
            if not only_looking:
                self._take_turn()
            super().handle(*args, **options)
            if not only_looking:
                try:
                    grant_app_role()
                except UnsafeRole as error:
                    raise CommandError(str(error)) from None

    @staticmethod
    def _take_turn() -> None:
        """Two starts at once migrate one after the other; the lock goes with the owner's connection."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('sourceline migrate'))")
