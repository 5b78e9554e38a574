"""Who said it, through whom: a claim's chains, written as a whole."""

from collections.abc import Set
from uuid import UUID

from django.db.models import QuerySet

from annotator.intents.attribution import Link, Source
from annotator.intents.refusal import Refused
from annotator.models import (
    Actor,
    Attribution,
    AttributionSource,
    Claim,
    Code,
    Facet,
    Kind,
    Party,
    SupportingSpan,
)
from sources.models import Snapshot, User

from . import actors, codebook, dates, parties, supporting
from .gathering import insert
from .mentions import mention_of, row_of

LINK_JUDGED = (
    *("role", "act", "basis", "quotation_type", "occasion", "repeated"),
    *("said_on", "said_on_basis", "said_on_confidence"),
)
"""What is stored of a link as it is said."""
Leaving = list[Attribution | AttributionSource | Party]
"""What is no part of a claim any more, and goes once its words have gone over to what is."""


def write_chains(
    *,
    by: User | None,
    claim: Claim,
    snapshot: Snapshot,
    chains: tuple[tuple[Link, ...], ...],
    wanted: Set[UUID],
    new: bool,
) -> Leaving:
    """Make the claim's chains be exactly `chains`, but for what is returned: the caller lets it go when
    all of the claim is written. Links keep their identity by chain and position.

    `wanted` are the words of the whole claim: those that another part of it has now change hands. `new`: the
    claim was made in this act and has no chains yet.
    """
    current = {} if new else {(a.chain, a.position): a for a in Attribution.objects.filter(claim=claim)}
    leaving: Leaving = []
    for c, chain in enumerate(chains, start=1):
        for p, link in enumerate(chain):
            attribution = current.pop((c, p), None) or Attribution(
                project_id=claim.project_id, claim=claim, chain=c, position=p
            )
            leaving += _write_link(by, attribution, snapshot, link, wanted, f"claim.chains.{c - 1}.{p}")
    return [*leaving, *current.values()]


def let_go(leaving: Leaving) -> None:
    """Delete them with the words that nothing took over."""
    for one in leaving:
        if isinstance(one, Attribution):
            _delete(one)
        elif isinstance(one, AttributionSource):
            delete_source(one)
        else:
            parties.delete(one)


def _write_link(
    by: User | None,
    attribution: Attribution,
    snapshot: Snapshot,
    link: Link,
    wanted: Set[UUID],
    field: str,
) -> Leaving:
    for name in LINK_JUDGED:
        setattr(attribution, name, getattr(link, name))
    days = dates.bounds(link.said_on, f"{field}.said_on")
    attribution.said_on_min, attribution.said_on_max = days
    new = attribution.pk is None
    if new:
        insert(attribution)
    else:
        attribution.save()
    stored = [] if new else list(_sources_of(attribution))
    named: set[int] = set()
    kept: set[int] = set()
    for position, source in enumerate(link.sources):
        at = f"{field}.sources.{position}"
        actor = actors.chosen(by=by, project=snapshot.project, snapshot=snapshot, choice=source.who, field=at)
        free = (row for row in stored if row.pk not in kept)
        row = row_of(free, actor, actors.named_in(source.who)) or AttributionSource(
            project_id=attribution.project_id, attribution=attribution, actor=actor
        )
        # Two that were merged meanwhile are one; the second must not silently overwrite the first.
        if row.pk is None and actor.pk in named:
            raise Refused(f"{at}.actor", "source_once", f"{actor} stands twice in one link")
        named.add(actor.pk)
        _write_source(by, row, snapshot, actor, source, position, at, wanted, new)
        kept.add(row.pk)
    # What was said of one merged into a speaker who stays is kept for the day the merge is undone.
    gone = [row for row in stored if row.pk not in kept and row.actor.survivor_id not in named]
    supporting.sync(
        by=by,
        snapshot=snapshot,
        kind=Kind.CUE,
        spans=link.cues,
        field=f"{field}.cues",
        elsewhere=wanted,
        new=new,
        cue_types=_cue_types(snapshot, link, f"{field}.cues"),
        link=attribution,
    )
    _write_setting(by, attribution, snapshot, link, wanted, field, new)
    deaf = parties.write(
        by=by,
        snapshot=snapshot,
        owner=attribution,
        wanted=link.addressees,
        elsewhere=wanted,
        field=f"{field}.addressees",
        new=new,
    )
    return [*gone, *deaf]


