"""Who said it, through whom: a claim's chains, written as a whole."""

from uuid import UUID

from annotator.intents.attribution import Link, Source
from annotator.intents.refusal import Refused
from annotator.models import (
    Actor,
    ActorMention,
    Attribution,
    AttributionSource,
    Claim,
    Code,
    Facet,
    Kind,
    SupportingSpan,
)
from sources.models import Snapshot, User

from . import actors, codebook, supporting


def write_chains(
    *, by: User | None, claim: Claim, snapshot: Snapshot, chains: tuple[tuple[Link, ...], ...], new: bool
) -> None:
    """Make the claim's chains be exactly `chains`. Links keep their identity by chain and position.

    `new`: the claim was made in this act and has no chains yet.
    """
    current = {} if new else {(a.chain, a.position): a for a in Attribution.objects.filter(claim=claim)}
    cues = frozenset(cue.uuid for chain in chains for link in chain for cue in link.cues)
    for c, chain in enumerate(chains, start=1):
        for p, link in enumerate(chain):
            attribution = current.pop((c, p), None) or Attribution(
                project_id=claim.project_id, claim=claim, chain=c, position=p
            )
            _write_link(by, attribution, snapshot, link, cues, f"claim.chains.{c - 1}.{p}")
    for gone in current.values():
        _delete(gone)


def _write_link(
    by: User | None,
    attribution: Attribution,
    snapshot: Snapshot,
    link: Link,
    cues: frozenset[UUID],
    field: str,
) -> None:
    """`cues` are those of the whole claim, so that one that moves to another link is not deleted first."""
    attribution.role, attribution.act, attribution.basis = link.role, link.act, link.basis
    attribution.quotation_type = link.quotation_type
    new = attribution.pk is None
    attribution.save()
    kept: set[int] = set()
    for position, source in enumerate(link.sources):
        at = f"{field}.sources.{position}"
        actor = actors.chosen(by=by, project=snapshot.project, snapshot=snapshot, choice=source.who, field=at)
        # Two that were merged meanwhile are one; the second must not silently overwrite the first.
        if actor.pk in kept:
            raise Refused(f"{at}.actor", "source_once", f"{actor} stands twice in one link")
        kept.add(actor.pk)
        _write_source(by, attribution, snapshot, actor, source, position, at, new)
    if not new:
        for gone in AttributionSource.objects.filter(attribution=attribution).exclude(actor__in=kept):
            _delete_source(gone)
    supporting.sync(
        by=by,
        snapshot=snapshot,
        kind=Kind.CUE,
        spans=link.cues,
        field=f"{field}.cues",
        elsewhere=cues,
        new=new,
        cue_types=_cue_types(snapshot, link, f"{field}.cues"),
        link=attribution,
    )


def _cue_types(snapshot: Snapshot, link: Link, field: str) -> dict[UUID, Code]:
    """By cue, the code of its type, of those that say one. Raises Refused."""
    return {
        cue.uuid: codebook.code(snapshot.project, Facet.CUE_TYPE, cue.cue_type, f"{field}.{i}.cue_type")
        for i, cue in enumerate(link.cues)
        if cue.cue_type
    }


def _write_source(
    by: User | None,
    attribution: Attribution,
    snapshot: Snapshot,
    actor: Actor,
    source: Source,
    position: int,
    field: str,
    new: bool,
) -> None:
    """`new`: the attribution was made in this act and has no sources yet."""
    mention = None
    if source.mention is not None:
        mention = mention_of(actor, source.mention, snapshot, f"{field}.mention")
    columns = {
        "project_id": attribution.project_id,
        "position": position,
        "mention": mention,
        "role_at_time": source.role_at_time,
        "jointly": source.jointly,
        "basis": source.basis,
        "confidence": source.confidence,
    }
    sources = AttributionSource.objects
    if new:
        row = sources.create(attribution=attribution, actor=actor, **columns)
    else:
        row, _ = sources.update_or_create(attribution=attribution, actor=actor, defaults=columns)
    supporting.sync(
        by=by,
        snapshot=snapshot,
        kind=Kind.ROLE,
        spans=(source.role_span,) if source.role_span else (),
        field=f"{field}.role_span",
        new=new,
        source=row,
    )


def mention_of(actor: Actor, uuid: UUID, snapshot: Snapshot, field: str) -> ActorMention:
    """The mention of that identifier. Raises Refused when it is none of `actor` in this text."""
    mention = ActorMention.objects.filter(annotation__uuid=uuid, annotation__snapshot=snapshot).first()
    if mention is None:
        raise Refused(field, "exists", "is not a mention of an actor in this text")
    if mention.actor_id != actor.pk:
        raise Refused(field, "mention_of_actor", "is a mention of somebody else")
    return mention


def _delete_source(source: AttributionSource) -> None:
    for span in SupportingSpan.objects.filter(source=source):
        supporting.detach(span)
    AttributionSource.objects.filter(pk=source.pk).delete()


def _delete(attribution: Attribution) -> None:
    for span in SupportingSpan.objects.filter(link=attribution):
        supporting.detach(span)
    for source in AttributionSource.objects.filter(attribution=attribution):
        _delete_source(source)
    Attribution.objects.filter(pk=attribution.pk).delete()
