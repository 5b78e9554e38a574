"""Opening a project: a shelf with a codebook on it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from annotator.intents.refusal import Refused, Stale
from annotator.queries.project_json import state_of
from sources.actions import create_project, edit_project
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


def change_project(
    *, by: User, project: Project, seen: Collection[str], change: Mapping[str, Any]
) -> Project:
    """Change what is said of a project. Raises Stale where its state (`project_json.state_of`) is none of
    those `seen` any more."""
    with acting(by):
        now = Project.objects.select_for_update(no_key=True).get(pk=project.pk)
        if state_of(now) not in seen:
            raise Stale(now)
        said = {"name": now.name, "description": now.description, "is_public": now.is_public, **change}
        return edit_project(by=by, project=now, **said)
