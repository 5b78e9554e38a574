"""`sign_in_link`: print a new one-time link for a user, and make the user if asked.

It is also what helps whoever has forgotten the password, on a server without mail, or lost the second factor.
"""

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from annotator.intents.fields import name as clean_name
from annotator.intents.refusal import Refused
from annotator.management.sign_in_links import link_for, local_name, password_link_for
from annotator.preparation import add_data_option
from sources.models import User


class Command(BaseCommand):
    help = (
        "Print a link that signs a user in once, within a day, or with --password sets a new password. With "
        "--create the account is made first."
    )
    requires_system_checks: list[str] = []  # of pages, mostly, which would all be loaded for it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", default="", help="the user's name; default: the one of this machine")
        parser.add_argument("--create", action="store_true", help="make the user if there is none")
        parser.add_argument("--password", action="store_true", help="a link to set a new password instead")
        parser.add_argument(
            "--without-second-factors",
            action="store_true",
            help="take passkeys, codes from an app and recovery codes off the account first",
        )
        parser.add_argument("--name", default="", metavar="FULL NAME", help="of a user that is made")
        parser.add_argument("--address", default="", help="of the server; default: where it last listened")
        add_data_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        users = User.objects.filter(is_active=True)
        name = options["user"] or local_name()
        user = users.filter(username=name).first()
        if user is None and options["create"]:
            user = _made(name, options["name"])
        if user is None:
            known = ", ".join(users.order_by("username").values_list("username", flat=True)[:20])
            raise CommandError(f"There is no active user {name!r}. Known: {known or 'nobody yet'}.")
        if options["without_second_factors"]:
            Authenticator.objects.filter(user=user).delete()
        make = password_link_for if options["password"] else link_for
        self.stdout.write(make(user, options["address"].rstrip("/")))


def _made(username: str, name: str) -> User:
    """A new account without a password: its only way in is a link."""
    user = User(username=User.normalize_username(username))
    user.set_unusable_password()
    try:
        user.name = clean_name(name, "--name", 200, False) or user.username
        user.full_clean()
        user.save()
    except Refused as refused:
        raise CommandError(f"--name: {refused.message}") from None
    except ValidationError as error:
        raise CommandError(f"{username[:60]!r} cannot be made: {' '.join(error.messages)}") from None
    return user
