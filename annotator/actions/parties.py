"""Those to whom a link's speaker speaks, and at whom a claim is directed, written as a whole."""

from collections.abc import Set
from uuid import UUID

from annotator.intents import party as intents
from annotator.intents.refusal import Refused
from annotator.models import Actor, Attribution, Claim, Kind, Party, SupportingSpan
from sources.models import Snapshot, User

from . import actors, anchors, supporting, words_said
from .gathering import insert
from .mentions import mention_of, row_of


def write(
    *,
    by: User | None,
    snapshot: Snapshot,
    owner: Attribution | Claim,
    wanted: tuple[intents.Party, ...],
    elsewhere: Set[UUID],
    field: str,
    new: bool,
) -> list[Party]:
    """Make `wanted` be addressed in the link, or be the targets of the claim; those who are there besides and
    are to go, once the words wanted `elsewhere` in the claim have changed hands. Raises Refused.

    `new`: it was made in this act.

    Whoever has an actor keeps their row; those who are only described keep theirs by their words, and one
    whose words are wanted no more becomes another.
    """
    column, kind = ("claim", Kind.TARGET) if isinstance(owner, Claim) else ("attribution", Kind.ADDRESSEE)
    rows = Party.objects.select_related("actor").order_by("position", "pk")
    stored = [] if new else list(rows.filter(**{column: owner}))
    named: set[int] = set()
    described = {one.words for one in wanted if one.actor is None}
    for position, one in enumerate(wanted):
        at = f"{field}.{position}"
        actor = _who(snapshot, one, at)
        found = _stored(stored, actor, one, described)
        if found is None and actor is not None and actor.pk in named:
            raise Refused(f"{at}.actor", "party_once", f"{actor} stands twice in one list")
        row = found or Party(project_id=owner.project_id, actor=actor, **{column: owner})
        stored = [other for other in stored if other is not found]
        named |= {actor.pk} if actor else set()
        if one.span is not None:
            anchors.checked(snapshot, one.span.extent, one.span.quotes, f"{at}.span.")
        words_said.check(snapshot, [(f"{at}.words", one.words)], {row.words})
        row.position, row.words, row.mention = position, one.words, None
        if actor is not None and one.mention is not None:
            row.mention = mention_of(actor, one.mention, snapshot, f"{at}.mention")
            # Read from words that mean a merged actor, it is that actor's, also once the merge is undone.
            stored = _give_way(stored, row.mention.actor_id)
            row.actor_id = row.mention.actor_id
        if row.pk is None:
            insert(row)
        else:
            row.save()
        supporting.sync(
            by=by,
            snapshot=snapshot,
            kind=kind,
            spans=(one.span,) if one.span else (),
            field=f"{at}.span",
            elsewhere=elsewhere,
            new=found is None,
            party=row,
        )
    # What was said of one merged into somebody who stays is kept for the day the merge is undone.
    return [gone for gone in stored if gone.actor is None or gone.actor.survivor_id not in named]


def _who(snapshot: Snapshot, one: intents.Party, field: str) -> Actor | None:
    if one.actor is None:
        return None
    actor = actors.known(snapshot.project, one.actor, f"{field}.actor")
    actors.refuse_stranger(actor, snapshot, f"{field}.actor")
    return actor


def _stored(
    stored: list[Party], actor: Actor | None, one: intents.Party, described: Set[str]
) -> Party | None:
    """`described` are the words of all who are only described and wanted."""
    if actor is None:
        free = [row for row in stored if row.actor_id is None]
        same = [row for row in free if row.words == one.words]
        return next(iter(same or [row for row in free if row.words not in described]), None)
    return row_of(stored, actor, one.actor)


def _give_way(stored: list[Party], actor_id: int) -> list[Party]:
    """Take out another row of the same link and actor; those that are left."""
    for row in stored:
        if row.actor_id == actor_id:
            delete(row)
    return [row for row in stored if row.actor_id != actor_id]


def delete(party: Party) -> None:
    """With the words it was read from."""
    for span in SupportingSpan.objects.filter(party=party):
        supporting.detach(span)
    Party.objects.filter(pk=party.pk).delete()
