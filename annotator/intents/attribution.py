"""The links of a claim's chains: who said it, through whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from . import fields
from .actor import ActorChoice, parse_actor_choice
from .party import Party, parse_parties
from .refusal import Refused
from .span import CueSpan, Span, parse_cue, parse_optional_span

QUOTATION_TYPES = ("direct", "indirect", "mixed", "free_indirect", "reported")
LINK_ROLES = ("said", "relayed", "reported", "reprinted")
ACTS = ("says", "thinks", "wants", "decides", "shows")
LINK_BASES = ("stated", "carried_over", "inferred", "record")
BASES = ("textual", "interpretive", "inferential")
CONFIDENCES = ("certain", "probable", "possible")
JOINTLY = ("one", "together", "each")
MOST_OCCASION = 100
"""Code points."""
_SOURCE_FIELDS = (
    *("actor", "new_actor", "mention", "role_at_time", "role_span", "jointly", "basis", "confidence"),
    *("name", "reason_span"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """An actor in a link; `mention` is the actor annotation it was read from.

    `basis` and `confidence` are of the judgement that it is this actor.
    """

    who: ActorChoice
    mention: UUID | None = None
    role_at_time: str = ""
    role_span: Span | None = None
    jointly: str = "one"
    basis: str = "textual"
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain. No sources means that nobody is named: a cue and nobody. `addressees` are those
    to whom the sources speak, `occasion` says in what setting, in short words of the text or the analyst.
    `said_on` is when this link told it; that of the first link of the first chain is the claim's."""

    role: str
    act: str
    basis: str
    quotation_type: str
    sources: tuple[Source, ...]
    cues: tuple[CueSpan, ...]
    addressees: tuple[Party, ...] = ()
    occasion: str = ""
    occasion_span: Span | None = None
    repeated: bool = False
    said_on: str = ""
    said_on_basis: str = "textual"
    said_on_confidence: str = ""
    time_span: Span | None = None

    @property
    def spans(self) -> Iterator[Span]:
        """All words of the text that something in the link was read from, mentions aside."""
        yield from self.cues
        yield from (source.role_span for source in self.sources if source.role_span)
        yield from (party.span for party in self.addressees if party.span)
        yield from (span for span in (self.occasion_span, self.time_span) if span)


def parse_chain(value: Any, field: str) -> tuple[Link, ...]:
    links = fields.items(value, field, _parse_link, most=10)
    if not links:
        raise Refused(field, "chain_has_links", "a chain needs at least one link")
    return links


def _parse_link(value: Any, field: str) -> Link:
    data = fields.mapping(value, field, Link.__dataclass_fields__)
    span = parse_optional_span(data.get("occasion_span"), f"{field}.occasion_span")
    occasion = fields.name(data.get("occasion"), f"{field}.occasion", MOST_OCCASION, required=False)
    link = Link(
        role=fields.choice(data.get("role"), f"{field}.role", LINK_ROLES, default="said"),
        act=fields.choice(data.get("act"), f"{field}.act", ACTS, default="says"),
        basis=fields.choice(data.get("basis"), f"{field}.basis", LINK_BASES, default="stated"),
        quotation_type=fields.choice(
            data.get("quotation_type"), f"{field}.quotation_type", ("", *QUOTATION_TYPES), default=""
        ),
        sources=fields.items(data.get("sources"), f"{field}.sources", _parse_source, most=20),
        cues=fields.items(data.get("cues"), f"{field}.cues", parse_cue, most=10),
        addressees=parse_parties(data.get("addressees"), f"{field}.addressees"),
        occasion=occasion or (fields.line_of(span.quotes, MOST_OCCASION) if span else ""),
        occasion_span=span,
        repeated=fields.flag(data.get("repeated"), f"{field}.repeated"),
        **parse_date(data, field, "said_on"),
        time_span=parse_optional_span(data.get("time_span"), f"{field}.time_span"),
    )
    if not link.sources and not link.cues and not link.addressees:
        raise Refused(field, "link_says_something", "a link needs a source, a cue or an addressee")
    named = [s.who.actor for s in link.sources if s.who.actor]
    if len(named) != len(set(named)):
        raise Refused(f"{field}.sources", "source_once", "the same actor stands twice in one link")
    return link


def parse_date(data: Mapping[str, Any], field: str, name: str) -> dict[str, str]:
    """A date as it is written, what it rests on and how sure the analyst is: the same fields wherever one is
    said. Without a date there is nothing to judge."""
    read = fields.name(data.get(name), f"{field}.{name}", 60, required=False)
    rests, sure = f"{name}_basis", f"{name}_confidence"
    basis = fields.choice(data.get(rests), f"{field}.{rests}", BASES, default="textual")
    confidence = fields.choice(data.get(sure), f"{field}.{sure}", ("", *CONFIDENCES), default="")
    return {name: read, rests: basis if read else "textual", sure: confidence if read else ""}


def _parse_source(value: Any, field: str) -> Source:
    data = fields.mapping(value, field, _SOURCE_FIELDS)
    return Source(
        who=parse_actor_choice(data, field),
        mention=fields.optional_identifier(data.get("mention"), f"{field}.mention"),
        role_at_time=fields.name(data.get("role_at_time"), f"{field}.role_at_time", 300, required=False),
        role_span=parse_optional_span(data.get("role_span"), f"{field}.role_span"),
        jointly=fields.choice(data.get("jointly"), f"{field}.jointly", JOINTLY, default="one"),
        basis=fields.choice(data.get("basis"), f"{field}.basis", BASES, default="textual"),
        confidence=fields.choice(
            data.get("confidence"), f"{field}.confidence", ("", *CONFIDENCES), default=""
        ),
    )
