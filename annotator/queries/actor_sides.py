"""Actors side by side before they are merged, and those to choose from."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from annotator.models import (
    Actor,
    ActorIdentifier,
    ActorMention,
    ActorMerge,
    ActorResolution,
    Affiliation,
    Naming,
)
from sources.models import Project, Role

from .actor_records import Name, standing_of
from .heard import heard
from .identities import Label, labels_of
from .speakers import named_like

FOUND_AT_MOST = 20
WORDS_SHOWN = 8


@dataclass(frozen=True)
class Side:
    """One actor as it stands before a merge."""

    actor: Actor
    names: list[Name]
    identifiers: list[ActorIdentifier]
    ties: list[Affiliation]
    n_claims: int
    n_passed_on: int
    n_articles: int
    n_mentions: int
    first: str
    last: str
    mentioned_as: list[tuple[str, int]]


def sides_of(project: Project, uuids: list[UUID], role: Role | None) -> list[Side]:
    """In the order asked for; merged ones as their survivors, each once, anonymous ones left out. Ten queries
    a side: a page shows a few."""
    asked = Actor.objects.filter(project=project, uuid__in=uuids).select_related("survivor__kind")
    found = {actor.uuid: actor.survivor for actor in asked}
    ordered = {found[uuid].pk: found[uuid] for uuid in uuids if uuid in found}
    return [_side(actor, role) for actor in ordered.values() if actor.naming != Naming.ANONYMOUS]


def _side(actor: Actor, role: Role | None) -> Side:
    standing = standing_of(actor, Role.VIEWER)
    counted = heard(actor.project, role).filter(pk=actor.pk).first()
    mentions = ActorMention.objects.filter(actor__survivor=actor.pk)
    words = (
        mentions.values_list("annotation__quotes")
        .annotate(n=Count("pk"))
        .order_by("-n", "annotation__quotes")
    )
    return Side(
        actor=actor,
        names=standing.names,
        identifiers=standing.identifiers,
        ties=standing.ties,
        n_claims=counted.n_claims if counted else 0,
        n_passed_on=counted.n_passed_on if counted else 0,
        n_articles=counted.n_articles if counted else 0,
        n_mentions=mentions.count(),
        first=(counted.first_date or "") if counted else "",
        last=(counted.last_date or "") if counted else "",
        mentioned_as=[(" … ".join(quotes), n) for quotes, n in words],
    )


def candidates(project: Project, actor: Actor, sought: str) -> list[Actor]:
    """Actors of that name or alias, to merge with or to resolve to: not itself, not merged, not anonymous."""
    named = named_like(Actor.objects.filter(project=project, merged_into=None), sought)
    free = named.exclude(pk=actor.pk).exclude(naming=Naming.ANONYMOUS)
    return list(free.select_related("kind").order_by("name", "pk")[:FOUND_AT_MOST])


def label_of(actor: Actor) -> Label | None:
    return labels_of([actor]).get(actor.pk) if actor.article_id else None


def merge_of(project: Project, uuid: UUID) -> ActorMerge | None:
    return ActorMerge.objects.filter(project=project, uuid=uuid).select_related("merged", "survivor").first()


def resolution_of(project: Project, uuid: UUID) -> ActorResolution | None:
    found = ActorResolution.objects.filter(project=project, uuid=uuid)
    return found.select_related("anonymous", "named").first()
