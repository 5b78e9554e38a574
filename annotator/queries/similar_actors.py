"""Actors who are called much as a new one would be: shown before it is made, with the reason."""

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Q, Value, When

from annotator.detect.names import Called, bare, meant
from annotator.detect.similar_names import SimilarName, similar_names
from annotator.models import Actor, ActorAlias, Naming
from sources.models import Article, Project, Role

from .actors_open import actors_open_to
from .annotation_json import Json, actors_json
from .identities import other_names
from .visibility import seen_by

MOST_READ = 2000  # actors that are compared: of the article, with letters in common, then the newest
MOST_ALIASES = 2000  # of all of them together
MOST_WORDS = 5  # words of a name that are looked for
BEGINNING = 3  # code points of a word that are looked for


def similar_actors(
    project: Project, name: str, article: Article | None = None, role: Role | None = Role.VIEWER
) -> list[Json]:
    """Each as contract ACTOR with its `reason`; `here` where the article names it, and `first` where it alone
    of the article's can be meant: a surname means the full name; where two could be meant nobody is first.
    Nobody anonymous is among them. At most five queries."""
    here = _named_in(article, role) if article else frozenset()
    uuids, people = _compared(project, name, here, role)
    first = meant(name, (one for one in people if one.key in here))
    found = similar_names(name, people, here)
    if first is not None and first not in {one.key for one in found}:
        found.append(SimilarName(first, "can be meant in this article", 0))
    told = {one["uuid"]: one for one in actors_json(Actor.objects.filter(pk__in=[one.key for one in found]))}
    return [
        {**told[uuids[one.key]], "reason": one.reason, "first": one.key == first, "here": one.key in here}
        for one in sorted(found, key=lambda one: one.key != first)
    ]


def _named_in(article: Article, role: Role | None) -> frozenset[int]:
    """Survivors of those whom the article's texts mention or let speak. One query."""
    claim = "attributions__attribution__claim"
    mentioned = Actor.objects.filter(mentions__annotation__snapshot__article=article)
    speaking = Actor.objects.filter(
        seen_by(role, claim), **{f"{claim}__annotation__snapshot__article": article}
    )
    found = mentioned.values_list("survivor", flat=True).union(speaking.values_list("survivor", flat=True))
    return frozenset(survivor for survivor in found if survivor is not None)


def _compared(
    project: Project, name: str, here: frozenset[int], role: Role | None
) -> tuple[dict[int, str], list[Called]]:
    """UUIDs by key, and names. Two queries."""
    near = reduce(or_, _beginnings(project, name), Q(pk__in=here))
    actors = actors_open_to(project, role).filter(merged_into=None, article=None)
    actors = actors.exclude(naming=Naming.ANONYMOUS)
    ordered = actors.alias(far=Case(When(near, then=Value(0)), default=Value(1))).order_by("far", "-pk")
    rows = list(ordered.values_list("pk", "uuid", "name", "kind__key")[:MOST_READ])
    others = other_names([row[0] for row in rows])
    return {row[0]: str(row[1]) for row in rows}, list(_called(rows, others))


def _called(rows: list[Any], others: dict[int, list[str]]) -> Iterator[Called]:
    """With aliases as long as there is room for them, so that many long ones cannot keep a reader waiting."""
    room = MOST_ALIASES
    for key, _, name, kind in rows:
        aliases = tuple(others.get(key, ())[:room])
        room -= len(aliases)
        # surnames are asked of people, and of those whose kind is not known
        yield Called(key, name, aliases, person=kind in ("person", "unknown"))


def _beginnings(project: Project, name: str) -> list[Q]:
    """Whose name or alias holds the beginning of one of the words, the last ones first: surnames."""
    wanted = {word[:BEGINNING] for word in [*bare(name), *name.casefold().split()][-MOST_WORDS:]}
    return [
        condition
        for start in sorted(wanted)
        for condition in (
            Q(name__icontains=start),
            Q(
                pk__in=ActorAlias.objects.filter(project=project, name__icontains=start).values(
                    "actor__survivor"
                )
            ),
        )
    ]
