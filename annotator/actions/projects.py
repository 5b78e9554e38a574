"""Opening a project: a shelf with a codebook on it."""

from django.db import IntegrityError, transaction

from annotator.intents.refusal import Refused
from sources.actions import create_project
from sources.models import Project, User, acting

from . import codebook

RESERVED = frozenset({"new"})
"""Slugs whose address is a page of its own."""


def open_project(
    *, by: User, name: str, slug: str, description: str = "", is_public: bool = False
) -> Project:
    """A new project with its maker as manager and the default codebook. Raises Refused for a taken slug."""
    if slug in RESERVED:
        raise Refused("slug", "reserved", f"the address “{slug}” is taken by a page of its own")
    with acting(by):
        try:
            with transaction.atomic():
                project = create_project(
                    by=by, name=name, slug=slug, description=description, is_public=is_public
                )
        except IntegrityError as error:
            if Project.objects.filter(slug=slug).exists():
                raise Refused("slug", "unique", f"the address “{slug}” is taken") from error
            raise
        codebook.install_default(by=by, project=project)
    return project
