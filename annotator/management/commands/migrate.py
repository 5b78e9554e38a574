"""`migrate`, as the tables' owner, followed by the app role's grants."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from annotator.database_roles import UnsafeRole, as_owner, grant_app_role


class Command(Migrate):
    help = "Bring the database up to date as its owner, then grant the app role what it may do."

    def handle(self, *args: Any, **options: Any) -> None:
        only_looking = options.get("plan") or options.get("check_unapplied")
        with as_owner():
            if not only_looking:
                self._take_turn()
            self._refuse_half_of_what_was_replaced()
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

    @staticmethod
    def _refuse_half_of_what_was_replaced() -> None:
        """Raise CommandError where some migrations that one replaces were run, and some were not.

        Their files are gone, so what is missing cannot be run; Django would leave the one that replaces them
        out without a word.
        """
        run = set(MigrationRecorder(connection).applied_migrations())
        replaced = [set(one.replaces) for one in MigrationLoader(None).replacements.values()]
        if halved := [names for names in replaced if 0 < len(run & names) < len(names)]:
            last = max(name for names in replaced for name in names & run)
            newest = max(name for names in halved for name in names)
            raise CommandError(
                f"An older version brought this database as far as {'.'.join(last)}. What leads on from "
                "there is no longer part of this version. Nothing was changed. Start a version that has "
                f"{'.'.join(newest)} once, then this one."
            )