def _write_setting(
    by: User | None,
    attribution: Attribution,
    snapshot: Snapshot,
    link: Link,
    wanted: Set[UUID],
    field: str,
    new: bool,
) -> None:
    """The words that say in what setting and when it was said."""
    for kind, span, name in (
        (Kind.OCCASION, link.occasion_span, "occasion_span"),
        (Kind.TIME, link.time_span, "time_span"),
    ):
        supporting.sync(
            by=by,
            snapshot=snapshot,
            kind=kind,
            spans=(span,) if span else (),
            field=f"{field}.{name}",
            elsewhere=wanted,
            new=new,
            link=attribution,
        )


def _cue_types(snapshot: Snapshot, link: Link, field: str) -> dict[UUID, Code | None]:
    """By cue, the code of its type, of those that say one; None of those that are to have none. Raises
    Refused."""
    untyped: dict[UUID, Code | None] = {cue.uuid: None for cue in link.cues if cue.untyped}
    return untyped | {
        cue.uuid: codebook.code(snapshot.project, Facet.CUE_TYPE, cue.cue_type, f"{field}.{i}.cue_type")
        for i, cue in enumerate(link.cues)
        if cue.cue_type
    }


def _sources_of(attribution: Attribution) -> QuerySet[AttributionSource]:
    return (
        AttributionSource.objects.filter(attribution=attribution).select_related("actor").order_by("position")
    )


def _write_source(
    by: User | None,
    row: AttributionSource,
    snapshot: Snapshot,
    actor: Actor,
    source: Source,
    position: int,
    field: str,
    wanted: Set[UUID],
    new: bool,
) -> None:
    """`row` is the source's, stored or not yet; `new`: its attribution was made in this act."""
    mention = None
    if source.mention is not None:
        mention = mention_of(actor, source.mention, snapshot, f"{field}.mention")
        # Read from words that mean a merged actor, it is that actor's, also once the merge is undone.
        if not new:
            give_way(row, mention.actor_id)
        row.actor_id = mention.actor_id
    row.mention, row.position = mention, position
    row.role_at_time, row.jointly = source.role_at_time, source.jointly
    row.basis, row.confidence = source.basis, source.confidence
    if row.pk is None:
        insert(row)
    else:
        row.save()
    supporting.sync(
        by=by,
        snapshot=snapshot,
        kind=Kind.ROLE,
        spans=(source.role_span,) if source.role_span else (),
        field=f"{field}.role_span",
        elsewhere=wanted,
        new=new,
        source=row,
    )


def give_way(row: AttributionSource, actor_id: int) -> None:
    """Take out another row of the same link and actor, whose place `row` takes."""
    taken = AttributionSource.objects.filter(attribution_id=row.attribution_id, actor_id=actor_id)
    for other in taken.exclude(pk=row.pk) if row.attribution_id else ():
        delete_source(other)


def delete_source(source: AttributionSource) -> None:
    for span in SupportingSpan.objects.filter(source=source):
        supporting.detach(span)
    AttributionSource.objects.filter(pk=source.pk).delete()


def _delete(attribution: Attribution) -> None:
    for span in SupportingSpan.objects.filter(link=attribution):
        supporting.detach(span)
    for source in AttributionSource.objects.filter(attribution=attribution):
        delete_source(source)
    for party in Party.objects.filter(attribution=attribution):
        parties.delete(party)
    Attribution.objects.filter(pk=attribution.pk).delete()
