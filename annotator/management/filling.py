"""Who fills a project from the command line, and which."""

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.validators import validate_slug
from django.db import ProgrammingError

from annotator.actions.projects import open_project
from annotator.intents.refusal import Refused
from annotator.management.sign_in_links import first_user
from sources.models import Project, User


def importer(username: str, *, create: bool) -> User:
    """Who imports; with `create` a database that has just been made gets its tables first."""
    try:
        return _user(username)
    except ProgrammingError:
        if not create:
            raise
    call_command("migrate", verbosity=0, interactive=False)
    return _user(username)


def _user(username: str) -> User:
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user {username!r}.")
        return user
    mine = first_user()
    user = mine if isinstance(mine, User) else User.objects.filter(is_active=True).order_by("pk").first()
    if user is None:
        raise CommandError("There is no active user to import for.")
    return user


def project_to_fill(by: User, slug: str, create: bool) -> Project:
    """The project of that slug, made with `create` if there is none. Raises CommandError."""
    project = Project.objects.filter(slug=slug).first()
    if project is not None and project.archived_at is not None:
        raise CommandError(f"The project {slug!r} is archived: nothing in it can be changed.")
    if project is not None:
        return project
    if not create:
        raise CommandError(f"There is no project {slug!r}. --create makes it.")
    try:
        validate_slug(slug)
    except ValidationError:
        raise CommandError(f"{slug!r} is no slug: letters, digits, - and _ only.") from None
    if len(slug) > 60:
        raise CommandError("A slug has at most 60 characters.")
    name = slug.replace("-", " ").replace("_", " ").strip().capitalize() or slug
    try:
        return open_project(by=by, name=name, slug=slug)
    except Refused as error:
        raise CommandError(error.message) from None
