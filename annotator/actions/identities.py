"""Who is whom: merging actors and taking it back, resolving the anonymous, comparing the alike.

A merge moves nothing. The merged actor keeps its mentions, links and names, and points to its survivor, as
whom all queries show it; so taking it back is exact, whatever was annotated meanwhile.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Now
from psycopg.errors import LockNotAvailable

from annotator.intents.actor_record import CompareActors, MergeActors, ResolveSpeaker
from annotator.intents.refusal import Refused, Stale
from annotator.models import Actor, ActorComparison, ActorMerge, ActorResolution, Naming, Sameness
from sources.models import Project, User, acting

from . import actors

T = TypeVar("T")
TRIES = 8
PATIENCE = "300ms"  # less than PostgreSQL waits before it looks for a deadlock: a merge gives way to savers


def _giving_way(by: User | None, act: Callable[[], T]) -> T:
    """`act` in one transaction. Savers hold the actors they name for a moment and in any order, so a merge
    never waits for them with locks in its hands: it lets go and begins again. Raises Refused at last."""
    with acting(by):
        for tried in range(TRIES):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
                    return act()
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
            time.sleep(0.05 * (tried + 1))
    raise Refused("", "busy", "somebody is annotating with these actors right now; try again in a moment")


def _locked(project: Project, actors_of: Q) -> list[Actor]:
    """Those actors, in the order of their keys, kept as they are until the transaction ends."""
    found = Actor.objects.filter(actors_of, project=project).order_by("pk")
    return list(found.select_for_update(of=("self",), no_key=True))


def merge(*, by: User | None, project: Project, intent: MergeActors) -> list[ActorMerge]:
    """Each of `intent.merged` becomes its survivor's, with all that were merged into it before.

    Raises Refused for anonymous speakers, for actors already merged away and for those somebody said are
    not the same; Stale when one was edited since the page showed it, or more was merged into it.
    """
    return _giving_way(by, lambda: _merge(by, project, intent))


def _merge(by: User | None, project: Project, intent: MergeActors) -> list[ActorMerge]:
    wanted = (intent.survivor, *intent.merged)
    found = {actor.uuid: actor for actor in _locked(project, Q(uuid__in=wanted))}
    for uuid in wanted:
        field = "survivor" if uuid == intent.survivor else "merged"
        actor = found.get(uuid)
        if actor is None:
            raise Refused(field, "exists", "there is no such actor in this project")
        if actor.naming == Naming.ANONYMOUS:
            raise Refused(field, "not_anonymous", f"{actor} is anonymous: resolve them instead")
        if actor.merged_into_id is not None:
            raise Refused(field, "not_merged", f"{actor} was merged already")
    for uuid in wanted:
        if found[uuid].version != intent.versions[uuid]:
            raise Stale(found[uuid])
    survivor, away = found[intent.survivor], [found[uuid] for uuid in intent.merged]
    _refuse_different([survivor, *away])
    made = ActorMerge.objects.bulk_create(
        ActorMerge(project=project, merged=one, survivor=survivor, reason=intent.reason, by=by)
        for one in away
    )
    # One statement for all: whoever was merged into one of them before goes along, so that no chains arise.
    family = Actor.objects.filter(project=project, survivor__in=[one.pk for one in away])
    family.update(merged_into=survivor, version=F("version") + 1)
    _count_up(survivor.pk)
    return made


def _count_up(survivor: int) -> None:
    """Whoever looks at it learns that more belongs to it, or less."""
    Actor.objects.filter(pk=survivor).update(version=F("version") + 1)


def _refuse_different(actors_: list[Actor]) -> None:
    keys = [actor.pk for actor in actors_]
    said = ActorComparison.objects.filter(
        first__survivor__in=keys, second__survivor__in=keys, sameness=Sameness.DIFFERENT
    )
    if different := said.select_related("first", "second").first():
        raise Refused(
            "merged",
            "not_the_same",
            f"{different.first} and {different.second} were said not to be the same; take that back first",
        )


def undo_merge(*, by: User | None, merge: ActorMerge) -> Actor:
    """The merged actor is its own again, with what was merged into it; what was added to the survivor since
    stays there. Undoing twice is undoing once. Raises Refused while it was merged again by other ways."""
    return _giving_way(by, lambda: _undo(by, merge))


def _undo(by: User | None, merge: ActorMerge) -> Actor:
    merged = Actor.objects.get(pk=merge.merged_id)
    _locked(merged.project, Q(survivor=merged.survivor_id))
    # Undone by another since it was read, it matches nothing.
    done = ActorMerge.objects.filter(pk=merge.pk, undone_at=None).update(undone_at=Now(), undone_by=by)
    if done:
        branch = _branch(merged)
        Actor.objects.filter(pk__in=branch).update(
            merged_into=Case(
                When(pk=merged.pk, then=Value(None)), default=Value(merged.pk), output_field=BigIntegerField()
            ),
            version=F("version") + 1,
        )
        if merged.merged_into_id is not None:
            _count_up(merged.merged_into_id)
    merged.refresh_from_db()
    return merged


def _branch(actor: Actor) -> list[int]:
    """The actor's key and those of all that were merged into it, directly or not, by merges in force."""
    ends = ActorMerge.objects.filter(merged__survivor=actor.survivor_id, undone_at=None)
    into: dict[int | None, list[int]] = {}
    for merged, survivor in ends.values_list("merged", "survivor"):
        into.setdefault(survivor, []).append(merged)
    branch = [actor.pk]
    for key in branch:
        branch += into.get(key, ())
    return branch


