"""Projects and their members as the API tells them."""

import json
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from sources.models import Membership, Project, Role, User

from .annotation_json import Json
from .keyset import Order, whole, words
from .standing import projects_with_numbers

NEWEST = Order(("pk",), (whole,))
BY_NAME = Order(("shown", "pk"), (words, whole), descending=False)


def state_of(project: Project) -> str:
    """What stands for a version of a project, which counts none: another word after any change of it."""
    said = [project.name, project.description, project.is_public, project.archived_at]
    return sha256(json.dumps(said, default=str).encode()).hexdigest()[:32]


def projects_json(
    keys: list[int], user: User | AnonymousUser, most: Role | None = Role.MANAGER
) -> list[Json]:
    """Those projects in that order, with their numbers; the role is `most` at most. One query."""
    rows = {project.pk: project for project in projects_with_numbers(user).filter(pk__in=keys)}
    return [_project(rows[key], most) for key in keys if key in rows]


def _project(row: Any, most: Role | None) -> Json:
    role = Role(row.role) if row.role else None
    lesser = min(role, most, key=lambda one: one.rank) if role and most else None
    return {
        "slug": row.slug,
        "uuid": str(row.uuid),
        "name": row.name,
        "description": row.description,
        "is_public": row.is_public,
        "role": lesser and lesser.value,
        "articles": row.n_articles,
        "claims": row.n_claims,
        "waiting": row.n_waiting,
        "created_at": row.created_at.isoformat(),
        "archived_at": row.archived_at and row.archived_at.isoformat(),
        "version": state_of(row),
    }


def state_of_member(member: Membership) -> str:
    """The same of a membership."""
    said = [member.role, member.created_at]
    return sha256(json.dumps(said, default=str).encode()).hexdigest()[:32]


def members_named(project: Project, begins: str = "") -> QuerySet[Membership]:
    """Those who can sign in, each with `shown`, the name that others see; one of whose words begins so."""
    found = Membership.objects.filter(project=project, user__is_active=True)
    found = found.annotate(shown=Coalesce(NullIf(F("user__name"), Value("")), F("user__username")))
    if begins:
        named = Q(user__username__istartswith=begins) | Q(user__name__istartswith=begins)
        found = found.filter(named | Q(user__name__icontains=f" {begins}"))
    return found


def members_json(keys: list[int]) -> list[Json]:
    """One query."""
    rows = Membership.objects.select_related("user").in_bulk(keys)
    return [
        {
            "username": rows[key].user.username,
            "name": str(rows[key].user),
            "role": rows[key].role,
            "since": rows[key].created_at.isoformat(),
            "version": state_of_member(rows[key]),
        }
        for key in keys
        if key in rows
    ]
