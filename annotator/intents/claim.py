"""What is said about a claim: its judgements and who said it, through whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sources.text.offsets import Extent

from . import fields
from .attribution import BASES, CONFIDENCES, QUOTATION_TYPES, Link, parse_chain, parse_date
from .codebook import Stance, parse_stances
from .party import Party, parse_parties
from .quantity import NumberSaid, parse_quantity
from .refusal import Refused
from .span import Span, parse_optional_span, parse_span

POLARITIES = ("asserted", "denied", "declined", "questioned")
VOICES = ("attributed", "own", "agentless", "unknown")
ASSESSMENTS = ("confirmed", "plausible", "open", "doubtful", "false")
WHOSE = ("speaker", "reporter")
USES = ("speaker", "another", "scare", "word")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of which something is said: a hedge and whose it is, quotation marks and what they do."""

    span: Span
    says: str


@dataclass(frozen=True, slots=True)
class ClaimContent:
    """Chains are innermost first. `type` and `topics` are keys of the codebook; `said_on` is the date of the
    first link of the first chain, `period` the time of which the claim speaks.

    `certainty` is the speaker's, in their words, `assessment` the analyst's. `glosses` are the reporter's
    words within the claim's, `quoted` quotations within them. `targets` are those whom the claim blames,
    accuses or credits.
    """

    type: str
    quotation_type: str
    voice: str
    paraphrase: str = ""
    polarity: str = "asserted"
    polarity_basis: str = "textual"
    polarity_confidence: str = ""
    negated: bool = False
    translated: bool | None = None
    certainty: str = ""
    assessment: str = ""
    assessment_reason: str = ""
    basis: str = "textual"
    status: str = "submitted"
    targets: tuple[Party, ...] = ()
    inside: UUID | None = None
    said_on: str = ""
    said_on_basis: str = "textual"
    said_on_confidence: str = ""
    time_span: Span | None = None
    period: str = ""
    period_basis: str = "textual"
    period_confidence: str = ""
    period_span: Span | None = None
    hedges: tuple[Part, ...] = ()
    glosses: tuple[Span, ...] = ()
    quoted: tuple[Part, ...] = ()
    topics: tuple[str, ...] = ()
    chains: tuple[tuple[Link, ...], ...] = ()
    quantities: tuple[NumberSaid, ...] = ()
    positions: tuple[Stance, ...] = ()


_CLAIM_FIELDS = tuple(ClaimContent.__dataclass_fields__)


def parse_claim(value: Any, field: str = "claim") -> ClaimContent:
    data = fields.mapping(value, field, _CLAIM_FIELDS)
    chains = fields.items(data.get("chains"), f"{field}.chains", parse_chain, most=10)
    voice = fields.choice(data.get("voice"), f"{field}.voice", VOICES)
    content = ClaimContent(
        type=fields.name(data.get("type"), f"{field}.type", 60),
        quotation_type=fields.choice(data.get("quotation_type"), f"{field}.quotation_type", QUOTATION_TYPES),
        voice=voice,
        paraphrase=fields.text(data.get("paraphrase"), f"{field}.paraphrase"),
        polarity=fields.choice(data.get("polarity"), f"{field}.polarity", POLARITIES, default="asserted"),
        negated=fields.flag(data.get("negated"), f"{field}.negated"),
        translated=_flag_or_none(data.get("translated"), f"{field}.translated"),
        certainty=fields.name(data.get("certainty"), f"{field}.certainty", 100, required=False),
        assessment=fields.choice(
            data.get("assessment"), f"{field}.assessment", ("", *ASSESSMENTS), default=""
        ),
        assessment_reason=fields.text(data.get("assessment_reason"), f"{field}.assessment_reason"),
        status=fields.choice(
            data.get("status"), f"{field}.status", ("draft", "submitted"), default="submitted"
        ),
        **_bases(data, field),
        targets=parse_parties(data.get("targets"), f"{field}.targets"),
        inside=fields.optional_identifier(data.get("inside"), f"{field}.inside"),
        **parse_date(data, field, "said_on"),
        time_span=parse_optional_span(data.get("time_span"), f"{field}.time_span"),
        **parse_date(data, field, "period"),
        period_span=parse_optional_span(data.get("period_span"), f"{field}.period_span"),
        hedges=fields.items(data.get("hedges"), f"{field}.hedges", _parse_hedge, most=20),
        glosses=fields.items(data.get("glosses"), f"{field}.glosses", parse_span, most=20),
        quoted=fields.items(data.get("quoted"), f"{field}.quoted", _parse_quoted, most=50),
        topics=fields.items(data.get("topics"), f"{field}.topics", fields.name, most=20),
        chains=chains,
        quantities=fields.items(data.get("quantities"), f"{field}.quantities", parse_quantity, most=20),
        positions=parse_stances(data.get("positions"), f"{field}.positions"),
    )
    _check_voice(voice, chains, field)
    spans = list(spans_of(content))
    if len(spans) != len(set(spans)):
        raise Refused(field, "span_once", "one identifier stands for two cues, roles or times")
    _check_pairs(content, field)
    return content


