"""Whom somebody speaks to, or whom a claim is directed at: an actor, or words that describe them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .refusal import Refused
from .span import Span, parse_optional_span

MOST_WORDS = 300
"""Code points of a description."""
_FIELDS = ("actor", "name", "mention", "words", "span")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor (`mention` is the actor annotation it was read from), or `words` that describe one, or both.
    `span` is where the words stand, and then the words are what stands there, whatever is sent beside it."""

    actor: UUID | None = None
    mention: UUID | None = None
    words: str = ""
    span: Span | None = None


def parse_party(value: Any, field: str) -> Party:
    """`name` is what the API tells beside the actor and says nothing here. Raises Refused."""
    data = fields.mapping(value, field, _FIELDS)
    span = parse_optional_span(data.get("span"), f"{field}.span")
    words = "" if span else fields.name(data.get("words"), f"{field}.words", MOST_WORDS, required=False)
    party = Party(
        actor=fields.optional_identifier(data.get("actor"), f"{field}.actor"),
        mention=fields.optional_identifier(data.get("mention"), f"{field}.mention"),
        words=fields.line_of(span.quotes, MOST_WORDS) if span else words,
        span=span,
    )
    if party.actor is None and party.mention is not None:
        raise Refused(f"{field}.actor", "required", "a mention of nobody")
    if party.actor is None and not party.words:
        raise Refused(f"{field}.actor", "party_is_somebody", "needs an actor, or words that describe one")
    return party


def parse_parties(value: Any, field: str) -> tuple[Party, ...]:
    """Raises Refused, also when the same actor stands twice in the list."""
    parties = fields.items(value, field, parse_party, most=20)
    named = [party.actor for party in parties if party.actor]
    if len(named) != len(set(named)):
        raise Refused(field, "party_once", "the same actor stands twice in one list")
    return parties
