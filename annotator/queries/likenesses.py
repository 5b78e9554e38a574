"""Actors who may be one: proposed by their names with a reason, until somebody says perhaps or no."""

from dataclasses import dataclass

from django.db.models import Q

from annotator.detect.names import Called, proposals
from annotator.models import Actor, ActorComparison, Naming, Sameness
from sources.models import Project, Role

from .actors_open import actors_open_to, among_open
from .heard import heard
from .identities import other_names

SHOWN_AT_MOST = 100


@dataclass(frozen=True)
class Alike:
    """Two who may be one, and why; how many claims are whose; what was said of it, if anything."""

    first: Actor
    second: Actor
    reason: str
    n_first: int = 0
    n_second: int = 0
    said: ActorComparison | None = None


@dataclass(frozen=True)
class Likenesses:
    """`total` is the number of proposals, of which the first are listed; then what somebody said."""

    proposed: list[Alike]
    total: int
    perhaps: list[Alike]
    different: list[Alike]


def likenesses(project: Project, role: Role | None) -> Likenesses:
    """Nobody anonymous is among them, nobody of whom a visitor of that role is not told, and no pair that
    somebody has spoken on. Four queries."""
    named = actors_open_to(project, role).filter(merged_into=None).exclude(naming=Naming.ANONYMOUS)
    actors = {actor.pk: actor for actor in named.select_related("kind").order_by("pk")}
    names = other_names(actors)
    said = {pair: one for pair, one in _said(project).items() if role or actors.keys() >= set(pair)}
    found = [
        proposal
        for proposal in proposals(_called(actor, names.get(key, [])) for key, actor in actors.items())
        if (proposal.first, proposal.second) not in said
    ]
    found.sort(key=lambda p: (actors[p.first].name.lower(), actors[p.second].name.lower(), p.first))
    shown = found[:SHOWN_AT_MOST]
    spoken = heard(project, role).filter(pk__in={key for p in shown for key in (p.first, p.second)})
    claims = dict(spoken.order_by().values_list("pk", "n_claims"))
    return Likenesses(
        proposed=[
            Alike(
                actors[p.first],
                actors[p.second],
                p.reason,
                claims.get(p.first, 0),
                claims.get(p.second, 0),
            )
            for p in shown
        ],
        total=len(found),
        perhaps=_spoken(said, Sameness.PERHAPS),
        different=_spoken(said, Sameness.DIFFERENT),
    )


def _called(actor: Actor, others: list[str]) -> Called:
    """Surnames are asked of people, and of those whose kind is not known."""
    return Called(actor.pk, actor.name, tuple(others), person=actor.kind.key in ("person", "unknown"))


def _said(project: Project) -> dict[tuple[int, int], ActorComparison]:
    """By the pair of survivors, what was said of them last; those who are one by now left out."""
    rows = ActorComparison.objects.filter(project=project).select_related(
        "first__survivor", "second__survivor", "by"
    )
    told = {}
    for row in rows.order_by("at", "pk"):
        first, second = sorted((row.first.survivor_id, row.second.survivor_id))
        if first != second:
            told[first, second] = row
    return told


def _spoken(said: dict[tuple[int, int], ActorComparison], sameness: str) -> list[Alike]:
    return [
        Alike(row.first.survivor, row.second.survivor, row.note, said=row)
        for row in said.values()
        if row.sameness == sameness
    ]


def perhaps_of(actor: Actor, role: Role | None) -> list[tuple[Actor, ActorComparison]]:
    """Who may be the same as this actor, as somebody said; of those whom a visitor of that role is told of.
    One query, for readers two."""
    rows = ActorComparison.objects.filter(
        Q(first__survivor=actor.pk) | Q(second__survivor=actor.pk), sameness=Sameness.PERHAPS
    ).select_related("first__survivor", "second__survivor", "by")
    others = [
        (row.second.survivor if row.first.survivor_id == actor.pk else row.first.survivor, row)
        for row in rows.order_by("pk")
    ]
    others = [(other, row) for other, row in others if other.pk != actor.pk]
    return others if role else among_open(actor.project, others, lambda pair: pair[0].pk)
