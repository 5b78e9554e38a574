"""Whom words of a text mean, and which stored row is whose once actors were merged."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from annotator.intents.refusal import Refused
from annotator.models import Actor, ActorMention, AttributionSource, Party
from sources.models import Snapshot

from .gathering import asked, gathered

Row = TypeVar("Row", AttributionSource, Party)


def mention_of(actor: Actor, uuid: UUID, snapshot: Snapshot, field: str) -> ActorMention:
    """The mention of that identifier. Raises Refused when it is none of `actor` or of one merged with it, in
    this text."""
    mention = gathered(ActorMention, uuid)
    if mention is None:
        mention = asked((ActorMention, uuid, snapshot.pk), lambda: _stored(uuid, snapshot))
    elif mention.annotation.snapshot_id != snapshot.pk:
        mention = None
    if mention is None:
        raise Refused(field, "exists", "is not a mention of an actor in this text")
    if mention.actor.survivor_id != actor.survivor_id:
        raise Refused(field, "mention_of_actor", "is a mention of somebody else")
    return mention


def _stored(uuid: UUID, snapshot: Snapshot) -> ActorMention | None:
    mentions = ActorMention.objects.filter(annotation__uuid=uuid, annotation__snapshot=snapshot)
    return mentions.select_related("actor").first()


def row_of(stored: Iterable[Row], actor: Actor, asked: UUID | None) -> Row | None:
    """Of the rows at hand that actor's: the very one named, else one who was merged with it.

    So a merged actor's row stays its own when the claim is saved again under the survivor's name. Whichever
    of the two was read before a merge that happens meanwhile, the row is found.
    """
    free = [
        row
        for row in stored
        if row.actor is not None
        and (row.actor.uuid == asked or actor.pk in (row.actor_id, row.actor.survivor_id))
    ]
    exact = [row for row in free if row.actor is not None and row.actor.uuid == asked]
    return next(iter(exact or free), None)
