"""Whether a request asks for what already is: then it is a repeated one, whose answer got lost."""

from typing import Any

from django.db.models import Prefetch

from annotator.intents.actor import ActorChoice
from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.claim import ClaimContent, Link
from annotator.intents.span import Span
from annotator.models import (
    ActorMention,
    Annotation,
    Attribution,
    AttributionSource,
    Claim,
    ClaimTopic,
    EventMention,
    Quantity,
    Status,
    SupportingSpan,
)

Place = tuple[Any, Any, Any]
"""Identifier, extent and words of a span."""


def asks_for_what_is(existing: Annotation, intent: PlaceAnnotation) -> bool:
    """In doubt no: an actor that was merged meanwhile, or a withdrawn claim, is not what was asked for."""
    if existing.extent != intent.span.extent:
        return False
    if intent.claim is not None:
        return _claim_is(existing, intent.claim)
    if intent.actor is not None:
        return ActorMention.objects.filter(pk=existing.pk, actor__uuid=_actor(intent.actor)).exists()
    assert intent.event is not None  # noqa: S101  one of the three is set
    wanted = intent.event.new_event.uuid if intent.event.new_event else intent.event.event
    return EventMention.objects.filter(pk=existing.pk, event__uuid__in=[wanted]).exists()


def _claim_is(existing: Annotation, wanted: ClaimContent) -> bool:
    claim = Claim.objects.select_related("type", "addressee", "inside").get(pk=existing.pk)
    if claim.withdrawn_at is not None or _judgements(claim) != _wanted_judgements(wanted):
        return False
    topics = ClaimTopic.objects.filter(claim=claim).values_list("topic__key", flat=True)
    return (
        set(topics) == set(wanted.topics)
        and _quantities(claim)
        == [(q.what, q.low, q.high, q.unit, q.words, q.event) for q in wanted.quantities]
        and _places(SupportingSpan.objects.filter(claim=claim)) == _wanted_places(wanted.time_span)
        and _chains(claim) == _wanted_chains(wanted)
    )


def _judgements(claim: Claim) -> tuple[Any, ...]:
    return (
        claim.type.key,
        claim.paraphrase,
        claim.quotation_type,
        claim.polarity,
        claim.negated,
        claim.certainty,
        claim.voice,
        claim.basis,
        claim.said_on,
        claim.addressee.uuid if claim.addressee else None,
        claim.inside.uuid if claim.inside else None,
        claim.status == Status.DRAFT,
    )


def _wanted_judgements(wanted: ClaimContent) -> tuple[Any, ...]:
    return (
        wanted.type,
        wanted.paraphrase,
        wanted.quotation_type,
        wanted.polarity,
        wanted.negated,
        wanted.certainty,
        wanted.voice,
        wanted.basis,
        wanted.said_on,
        wanted.addressee,
        wanted.inside,
        wanted.status == Status.DRAFT,
    )


def _quantities(claim: Claim) -> list[tuple[Any, ...]]:
    stored = Quantity.objects.filter(claim=claim).order_by("pk")
    return list(stored.values_list("what", "low", "high", "unit", "words", "event__uuid"))


def _chains(claim: Claim) -> list[tuple[Any, ...]]:
    spans = SupportingSpan.objects.select_related("annotation")
    sources = AttributionSource.objects.select_related("actor", "mention__annotation").order_by("position")
    links = Attribution.objects.filter(claim=claim).order_by("chain", "position")
    return [
        (
            (link.chain - 1, link.position, link.role, link.act, link.basis, link.quotation_type),
            [
                (
                    source.actor.uuid,
                    source.mention.annotation.uuid if source.mention else None,
                    source.role_at_time,
                    source.jointly,
                    _places(source.role_spans.all()),
                )
                for source in link.sources.all()
            ],
            _places(link.cues.all()),
        )
        for link in links.prefetch_related(
            Prefetch("sources", sources), Prefetch("sources__role_spans", spans), Prefetch("cues", spans)
        )
    ]


def _wanted_chains(wanted: ClaimContent) -> list[tuple[Any, ...]]:
    return [_wanted_link(c, p, link) for c, chain in enumerate(wanted.chains) for p, link in enumerate(chain)]


def _wanted_link(chain: int, position: int, link: Link) -> tuple[Any, ...]:
    return (
        (chain, position, link.role, link.act, link.basis, link.quotation_type),
        [
            (_actor(s.who), s.mention, s.role_at_time, s.jointly, _wanted_places(s.role_span))
            for s in link.sources
        ],
        _wanted_places(*link.cues),
    )


def _actor(choice: ActorChoice) -> Any:
    return choice.new_actor.uuid if choice.new_actor else choice.actor


def _places(spans: Any) -> set[Place]:
    return {(s.annotation.uuid, s.annotation.extent, tuple(s.annotation.quotes)) for s in spans}


def _wanted_places(*spans: Span | None) -> set[Place]:
    return {(s.uuid, s.extent, s.quotes) for s in spans if s is not None}
