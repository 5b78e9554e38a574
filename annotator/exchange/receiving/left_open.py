"""What of a bundle is still to be completed: looked up for all of it at once, since most of what is taken in
again was completed the first time."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from annotator.exchange.importers.bundle import ActorEntry, EventEntry
from annotator.intents.relation import RelateClaims
from annotator.models import Actor, ActorResolution, ClaimRelation, Event
from sources.models import Project

_AT_ONCE = 5_000


def events_open(project: Project, entries: Iterable[tuple[str, EventEntry]]) -> set[str]:
    """Those that the file says more of and nobody here has changed, by identifier."""
    told = (uuid for uuid, entry in entries if entry.participants or entry.slots)
    return {
        str(uuid)
        for some in _parts(told)
        for uuid in Event.objects.filter(
            project=project, uuid__in=some, version=1, merged_into=None
        ).values_list("uuid", flat=True)
    }


def actors_open(project: Project, entries: Iterable[tuple[str, ActorEntry]]) -> set[str]:
    """Those of whom the file knows more and whom nobody here has changed, and the anonymous of whom it says
    who they are, which nobody here did; by identifier."""
    told = {uuid: entry for uuid, entry in entries if entry.record or entry.resolved is not None}
    found = set()
    for some in _parts(told):
        rows = Actor.objects.filter(project=project, uuid__in=some)
        resolved = set(
            ActorResolution.objects.filter(anonymous__in=rows).values_list("anonymous_id", flat=True)
        )
        for key, uuid, version, merged in rows.values_list("pk", "uuid", "version", "merged_into"):
            entry = told[str(uuid)]
            untouched = version == 1 and merged is None
            if (entry.record and untouched) or (entry.resolved is not None and key not in resolved):
                found.add(str(uuid))
    return found


def relations_said(project: Project, uuids: Iterable[str]) -> set[RelateClaims]:
    """What is said here already under these identifiers, between claims that stand."""
    columns = ("uuid", "claim__uuid", "other__uuid", "kind__key", "basis", "note")
    return {
        RelateClaims(*row)
        for some in _parts(uuids)
        for row in ClaimRelation.objects.filter(
            project=project, uuid__in=some, claim__withdrawn_at=None, other__withdrawn_at=None
        ).values_list(*columns)
    }


def _parts(uuids: Iterable[str]) -> Iterator[list[UUID]]:
    left: Iterator[Any] = map(UUID, uuids)
    while some := list(islice(left, _AT_ONCE)):
        yield some
