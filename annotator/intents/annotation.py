"""Placing an annotation: the words, and what they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .actor import ActorChoice, parse_actor_choice
from .claim import ClaimContent, check_parts, parse_claim
from .event_mention import EventChoice, parse_event_choice
from .gathered import gathering, tell
from .refusal import ItemRefused, Refused, RefusedItems
from .span import Span

KINDS = ("claim", "actor", "event")
MOST_AT_ONCE = 1000
"""Annotations of one request."""


@dataclass(frozen=True, slots=True)
class PlaceAnnotation:
    """Exactly one of `claim`, `actor`, `event` is set, the one that `kind` says."""

    snapshot: UUID
    kind: str
    span: Span
    claim: ClaimContent | None = None
    actor: ActorChoice | None = None
    event: EventChoice | None = None


def parse_annotation(uuid: Any, value: Any) -> PlaceAnnotation:
    """From the body of a PUT. Raises Refused."""
    data = fields.mapping(value, "", ("uuid", "snapshot", "kind", "extent", "quotes", *KINDS))
    kind = fields.choice(data.get("kind"), "kind", KINDS)
    for other in KINDS:
        if other != kind and data.get(other) is not None:
            tell(Refused(other, "fits_kind", f"does not belong to an annotation of kind {kind}"))
    place = PlaceAnnotation(
        snapshot=fields.identifier(data.get("snapshot"), "snapshot"),
        kind=kind,
        span=Span(
            uuid=fields.identifier(uuid, "uuid"),
            extent=fields.extent(data.get("extent"), "extent"),
            quotes=fields.quotes(data.get("quotes"), "quotes"),
        ),
        claim=parse_claim(data.get("claim")) if kind == "claim" else None,
        actor=parse_actor_choice(
            fields.mapping(data.get("actor"), "actor", ("actor", "new_actor", "reason_span")), "actor"
        )
        if kind == "actor"
        else None,
        event=parse_event_choice(data.get("event"), "event") if kind == "event" else None,
    )
    if place.claim is not None:
        check_parts(place.claim, place.span.extent)
    return place


def parse_annotations(value: Any) -> tuple[PlaceAnnotation, ...]:
    """From {"annotations": [ANNOTATION with "uuid"]}. Raises Refused where that is no such list, RefusedItems
    naming each annotation in it that is none."""
    if not isinstance(value, Mapping):
        raise Refused("annotations", "object", 'is the field that holds the list: send {"annotations": […]}')
    data = fields.mapping(value, "", ("annotations",))
    sent = fields.items(data.get("annotations"), "annotations", lambda item, _: item, most=MOST_AT_ONCE)
    if not sent:
        raise Refused("annotations", "required", "holds no annotation")
    found: list[PlaceAnnotation] = []
    wrong: list[ItemRefused] = []
    seen: set[UUID] = set()
    for number, item in enumerate(sent):
        try:
            with gathering():
                place = parse_annotation(item.get("uuid") if isinstance(item, dict) else None, item)
                if place.span.uuid in seen:
                    raise Refused("uuid", "once", "stands twice in the list")
        except Refused as error:
            wrong += [ItemRefused(number, one.field, one.rule, one.message) for one in error.all]
            if len(wrong) > MOST_AT_ONCE:
                break
            continue
        seen.add(place.span.uuid)
        found.append(place)
    if wrong:
        raise RefusedItems(wrong, all_looked_at=number == len(sent) - 1)
    return tuple(found)
