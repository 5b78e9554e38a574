"""Actors as a list, and one with its whole record."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from annotator.models import Actor
from sources.models import Project, Role

from .actor_records import known_of
from .actors_open import actors_open_to
from .annotation_json import Json, actors_json
from .keyset import Order, whole
from .speakers import named_like

AS_MADE = Order(("pk",), (whole,), descending=False)


@dataclass(frozen=True)
class WantedActors:
    """An empty field asks for nothing; of several values any one will do. `article` is the one that an
    anonymous actor speaks in."""

    words: str = ""
    kind: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    article: UUID | None = None


def actors_like(project: Project, wanted: WantedActors, role: Role | None) -> QuerySet[Actor]:
    """Those that stand for themselves, of merged ones their survivors, and that a visitor of that role is
    told of."""
    found = actors_open_to(project, role).filter(merged_into=None)
    if wanted.words:
        found = named_like(found, wanted.words)
    if wanted.kind:
        found = found.filter(kind__key__in=wanted.kind)
    if wanted.naming:
        found = found.filter(naming__in=wanted.naming)
    return found.filter(article__uuid=wanted.article) if wanted.article else found


def record_json(actor: Actor) -> tuple[Json, int]:
    """Contract ACTOR with its `record`, as `intents.actor_record` takes it but for its version, and that
    version. `merged_into` is who stands for it, or null. At most nine queries."""
    (told,) = actors_json(Actor.objects.filter(pk=actor.pk))
    known = known_of(actor)
    record = {name: value for name, value in known.record.items() if name != "version"}
    record["aliases"] = [dict(one) for one in known.aliases]
    record["identifiers"] = [dict(one) for one in known.identifiers]
    record["belongings"] = [
        {name: value for name, value in one.items() if name != "organisation_was"} for one in known.belongings
    ]
    into = str(actor.merged_into.uuid) if actor.merged_into else None
    return told | {"record": record, "merged_into": into, "version": actor.version}, actor.version
