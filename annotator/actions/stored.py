"""What annotations say as they are stored, looked up for many at once, each table when it is first needed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from annotator.models import (
    ActorMention,
    Attribution,
    AttributionSource,
    Claim,
    ClaimTopic,
    EventMention,
    Party,
    Position,
    Quantity,
    SupportingSpan,
)

from .gathering import aside

_NUMBER = ("what", "low", "high", "qualifier", "unit", "words", "event__survivor_key")


class Stored:
    """Of the annotations of these keys, whose rows the caller has locked: nothing of it changes meanwhile."""

    def __init__(self, keys: Collection[int]) -> None:
        self._keys = list(keys)

    @cached_property
    def mentions(self) -> dict[int, ActorMention]:
        with aside():
            rows = ActorMention.objects.filter(pk__in=self._keys).select_related("actor")
            return {row.pk: row for row in rows}

    @cached_property
    def event_mentions(self) -> dict[int, EventMention]:
        with aside():
            rows = EventMention.objects.filter(pk__in=self._keys)
            return {row.pk: row for row in rows.select_related("event__type", "event__merged_into")}

    @cached_property
    def claims(self) -> dict[int, Claim]:
        with aside():
            rows = Claim.objects.filter(pk__in=self._keys).select_related("type", "inside")
            return {row.pk: row for row in rows}

    @cached_property
    def topics(self) -> dict[int, list[str]]:
        with aside():
            rows = ClaimTopic.objects.filter(claim__in=self._keys)
            return _by(rows.values_list("claim_id", "topic__key"))

    @cached_property
    def positions(self) -> dict[int, list[tuple[str, str]]]:
        with aside():
            rows = Position.objects.filter(claim__in=self._keys).values_list(
                "claim_id", "concept__key", "stand"
            )
            return _by((claim, (concept, stand)) for claim, concept, stand in rows)

    @cached_property
    def numbers(self) -> dict[int, list[tuple[Any, ...]]]:
        with aside():
            rows = Quantity.objects.filter(claim__in=self._keys).values_list("claim_id", *_NUMBER)
            return _by((claim, tuple(said)) for claim, *said in rows)

    @cached_property
    def spans(self) -> dict[int, list[SupportingSpan]]:
        with aside():
            return _by((row.claim_id, row) for row in _spans().filter(claim__in=self._keys))

    @cached_property
    def links(self) -> dict[int, list[Attribution]]:
        """In the order of their chains, each with its sources, cues and addressees."""
        sources = AttributionSource.objects.select_related("actor__survivor", "mention__annotation")
        parties = Party.objects.select_related("actor__survivor", "mention__annotation")
        rows = Attribution.objects.filter(claim__in=self._keys).order_by("chain", "position")
        with aside():
            whole = rows.prefetch_related(
                Prefetch("sources", sources.order_by("position", "pk")),
                Prefetch("sources__role_spans", _spans()),
                Prefetch("cues", _spans().select_related("annotation", "cue_type")),
                Prefetch("addressees", parties.order_by("position", "pk")),
                Prefetch("addressees__spans", _spans()),
            )
            return _by((row.claim_id, row) for row in whole)

    @cached_property
    def targets(self) -> dict[int, list[Party]]:
        rows = Party.objects.filter(claim__in=self._keys).select_related(
            "actor__survivor", "mention__annotation"
        )
        with aside():
            whole = rows.order_by("position", "pk").prefetch_related(Prefetch("spans", _spans()))
            return _by((row.claim_id, row) for row in whole)

    def cue_types(self, claim: int) -> dict[UUID, str | None]:
        """By cue of its links, the key of its type."""
        return {
            cue.annotation.uuid: cue.cue_type.key if cue.cue_type else None
            for link in self.links[claim]
            for cue in link.cues.all()
        }


def _spans() -> QuerySet[SupportingSpan]:
    return SupportingSpan.objects.select_related("annotation")


def _by(pairs: Iterable[tuple[Any, Any]]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
