"""Whether a request asks for what already is: then it is a repeated one, whose answer got lost."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from annotator.intents.actor import ActorChoice, NewActor
from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.attribution import Link, Source
from annotator.intents.claim import ClaimContent
from annotator.intents.event_mention import EventChoice
from annotator.intents.party import Party as WantedParty
from annotator.intents.span import Span
from annotator.models import (
    Actor,
    Annotation,
    Attribution,
    Claim,
    EventMention,
    Kind,
    Party,
    Status,
    SupportingSpan,
)
from annotator.queries.identities import one_each, parties_each

from . import actors, event_additions, events
from .attributions import LINK_JUDGED
from .claims import JUDGED
from .gathering import Gathering, asked
from .stored import Stored

Place = tuple[Any, Any, Any]
"""Identifier, extent and words of a span."""


def asks_for_what_is(existing: Annotation, intent: PlaceAnnotation) -> bool:
    """In doubt no: a withdrawn claim is not what was asked for. One who was merged is the one merged into."""
    if existing.extent != intent.span.extent:
        return False
    stored = asked((Stored, existing.pk), lambda: Stored([existing.pk]))
    if intent.claim is not None:
        return _claim_is(existing, intent.claim, stored)
    if intent.actor is not None:
        wanted = actors.named_in(intent.actor)
        actor = actors.called(wanted) if wanted else None
        mention = stored.mentions.get(existing.pk)
        named = actor and mention and actor.survivor_id == mention.actor.survivor_id
        return bool(named) and _told_as_asked(existing, intent.actor)
    assert intent.event is not None  # noqa: S101  one of the three is set
    return _event_is(existing, intent.event, stored.event_mentions[existing.pk])


def foresee(existing: Collection[Annotation], gathering: Gathering) -> None:
    """Let what is said of all of these be looked up together, by the first that asks."""
    keys = [one.pk for one in existing]
    gathering.know([(Stored, key) for key in keys], Stored(keys))


def _event_is(existing: Annotation, wanted: EventChoice, mention: EventMention) -> bool:
    if (mention.factuality, mention.factuality_words) != (wanted.factuality, wanted.factuality_words):
        return False
    if wanted.new_event is None:
        shown = events.survivor(mention.event)
        means_it = wanted.event in (mention.event.uuid, shown.uuid)
        return (
            means_it
            and (not wanted.adds or event_additions.has(shown, existing.snapshot, wanted.adds))
            and not (
                wanted.takes_back and event_additions.are_left(shown, existing.snapshot, wanted.takes_back)
            )
        )
    new = wanted.new_event
    return mention.event.uuid == new.uuid and not events.differs_in(
        mention.event, new.content, existing.snapshot
    )


def _told_as_asked(existing: Annotation, *choices: ActorChoice) -> bool:
    """Whether each new actor is stored with all that is said of it, and who is known with their reason."""
    new = {choice.new_actor.uuid: choice.new_actor for choice in choices if choice.new_actor}
    stored = Actor.objects.filter(uuid__in=new).select_related("kind") if new else ()
    return (
        all(not actors.differs_in(actor, new[actor.uuid]) for actor in stored)
        and all(_reason_is(one) for one in new.values() if one.reason_span)
        and all(_reason_stands(existing, who.actor, who) for who in choices if who.actor and who.says_reason)
    )


def _reason_stands(existing: Annotation, actor: UUID, choice: ActorChoice) -> bool:
    spans = SupportingSpan.objects.filter(actor__uuid=actor, annotation__snapshot=existing.snapshot_id)
    return _places(spans.select_related("annotation")) == _wanted_places(choice.reason_span)


def _reason_is(new: NewActor) -> bool:
    spans = SupportingSpan.objects.filter(actor__uuid=new.uuid).select_related("annotation")
    return _wanted_places(new.reason_span) <= _places(spans)


def _claim_is(existing: Annotation, wanted: ClaimContent, stored: Stored) -> bool:
    claim, key = stored.claims[existing.pk], existing.pk
    if wanted.chains or wanted.targets:
        wanted = _with_survivors(wanted)
    if claim.withdrawn_at is not None or _judgements(claim) != _wanted_judgements(wanted):
        return False
    people = (source.who for chain in wanted.chains for link in chain for source in link.sources)
    return (
        set(stored.topics[key]) == set(wanted.topics)
        and set(stored.positions[key]) == {(one.concept, one.stand) for one in wanted.positions}
        and Counter(stored.numbers[key]) == Counter(_wanted_quantities(wanted))
        and _spans(stored.spans[key]) == _wanted_spans(wanted)
        and _chains(stored.links[key]) == _wanted_chains(wanted)
        and list(map(_party, parties_each(stored.targets[key]))) == list(map(_wanted_party, wanted.targets))
        and _cue_types_are(stored.cue_types(key), wanted)
        and _told_as_asked(existing, *people)
    )


def _cue_types_are(stored: Mapping[UUID, str | None], wanted: ClaimContent) -> bool:
    """Of the cues that say their type; the others are as they are."""
    cues = (cue for chain in wanted.chains for link in chain for cue in link.cues)
    said = {cue.uuid: cue.cue_type or None for cue in cues if cue.cue_type or cue.untyped}
    return {cue: key for cue, key in stored.items() if cue in said} == said


def _judgements(claim: Claim) -> tuple[Any, ...]:
    return (
        claim.type.key,
        *(getattr(claim, name) for name in JUDGED),
        claim.inside.uuid if claim.inside else None,
        claim.status == Status.DRAFT,
    )


def _wanted_judgements(wanted: ClaimContent) -> tuple[Any, ...]:
    return (
        wanted.type,
        *(getattr(wanted, name) for name in JUDGED),
        wanted.inside,
        wanted.status == Status.DRAFT,
    )


def _spans(stored: list[SupportingSpan]) -> set[tuple[Any, ...]]:
    """When it was said, hedges, glosses and quotation marks: each with its kind and what is said of it."""
    return {(s.annotation.kind, s.whose or s.use, *_place(s)) for s in stored}


def _wanted_spans(wanted: ClaimContent) -> set[tuple[Any, ...]]:
    times = ((Kind.TIME, "", wanted.time_span), (Kind.PERIOD, "", wanted.period_span))
    said = [
        *((kind, says, span) for kind, says, span in times if span),
        *((Kind.GLOSS, "", span) for span in wanted.glosses),
        *((Kind.HEDGE, part.says, part.span) for part in wanted.hedges),
        *((Kind.QUOTED, part.says, part.span) for part in wanted.quoted),
    ]
    return {(kind.value, says, span.uuid, span.extent, span.quotes) for kind, says, span in said}


def _wanted_quantities(wanted: ClaimContent) -> list[tuple[Any, ...]]:
    named = {q.event for q in wanted.quantities if q.event}
    keys = {uuid: events.survivor(event).pk for uuid, event in events.every(named).items()}
    return [
        (q.what, q.low, q.high, q.qualifier, q.unit, q.words, keys.get(q.event, 0) if q.event else None)
        for q in wanted.quantities
    ]


def _chains(links: list[Attribution]) -> list[tuple[Any, ...]]:
    return [
        (
            (link.chain - 1, link.position, *(getattr(link, name) for name in LINK_JUDGED)),
            [
                (
                    source.actor.survivor.uuid,
                    source.mention.annotation.uuid if source.mention else None,
                    source.role_at_time,
                    (source.jointly, source.basis, source.confidence),
                    _places(source.role_spans.all()),
                )
                for source in one_each(link.sources.all())
            ],
            *(
                _places(span for span in link.cues.all() if span.annotation.kind == kind)
                for kind in (Kind.CUE, Kind.OCCASION, Kind.TIME)
            ),
            list(map(_party, parties_each(link.addressees.all()))),
        )
        for link in links
    ]


def _party(row: Party) -> tuple[Any, ...]:
    return (
        row.actor.survivor.uuid if row.actor else None,
        row.mention.annotation.uuid if row.mention else None,
        row.words,
        _places(row.spans.all()),
    )


def _wanted_party(wanted: WantedParty) -> tuple[Any, ...]:
    return wanted.actor, wanted.mention, wanted.words, _wanted_places(wanted.span)


def _with_survivors(wanted: ClaimContent) -> ClaimContent:
    """The same, naming for each actor the one it was merged into."""
    links = [link for chain in wanted.chains for link in chain]
    parties = [*wanted.targets, *(party for link in links for party in link.addressees)]
    named = {party.actor for party in parties if party.actor}
    named |= {uuid for link in links for s in link.sources if (uuid := actors.named_in(s.who))}
    into: dict[UUID | None, UUID] = {
        uuid: actor.survivor.uuid for uuid, actor in actors.every(named).items() if actor.merged_into_id
    }
    if not into:
        return wanted
    chains = tuple(tuple(_link_with(link, into) for link in chain) for chain in wanted.chains)
    return replace(wanted, chains=chains, targets=_parties_with(wanted.targets, into))


def _parties_with(parties: tuple[WantedParty, ...], into: dict[UUID | None, UUID]) -> tuple[WantedParty, ...]:
    """Those who were merged with each other stand there once."""
    found: dict[Any, WantedParty] = {}
    for number, party in enumerate(parties):
        actor = into.get(party.actor, party.actor)
        found.setdefault(actor or number, replace(party, actor=actor))
    return tuple(found.values())


def _link_with(link: Link, into: dict[UUID | None, UUID]) -> Link:
    sources: dict[UUID | None, Source] = {}
    for source in link.sources:
        actor = into.get(actors.named_in(source.who))
        sources.setdefault(
            actor or actors.named_in(source.who),
            replace(source, who=ActorChoice(actor=actor)) if actor else source,
        )
    addressees = _parties_with(link.addressees, into)
    return replace(link, sources=tuple(sources.values()), addressees=addressees)


def _wanted_chains(wanted: ClaimContent) -> list[tuple[Any, ...]]:
    return [_wanted_link(c, p, link) for c, chain in enumerate(wanted.chains) for p, link in enumerate(chain)]


def _wanted_link(chain: int, position: int, link: Link) -> tuple[Any, ...]:
    return (
        (chain, position, *(getattr(link, name) for name in LINK_JUDGED)),
        [
            (
                actors.named_in(s.who),
                s.mention,
                s.role_at_time,
                (s.jointly, s.basis, s.confidence),
                _wanted_places(s.role_span),
            )
            for s in link.sources
        ],
        _wanted_places(*link.cues),
        *map(_wanted_places, (link.occasion_span, link.time_span)),
        list(map(_wanted_party, link.addressees)),
    )


def _places(spans: Any) -> set[Place]:
    return {_place(s) for s in spans}


def _place(span: SupportingSpan) -> Place:
    return span.annotation.uuid, span.annotation.extent, tuple(span.annotation.quotes)


def _wanted_places(*spans: Span | None) -> set[Place]:
    return {(s.uuid, s.extent, s.quotes) for s in spans if s is not None}
