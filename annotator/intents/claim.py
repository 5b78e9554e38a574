"""What is said about a claim: its judgements and who said it, through whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from . import fields
from .actor import ActorChoice, parse_actor_choice
from .codebook import Stance, parse_stances
from .refusal import Refused
from .span import CueSpan, Span, parse_cue, parse_optional_span

QUOTATION_TYPES = ("direct", "indirect", "mixed", "free_indirect", "reported")
POLARITIES = ("asserted", "denied", "declined", "questioned")
VOICES = ("attributed", "own", "agentless", "unknown")
LINK_ROLES = ("said", "relayed", "reported", "reprinted")
ACTS = ("says", "thinks", "wants", "decides", "shows")
LINK_BASES = ("stated", "carried_over", "inferred", "record")
BASES = ("textual", "interpretive", "inferential")
JOINTLY = ("one", "together", "each")
_TOO_LARGE = Decimal(10) ** 18
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Source:
    """An actor in a link; `mention` is the actor annotation it was read from."""

    who: ActorChoice
    mention: UUID | None = None
    role_at_time: str = ""
    role_span: Span | None = None
    jointly: str = "one"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain. No sources means that nobody is named: a cue and nobody."""

    role: str
    act: str
    basis: str
    quotation_type: str
    sources: tuple[Source, ...]
    cues: tuple[CueSpan, ...]


@dataclass(frozen=True, slots=True)
class NumberSaid:
    what: str
    low: Decimal | None
    high: Decimal | None
    unit: str
    words: str
    event: UUID | None


@dataclass(frozen=True, slots=True)
class ClaimContent:
    """Chains are innermost first. `type` and `topics` are keys of the codebook; `said_on` a date."""

    type: str
    quotation_type: str
    voice: str
    paraphrase: str = ""
    polarity: str = "asserted"
    negated: bool = False
    certainty: str = ""
    basis: str = "textual"
    status: str = "submitted"
    addressee: UUID | None = None
    inside: UUID | None = None
    said_on: str = ""
    time_span: Span | None = None
    topics: tuple[str, ...] = ()
    chains: tuple[tuple[Link, ...], ...] = ()
    quantities: tuple[NumberSaid, ...] = ()
    positions: tuple[Stance, ...] = ()


_CLAIM_FIELDS = tuple(ClaimContent.__dataclass_fields__)


def parse_claim(value: Any, field: str = "claim") -> ClaimContent:
    data = fields.mapping(value, field, _CLAIM_FIELDS)
    chains = fields.items(data.get("chains"), f"{field}.chains", _parse_chain, most=10)
    voice = fields.choice(data.get("voice"), f"{field}.voice", VOICES)
    _check_voice(voice, chains, field)
    content = ClaimContent(
        type=fields.name(data.get("type"), f"{field}.type", 60),
        quotation_type=fields.choice(data.get("quotation_type"), f"{field}.quotation_type", QUOTATION_TYPES),
        voice=voice,
        paraphrase=fields.text(data.get("paraphrase"), f"{field}.paraphrase"),
        polarity=fields.choice(data.get("polarity"), f"{field}.polarity", POLARITIES, default="asserted"),
        negated=fields.flag(data.get("negated"), f"{field}.negated"),
        certainty=fields.name(data.get("certainty"), f"{field}.certainty", 100, required=False),
        basis=fields.choice(data.get("basis"), f"{field}.basis", BASES, default="textual"),
        status=fields.choice(
            data.get("status"), f"{field}.status", ("draft", "submitted"), default="submitted"
        ),
        addressee=fields.optional_identifier(data.get("addressee"), f"{field}.addressee"),
        inside=fields.optional_identifier(data.get("inside"), f"{field}.inside"),
        said_on=fields.name(data.get("said_on"), f"{field}.said_on", 60, required=False),
        time_span=parse_optional_span(data.get("time_span"), f"{field}.time_span"),
        topics=fields.items(data.get("topics"), f"{field}.topics", fields.name, most=20),
        chains=chains,
        quantities=fields.items(data.get("quantities"), f"{field}.quantities", _parse_quantity, most=20),
        positions=parse_stances(data.get("positions"), f"{field}.positions"),
    )
    spans = list(_spans(content))
    if len(spans) != len(set(spans)):
        raise Refused(field, "span_once", "one identifier stands for two cues, roles or times")
    return content


