"""All that speaks against storing an annotation, told together once one thing did.

What is stored is asked anew, by questions that write nothing and only after a refusal: an annotation that
fits costs nothing more. Told are words that do not stand in the text, codes, actors and events that are not
there, and dates that are none; what compares parts of a claim with each other comes when these are mended.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any

from annotator.intents.actor import ActorChoice, NewActor
from annotator.intents.annotation import PlaceAnnotation
from annotator.intents.attribution import Link
from annotator.intents.claim import ClaimContent, Part
from annotator.intents.codebook import Stance
from annotator.intents.event import EventContent
from annotator.intents.event_mention import EventChoice, EventTakenBack
from annotator.intents.gathered import MOST_TOLD
from annotator.intents.party import Party
from annotator.intents.quantity import NumberSaid
from annotator.intents.refusal import Refused, together
from annotator.intents.span import CueSpan, Span
from annotator.models import Actor, Facet
from sources.models import Snapshot

from . import actors, anchors, codebook, dates, events

Ask = Callable[[], object]


@contextmanager
def told_of(snapshot: Snapshot, intent: PlaceAnnotation) -> Iterator[None]:
    """A refusal within is raised with whatever else speaks against the annotation."""
    try:
        yield
    except Refused as error:
        raise told_whole(error, snapshot, intent) from error


def told_whole(error: Refused, snapshot: Snapshot, intent: PlaceAnnotation) -> Refused:
    """The refusal with whatever else speaks against it."""
    told = list(error.all)
    for ask in _questions(snapshot, intent):
        try:
            ask()
        except Refused as other:
            if other.field not in {one.field for one in told}:
                told.append(other)
        if len(told) == MOST_TOLD:
            break
    return together(told)


def _questions(snapshot: Snapshot, intent: PlaceAnnotation) -> Iterator[Ask]:
    for at, part in _parts(intent, ""):
        yield from _of(snapshot, at, part)


def _parts(value: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Everything that an intent holds, each with the path by which it was sent."""
    if isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from _parts(one, f"{at}{i}.")
    elif is_dataclass(value) and not isinstance(value, EventTakenBack):  # which was stored once
        yield at, value
        for one in fields(value):
            sent_inside = one.name in ("who", "content") or (
                one.name == "span" and isinstance(value, Part | PlaceAnnotation)
            )
            yield from _parts(getattr(value, one.name), at if sent_inside else f"{at}{one.name}.")


def _of(snapshot: Snapshot, at: str, part: Any) -> Iterator[Ask]:
    project = snapshot.project

    def code(facet: Facet, key: str, name: str) -> Ask:
        return lambda: codebook.code(project, facet, key, f"{at}{name}")

    match part:
        case Span():
            yield lambda: anchors.checked(snapshot, part.extent, part.quotes, at)
            if isinstance(part, CueSpan) and part.cue_type:
                yield code(Facet.CUE_TYPE, part.cue_type, "cue_type")
        case ClaimContent():
            yield code(Facet.CLAIM_TYPE, part.type, "type")
            yield from (code(Facet.TOPIC, key, f"topics.{i}") for i, key in enumerate(part.topics))
            yield from (_date(part, name, at) for name in ("said_on", "period"))
        case Link():
            yield _date(part, "said_on", at)
        case Stance():
            yield code(Facet.CONCEPT, part.concept, "concept")
        case NewActor():
            if not Actor.objects.filter(uuid=part.uuid).exists():
                yield code(Facet.ACTOR_KIND, part.kind, "kind")
        case ActorChoice() | Party():
            if (actor := part.actor) is not None:
                yield lambda: actors.known(project, actor, f"{at}actor")
        case EventContent():
            yield code(Facet.EVENT_TYPE, part.type, "type")
            yield _date(part, "date", at)
        case EventChoice() | NumberSaid():
            if (event := part.event) is not None:
                yield lambda: events.known(project, event, f"{at}event")


def _date(part: Any, name: str, at: str) -> Ask:
    return lambda: dates.read(getattr(part, name), f"{at}{name}")
