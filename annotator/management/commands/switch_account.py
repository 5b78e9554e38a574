"""`switch_account`: keep somebody out whose account stays, since what they wrote stays under their name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from annotator.preparation import add_data_option
from sources.models import Membership, Role, User


class Command(BaseCommand):
    help = (
        "Switch an account off: with the next request whoever has it is out, and its tokens open nothing; "
        "or on again. What was written by it stays. Doing it twice changes nothing."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", required=True, help="the user's name")
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--off", action="store_true", help="nobody comes in by it any more")
        way.add_argument("--on", action="store_true", help="it opens again what it opened")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['user']!r}.")
        user.is_active = options["on"]
        try:
            with transaction.atomic():
                user.save(update_fields=["is_active"])
        except IntegrityError:
            raise CommandError(
                f"Not switched off: {user.username} alone manages {_managed_alone(user)}. Let somebody else "
                "manage it first."
            ) from None
        self.stdout.write(f"The account {user.username} is switched {'on' if user.is_active else 'off'}.")


def _managed_alone(user: User) -> str:
    """The projects, by address, that nobody else who can sign in manages."""
    managers = Membership.objects.filter(role=Role.MANAGER)
    shared = managers.exclude(user=user).filter(user__is_active=True).values("project")
    alone = managers.filter(user=user).exclude(project__in=shared)
    return ", ".join(alone.order_by("project__slug").values_list("project__slug", flat=True))
