"""`sign_in_link`: print a new one-time link for a user."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from annotator.management.sign_in_links import link_for, local_name


class Command(BaseCommand):
    help = "Print a link that signs a user in once, within a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", default="", help="the user's name; default: the one of this machine")
        parser.add_argument("--address", default="", help="of the server; default: where it last listened")

    def handle(self, *args: Any, **options: Any) -> None:
        users = get_user_model().objects.filter(is_active=True)
        name = options["user"] or local_name()
        user = users.filter(username=name).first()
        if user is None:
            known = ", ".join(users.order_by("username").values_list("username", flat=True)[:20])
            raise CommandError(f"There is no active user {name!r}. Known: {known or 'nobody yet'}.")
        self.stdout.write(link_for(user, options["address"].rstrip("/")))
