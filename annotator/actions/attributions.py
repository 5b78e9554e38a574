"""Who said it, through whom: a claim's chains, written as a whole."""

from annotator.intents.claim import Link, Source
from annotator.intents.refusal import Refused
from annotator.models import ActorMention, Attribution, AttributionSource, Claim, Kind, SupportingSpan
from sources.models import Snapshot, User

from . import actors, supporting


def write_chains(
    *, by: User | None, claim: Claim, snapshot: Snapshot, chains: tuple[tuple[Link, ...], ...]
) -> None:
    """Make the claim's chains be exactly `chains`. Links keep their identity by chain and position."""
    current = {(a.chain, a.position): a for a in Attribution.objects.filter(claim=claim)}
    for c, chain in enumerate(chains, start=1):
        for p, link in enumerate(chain):
            attribution = current.pop((c, p), None) or Attribution(
                project_id=claim.project_id, claim=claim, chain=c, position=p
            )
            _write_link(by, attribution, snapshot, link, f"claim.chains.{c - 1}.{p}")
    for gone in current.values():
        _delete(gone)


def _write_link(
    by: User | None, attribution: Attribution, snapshot: Snapshot, link: Link, field: str
) -> None:
    attribution.role, attribution.act, attribution.basis = link.role, link.act, link.basis
    attribution.quotation_type = link.quotation_type
    attribution.save()
    kept = set()
    for position, source in enumerate(link.sources):
        kept.add(_write_source(by, attribution, snapshot, source, position, f"{field}.sources.{position}"))
    for gone in AttributionSource.objects.filter(attribution=attribution).exclude(pk__in=kept):
        _delete_source(gone)
    supporting.sync(
        by=by, snapshot=snapshot, kind=Kind.CUE, spans=link.cues, field=f"{field}.cues", link=attribution
    )


def _write_source(
    by: User | None, attribution: Attribution, snapshot: Snapshot, source: Source, position: int, field: str
) -> int:
    actor = actors.chosen(by=by, project=snapshot.project, snapshot=snapshot, choice=source.who, field=field)
    mention = None
    if source.mention is not None:
        mention = ActorMention.objects.filter(
            annotation__uuid=source.mention, annotation__snapshot=snapshot
        ).first()
        if mention is None:
            raise Refused(f"{field}.mention", "exists", "is not a mention of an actor in this text")
        if mention.actor_id != actor.pk:
            raise Refused(f"{field}.mention", "mention_of_actor", "is a mention of somebody else")
    row, _ = AttributionSource.objects.update_or_create(
        attribution=attribution,
        actor=actor,
        defaults={
            "project_id": attribution.project_id,
            "position": position,
            "mention": mention,
            "role_at_time": source.role_at_time,
            "jointly": source.jointly,
        },
    )
    supporting.sync(
        by=by,
        snapshot=snapshot,
        kind=Kind.ROLE,
        spans=(source.role_span,) if source.role_span else (),
        field=f"{field}.role_span",
        source=row,
    )
    return row.pk


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