def _bases(data: Any, field: str) -> dict[str, str]:
    """On what each judgement rests, and how sure the analyst is of it."""
    read = {}
    for name in ("basis", "polarity_basis"):
        read[name] = fields.choice(data.get(name), f"{field}.{name}", BASES, default="textual")
    name = "polarity_confidence"
    return {name: fields.choice(data.get(name), f"{field}.{name}", ("", *CONFIDENCES), default="")} | read


def _flag_or_none(value: Any, field: str) -> bool | None:
    return None if value is None else fields.flag(value, field)


def _parse_hedge(value: Any, field: str) -> Part:
    return _parse_part(value, field, "whose", WHOSE)


def _parse_quoted(value: Any, field: str) -> Part:
    return _parse_part(value, field, "use", USES)


def _parse_part(value: Any, field: str, name: str, allowed: tuple[str, ...]) -> Part:
    data = dict(fields.mapping(value, field, ("uuid", "extent", "quotes", name)))
    says = fields.choice(data.pop(name, None), f"{field}.{name}", allowed)
    return Part(parse_span(data, field), says)


def _check_pairs(content: ClaimContent, field: str) -> None:
    if content.assessment and not content.assessment_reason:
        raise Refused(f"{field}.assessment_reason", "required", "say what the assessment rests on")
    if content.assessment_reason and not content.assessment:
        raise Refused(f"{field}.assessment", "required", "say what the assessment is")
    first = content.chains[0][0] if content.chains else None
    if first and (first.said_on or first.time_span):
        at = f"{field}.chains.0.0.{'said_on' if first.said_on else 'time_span'}"
        raise Refused(at, "first_dated_by_claim", "the first link’s date is the claim’s: say it of the claim")
    _check_quotation(content, field)


QUOTED = {"direct": 2, "mixed": 1}
"""How much of the words stands in marks; nothing has to for any other quotation type."""


def _check_quotation(content: ClaimContent, field: str) -> None:
    """A claim is as much quoted as the most quoted of its links: the words in its marks are somebody's. Of
    one that lies inside another they may be those of whoever speaks there.

    A link that says nothing is as the claim.
    """
    said = [
        (f"{field}.chains.{c}.{p}.quotation_type", link.quotation_type or content.quotation_type)
        for c, chain in enumerate(content.chains)
        for p, link in enumerate(chain)
    ]
    whole = QUOTED.get(content.quotation_type, 0)
    for at, quotation in said:
        if QUOTED.get(quotation, 0) > whole:
            message = f"this link is {quotation} and the claim {content.quotation_type.replace('_', ' ')}"
            raise Refused(at, "link_quoted_as_claim", f"{message}: the claim is as much quoted as its links")
    if said and content.inside is None and all(QUOTED.get(quotation, 0) < whole for _, quotation in said):
        message = f"the claim is {content.quotation_type}: the words in its marks have to be those of a link"
        raise Refused(said[0][0], "claim_quoted_as_link", message)


def check_parts(content: ClaimContent, extent: Extent, field: str = "claim") -> None:
    """Raises Refused when a gloss or a quotation does not lie within the claim's words."""
    for name, spans in (("glosses", content.glosses), ("quoted", [part.span for part in content.quoted])):
        for i, span in enumerate(spans):
            if not extent.contains(span.extent):
                message = "does not lie within the words of the claim"
                raise Refused(f"{field}.{name}.{i}.extent", "part_within_claim", message)


def spans_of(content: ClaimContent) -> Iterator[UUID]:
    """Of all words of the text that something in the claim was read from, mentions aside."""
    yield from (span.uuid for span in (content.time_span, content.period_span) if span)
    yield from (part.span.uuid for part in (*content.hedges, *content.quoted))
    yield from (span.uuid for span in content.glosses)
    yield from (party.span.uuid for party in content.targets if party.span)
    for chain in content.chains:
        for link in chain:
            yield from (span.uuid for span in link.spans)


def _check_voice(voice: str, chains: tuple[tuple[Link, ...], ...], field: str) -> None:
    """Whose voice it is agrees with who speaks: the first link of a chain is the innermost speaker's."""
    named = any(link.sources for chain in chains for link in chain)
    first = any(chain[0].sources for chain in chains)
    rule = ""
    if voice == "attributed" and not named:
        rule, message = "attributed_needs_speaker", "an attributed claim needs a speaker"
    elif voice == "own" and any(link.sources or link.cues for chain in chains for link in chain):
        rule, message = "own_voice_has_no_speaker", "the article’s own voice has no speaker"
    elif voice == "own" and any(link.addressees for chain in chains for link in chain):
        rule = "own_voice_has_no_addressee"
        message = "the article’s own voice speaks to its readers: take out to whom it is said"
    elif voice == "agentless" and first:
        rule, message = "agentless_has_no_speaker", "an agentless claim names no speaker"
    elif voice == "unknown" and first:
        rule = "unknown_has_no_speaker"
        message = "it is said to be unknown who speaks, and somebody is named: call it attributed"
    if rule:
        raise Refused(f"{field}.chains", rule, message)
