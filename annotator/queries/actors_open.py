"""Which actors a visitor is told of: members of all, readers of a public project of those whom it shows."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from annotator.models import (
    Actor,
    ActorMention,
    ActorResolution,
    Affiliation,
    AttributionSource,
    EventParticipant,
    Party,
)
from sources.models import Project, Role

from .events import events_of
from .speakers import actor_of
from .visibility import kept_for

T = TypeVar("T")


def actors_open_to(project: Project, role: Role | None) -> QuerySet[Actor]:
    """For readers, those whom a text, an event or a claim that was handed in names, what these belong to, and
    who an anonymous one of these turned out to be. One who is named in drafts alone is as one who is not
    there."""
    found = Actor.objects.filter(project=project)
    if role is not None:
        return found
    named = found.filter(_named(project)).values("survivor")
    ties = Affiliation.objects.filter(organisation__survivor=OuterRef("survivor"), actor__survivor__in=named)
    was = ActorResolution.objects.filter(
        named__survivor=OuterRef("survivor"), anonymous__in=found.filter(_named(project)), undone_at=None
    )
    return found.filter(_named(project) | Exists(ties) | Exists(was))


def _named(project: Project) -> Q:
    """Of an actor, or of another that is one with it."""
    who = {"actor__survivor": OuterRef("survivor")}
    open_link, open_claim = (kept_for(None, way) for way in ("attribution__claim", "claim"))
    events = events_of(project, None).values("survivor_key")
    return (
        Q(Exists(ActorMention.objects.filter(**who)))
        | Q(Exists(AttributionSource.objects.filter(open_link, **who)))
        | Q(Exists(Party.objects.filter(open_link | open_claim, **who)))
        | Q(Exists(EventParticipant.objects.filter(**who, event__survivor_key__in=events)))
    )


def actor_open_to(project: Project, uuid: UUID, role: Role | None) -> Actor | None:
    """As `actor_of`, for a visitor of that role."""
    actor = actor_of(project, uuid)
    if actor is None or role is not None:
        return actor
    return actor if actors_open_to(project, role).filter(pk=actor.pk).exists() else None


def among_open(project: Project, rows: Sequence[T], key: Callable[[T], int]) -> list[T]:
    """Those whose actor, of that key, readers are told of. One query, none where there is nobody."""
    keys = {key(row) for row in rows}
    shown = (
        set(actors_open_to(project, None).filter(pk__in=keys).values_list("pk", flat=True)) if keys else keys
    )
    return [row for row in rows if key(row) in shown]
