"""What the demo's files say, as frozen dataclasses. `annotations/README.md` describes the format."""

from dataclasses import dataclass

from .file_line import FileLine
from .identity_entries import ComparisonEntry, EventMergeEntry, MergeEntry, RecordEntry, ResolutionEntry


@dataclass(frozen=True, slots=True)
class Quote:
    """Words to find in a text: the `occurrence`-th (from 1), or the one inside the words `within`."""

    text: str
    occurrence: int | None = None
    within: str = ""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    actor: str
    mention: Quote | None = None
    role: Quote | None = None
    role_at_time: str = ""
    reason: Quote | None = None
    basis: str = "textual"
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class ToEntry:
    """Whom somebody speaks to, or a claim is directed at: an actor, or the `words` that describe them."""

    actor: str = ""
    mention: Quote | None = None
    words: Quote | None = None


@dataclass(frozen=True, slots=True)
class LinkEntry:
    by: tuple[SourceEntry, ...] = ()
    to: tuple[ToEntry, ...] = ()
    cue: Quote | None = None
    role: str = "said"
    act: str = "says"
    basis: str = "stated"
    quotation: str = ""
    occasion: str = ""
    setting: Quote | None = None
    jointly: str = "one"
    chain: int = 1


@dataclass(frozen=True, slots=True)
class QuantityEntry:
    what: str
    words: str
    low: int | float | None = None
    high: int | float | None = None
    qualifier: str = ""
    unit: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class WordsEntry:
    """Words of which something is said: a hedge and `whose` it is, quotation marks and their `use`."""

    words: Quote
    whose: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    decision: str
    by: str = "mateo"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    at: FileLine
    key: str
    quote: tuple[Quote, ...]
    type: str
    paraphrase: str
    quotation: str
    topics: tuple[str, ...] = ()
    polarity: str = "asserted"
    negated: bool = False
    certainty: str = ""
    voice: str = "attributed"
    basis: str = "textual"
    polarity_basis: str = "textual"
    translated: bool | None = None
    assessment: str = ""
    assessment_reason: str = ""
    hedges: tuple[WordsEntry, ...] = ()
    glosses: tuple[WordsEntry, ...] = ()
    marks: tuple[WordsEntry, ...] = ()
    targets: tuple[ToEntry, ...] = ()
    inside: str = ""
    said_on: str = ""
    time: Quote | None = None
    by: str = "ines"
    draft: bool = False
    links: tuple[LinkEntry, ...] = ()
    quantities: tuple[QuantityEntry, ...] = ()
    reviews: tuple[ReviewEntry, ...] = ()
    positions: tuple[str, ...] = ()
    """Concept and stand, as in "warned-in-time:against"."""

    @property
    def status(self) -> str:
        """What the file's last review leaves the claim at."""
        if self.draft:
            return "draft"
        last = self.reviews[-1].decision if self.reviews else "reopened"
        return "submitted" if last == "reopened" else last


@dataclass(frozen=True, slots=True)
class MentionEntry:
    at: FileLine
    actor: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class PartEntry:
    """The words that name somebody who took part."""

    actor: str
    mention: Quote


@dataclass(frozen=True, slots=True)
class EventMentionEntry:
    """`type`, `time` and `place` are the words that tell them; `told_by` those that show `told_as`."""

    at: FileLine
    event: str
    quote: Quote
    type: Quote | None = None
    time: Quote | None = None
    place: Quote | None = None
    who: tuple[PartEntry, ...] = ()
    told_as: str = ""
    told_by: str = ""


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """One file of `annotations/`; `name` and `reprint_of` are article files' names without their ending."""

    name: str
    reprint_of: str
    mentions: tuple[MentionEntry, ...]
    events: tuple[EventMentionEntry, ...]
    claims: tuple[ClaimEntry, ...]


@dataclass(frozen=True, slots=True)
class ActorEntry:
    at: FileLine
    key: str
    name: str
    kind: str
    naming: str = "named"
    aliases: tuple[str, ...] = ()
    affiliation: str = ""
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ParticipantEntry:
    actor: str
    role: str
    part: str = ""
    basis: str = "textual"


@dataclass(frozen=True, slots=True)
class EventEntry:
    at: FileLine
    key: str
    label: str
    type: str
    date: str = ""
    place: str = ""
    note: str = ""
    participants: tuple[ParticipantEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationEntry:
    """`claim` and `other` are `article/key`."""

    at: FileLine
    claim: str
    kind: str
    other: str
    note: str = ""
    basis: str = "interpretive"
    by: str = "ines"


@dataclass(frozen=True, slots=True)
class TopicEntry:
    at: FileLine
    key: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """`name` is the proposition itself."""

    at: FileLine
    key: str
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class EditEntry:
    """What a code says once most of the articles are annotated; what is left out stays as it was."""

    at: FileLine
    facet: str
    key: str
    name: str = ""
    definition: str = ""
    examples: tuple[str, ...] = ()
    colour: str = ""
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    at: FileLine
    key: str
    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class ProjectEntry:
    at: FileLine
    slug: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class DemoFiles:
    project: ProjectEntry
    topics: tuple[TopicEntry, ...]
    concepts: tuple[ConceptEntry, ...]
    edits: tuple[EditEntry, ...]
    people: tuple[PersonEntry, ...]
    actors: tuple[ActorEntry, ...]
    events: tuple[EventEntry, ...]
    relations: tuple[RelationEntry, ...]
    articles: tuple[ArticleEntry, ...]
    records: tuple[RecordEntry, ...]
    merges: tuple[MergeEntry, ...]
    event_merges: tuple[EventMergeEntry, ...]
    resolutions: tuple[ResolutionEntry, ...]
    comparisons: tuple[ComparisonEntry, ...]
