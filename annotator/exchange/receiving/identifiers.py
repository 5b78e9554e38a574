"""Which identifier each thing of a bundle gets here.

The file's own, unless that is in use by another project: then one derived from it and the project, the same
each time. One that was derived once stays so, also when its own becomes free. What a reader made, where the
file has none, is derived always, taken or not: it is made of words that can be guessed, and whoever saw it
taken would know that another project has them. The project's own UUID, which is told nowhere, keeps what is
derived from being guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Model

from annotator.exchange.importers.bundle import Bundle, as_uuid, made_by_reader
from annotator.models import Actor, Annotation, ClaimRelation, Event
from sources.models import Project

_AT_ONCE = 5_000


def name_here(project: Project, written: str, taken: Mapping[str, str]) -> str:
    """The identifier here of one as a bundle writes it; `taken` is what `taken_elsewhere` found for it."""
    own = canonical(written)
    return str(_derived(project, own)) if _made(own) else taken.get(own, own)


def taken_elsewhere(project: Project, bundle: Bundle) -> dict[str, str]:
    """By canonical identifier of the file's own the one to use here, where that is another."""
    found: dict[str, str] = {}
    marked = chain(
        (str(one.uuid) for document in bundle.documents for one in document.placed),
        chain.from_iterable(_spans(one.body) for document in bundle.documents for one in document.placed),
        chain.from_iterable(_spans(actor.body) for actor in bundle.actors),
        chain.from_iterable(_spans(list(event.slots.values())) for event in bundle.events),
    )
    for model, uuids in (
        (Annotation, marked),
        (Actor, (str(actor.uuid) for actor in bundle.actors)),
        (Event, (str(event.uuid) for event in bundle.events)),
        (ClaimRelation, (str(relation.uuid) for relation in bundle.relations)),
    ):
        asked = [one for one in dict.fromkeys(map(canonical, uuids)) if not _made(one)]
        for first in range(0, len(asked), _AT_ONCE):
            found |= _taken(model, project, asked[first : first + _AT_ONCE])
    return found


def canonical(written: str) -> str:
    """A UUID in the one way it is written here; what is none stays, to be refused where it is read."""
    own = as_uuid(written)
    return str(own) if own else written


def _spans(body: Any) -> Iterator[str]:
    """The identifiers of all spans in a body."""
    if isinstance(body, list | tuple):
        yield from chain.from_iterable(map(_spans, body))
    elif isinstance(body, Mapping):
        if ("extent" in body or "quotes" in body) and as_uuid(body.get("uuid")):
            yield body["uuid"]
        yield from chain.from_iterable(map(_spans, body.values()))


def _made(written: str) -> bool:
    own = as_uuid(written)
    return own is not None and made_by_reader(own)


def _derived(project: Project, own: str) -> UUID:
    return uuid5(project.uuid, own)


def _taken(model: type[Model], project: Project, uuids: Iterable[str]) -> dict[str, str]:
    derived = {one: _derived(project, one) for one in uuids}
    asked = [*map(UUID, derived), *derived.values()]
    rows = model._default_manager.filter(uuid__in=asked).values_list("uuid", "project_id")
    where: dict[UUID, int] = dict(rows)
    return {
        one: str(other)
        for one, other in derived.items()
        if where.get(UUID(one), project.pk) != project.pk or where.get(other) == project.pk
    }