def resolve(*, by: User | None, anonymous: Actor, intent: ResolveSpeaker) -> ActorResolution:
    """Record that the anonymous speaker is somebody known. What the article says stays as it is.

    Raises Refused: for one who is not anonymous, one who is resolved already, and a name that is anonymous.
    """
    with acting(by):
        speaker = _locked(anonymous.project, Q(pk=anonymous.pk))[0]
        if speaker.naming != Naming.ANONYMOUS:
            raise Refused("anonymous", "anonymous", f"{speaker} is not anonymous: merge them instead")
        if ActorResolution.objects.filter(anonymous=speaker, undone_at=None).exists():
            raise Refused("anonymous", "resolved_once", f"{speaker} is resolved already: take it back first")
        named = actors.known(speaker.project, intent.named, "named")
        if named.naming == Naming.ANONYMOUS:
            raise Refused("named", "not_anonymous", f"{named} is anonymous too")
        return ActorResolution.objects.create(
            project_id=speaker.project_id,
            anonymous=speaker,
            named=named,
            reason=intent.reason,
            evidence=intent.evidence,
            by=by,
        )


def undo_resolution(*, by: User | None, resolution: ActorResolution) -> None:
    """Undoing twice is undoing once."""
    with acting(by):
        standing = ActorResolution.objects.filter(pk=resolution.pk, undone_at=None)
        standing.update(undone_at=Now(), undone_by=by)


def compare(*, by: User | None, project: Project, intent: CompareActors) -> ActorComparison | None:
    """Record what somebody says of two actors who look alike, in place of what was said of the two before.

    None where it is taken back. Raises Refused for those who are nobody, or one already.
    """
    with acting(by):
        pair = [
            actors.known(project, intent.first, "first"),
            actors.known(project, intent.second, "second"),
        ]
        if pair[0].pk == pair[1].pk:
            raise Refused("second", "two_actors", "they were merged")
        first, second = sorted(pair, key=lambda actor: actor.pk)
        if not intent.sameness:
            _said_of(first, second).delete()
            return None
        said, _ = ActorComparison.objects.update_or_create(
            project=project,
            first=first,
            second=second,
            defaults={"sameness": intent.sameness, "note": intent.note, "by": by, "at": Now()},
        )
        return said


def _said_of(first: Actor, second: Actor) -> QuerySet[ActorComparison]:
    one, other = first.survivor_id, second.survivor_id
    return ActorComparison.objects.filter(
        Q(first__survivor=one, second__survivor=other) | Q(first__survivor=other, second__survivor=one)
    )