def _spans(content: ClaimContent) -> Iterator[UUID]:
    if content.time_span:
        yield content.time_span.uuid
    for chain in content.chains:
        for link in chain:
            yield from (cue.uuid for cue in link.cues)
            yield from (source.role_span.uuid for source in link.sources if source.role_span)


def _check_voice(voice: str, chains: tuple[tuple[Link, ...], ...], field: str) -> None:
    named = any(link.sources for chain in chains for link in chain)
    if voice == "attributed" and not named:
        raise Refused(f"{field}.chains", "attributed_needs_speaker", "an attributed claim needs a speaker")
    if voice == "own" and chains:
        raise Refused(f"{field}.chains", "own_voice_has_no_speaker", "the article’s own voice has no speaker")
    if voice == "agentless" and chains and any(link.sources for chain in chains for link in chain[:1]):
        raise Refused(f"{field}.chains", "agentless_has_no_speaker", "an agentless claim names no speaker")


def _parse_chain(value: Any, field: str) -> tuple[Link, ...]:
    links = fields.items(value, field, _parse_link, most=10)
    if not links:
        raise Refused(field, "chain_has_links", "a chain needs at least one link")
    return links


def _parse_link(value: Any, field: str) -> Link:
    data = fields.mapping(value, field, Link.__dataclass_fields__)
    link = Link(
        role=fields.choice(data.get("role"), f"{field}.role", LINK_ROLES, default="said"),
        act=fields.choice(data.get("act"), f"{field}.act", ACTS, default="says"),
        basis=fields.choice(data.get("basis"), f"{field}.basis", LINK_BASES, default="stated"),
        quotation_type=fields.choice(
            data.get("quotation_type"), f"{field}.quotation_type", ("", *QUOTATION_TYPES), default=""
        ),
        sources=fields.items(data.get("sources"), f"{field}.sources", _parse_source, most=20),
        cues=fields.items(data.get("cues"), f"{field}.cues", parse_cue, most=10),
    )
    if not link.sources and not link.cues:
        raise Refused(field, "link_says_something", "a link needs a source or a cue")
    named = [s.who.actor for s in link.sources if s.who.actor]
    if len(named) != len(set(named)):
        raise Refused(f"{field}.sources", "source_once", "the same actor stands twice in one link")
    return link


def _parse_source(value: Any, field: str) -> Source:
    data = fields.mapping(
        value, field, ("actor", "new_actor", "mention", "role_at_time", "role_span", "jointly", "name")
    )
    return Source(
        who=parse_actor_choice(data, field),
        mention=fields.optional_identifier(data.get("mention"), f"{field}.mention"),
        role_at_time=fields.name(data.get("role_at_time"), f"{field}.role_at_time", 300, required=False),
        role_span=parse_optional_span(data.get("role_span"), f"{field}.role_span"),
        jointly=fields.choice(data.get("jointly"), f"{field}.jointly", JOINTLY, default="one"),
    )


def _number(value: Any, field: str) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    # Compared, not computed with: arithmetic on an exponent of 9 digits overflows.
    if isinstance(value, bool) or not number.is_finite() or number.copy_abs() >= _TOO_LARGE:
        raise Refused(field, "number", "must be a number")
    if number and _decimals(number) > _DECIMALS:
        raise Refused(field, "decimals", f"has more than {_DECIMALS} decimals")
    # One way to write each number: a zero may come with an exponent that no column takes.
    return number.normalize() if number else Decimal(0)


def _decimals(number: Decimal) -> int:
    """How many digits after the point say something."""
    _, digits, exponent = number.as_tuple()
    written = "".join(map(str, digits))
    return -int(exponent) - (len(written) - len(written.rstrip("0")))


def _parse_quantity(value: Any, field: str) -> NumberSaid:
    data = fields.mapping(value, field, NumberSaid.__dataclass_fields__)
    quantity = NumberSaid(
        what=fields.name(data.get("what"), f"{field}.what"),
        low=_number(data.get("low"), f"{field}.low"),
        high=_number(data.get("high"), f"{field}.high"),
        unit=fields.name(data.get("unit"), f"{field}.unit", 100, required=False),
        words=fields.name(data.get("words"), f"{field}.words", 300),
        event=fields.optional_identifier(data.get("event"), f"{field}.event"),
    )
    if quantity.low is None and quantity.high is None:
        raise Refused(field, "quantity_has_number", "needs a lowest or a highest number")
    if quantity.low is not None and quantity.high is not None and quantity.low > quantity.high:
        raise Refused(f"{field}.high", "low_below_high", "is below the lowest number")
    return quantity
