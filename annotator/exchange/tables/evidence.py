"""What the claims stand on: annotations, sentences, captured texts, articles; and who and what they name."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from .claims import FRAGMENT_STATES, NAMINGS
from .columns import code, day, key, level, moment, number, string, values, whole, yes_no

HOW_MANY = ("one", "several")
TIES = ("works_for", "member_of", "part_of")
FACTUALITIES = ("happened", "ongoing", "planned", "hypothetical", "denied")
PARTICIPANT_ROLES = (
    *("actor", "recipient", "victim", "party", "mediator", "organiser", "supporter", "witness", "other"),
)
ANNOTATION_KINDS = (
    *("claim", "actor", "event", "cue", "role", "reason", "time", "place", "hedge", "gloss", "quoted"),
    *("addressee", "target", "occasion", "period"),
)
SAYS = ("speaker", "reporter", "another", "scare", "word")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow:
    annotation_id: str = key("Identifier (UUID).")
    kind: str = level("What is marked.", *ANNOTATION_KINDS, required=True)
    of_id: str | None = string(
        "What it is marked for: the claim, actor or event. Of words that only support something: of a cue, "
        "an occasion, a role, an addressee and a link's own time the attribution, of the other kinds the "
        "claim, actor "
        "or event it supports."
    )
    says: str | None = level(
        "Of a hedge: whose it is, the `speaker`’s or the `reporter`’s. Of quotation marks (`quoted`): what "
        "they hold, the `speaker`’s words, `another`’s, `scare` quotes, the `word` itself.",
        *SAYS,
    )
    cue_type: str | None = code("Of a cue: what it does; empty if nobody said so.", "cue_type")
    article_id: str = key("The article.", refers="articles.article_id")
    snapshot_id: str = key("The captured text.", refers="snapshots.snapshot_id")
    snapshot_sha256: str = string("SHA-256 of that text as UTF-8, hexadecimal.", required=True)
    snapshot_length: int = whole("Its length in code points.", required=True)
    extent: str = string("Stretches as `start-end;start-end`, code points, end exclusive.", required=True)
    quotes: str = string("The words of each stretch: a JSON array of strings.", required=True)
    prefix: str | None = string("Text just before the first stretch.")
    suffix: str | None = string("Text just after the last stretch.")
    sentence_ids: tuple[str, ...] = values("Sentences it overlaps.", refers="sentences.sentence_id")
    origin: str = level("How it came to be.", "human", "suggestion", "import", required=True)
    author: str | None = string("Who made it.")
    made_at: datetime | None = moment("When.")
    version: int = whole("Number of its current version, from 1.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRow:
    sentence_id: str = key("Identifier (UUID).")
    article_id: str = key("The article.", refers="articles.article_id")
    snapshot_id: str = key("The captured text.", refers="snapshots.snapshot_id")
    snapshot_sha256: str = string("SHA-256 of that text as UTF-8, hexadecimal.", required=True)
    number: int = whole("Number of the sentence in the string, from 1.", required=True)
    start: int = whole("First code point.", required=True)
    end: int = whole("Code point after the last.", required=True)
    text: str = string("The sentence exactly as the text has it.", required=True)
    gap_after: str | None = string("Text between this sentence and the next one: white space as a rule.")
    sha256: str = string("SHA-256 of `text` as UTF-8, hexadecimal.", required=True)
    block_role: str | None = level(
        "What part of the page it stands in.",
        "headline",
        "dek",
        "byline",
        "paragraph",
        "pull_quote",
        "caption",
        "heading",
        "boilerplate",
    )
    masked: bool | None = yes_no("Whether it is set aside as not part of the story.")
    segmenter: str | None = string("Name and version of the segmenter that cut it.")
    fragment_url: str | None = string("Address that opens the page at the sentence (text fragment).")
    fragment_state: str = level(
        "What that address finds in the stored text.", *FRAGMENT_STATES, required=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRow:
    snapshot_id: str = key("Identifier (UUID).")
    article_id: str = key("The article.", refers="articles.article_id")
    number: int = whole("Number of the text among those of its article, from 1.", required=True)
    sha256: str = string("SHA-256 of the text as UTF-8, hexadecimal.", required=True)
    length: int = whole("Its length in code points.", required=True)
    captured_at: datetime | None = moment("When it was captured.")
    method: str | None = string("How it was captured.")
    extractor: str | None = string("Name and version of the extractor.")
    raw_sha256: str | None = string("SHA-256 of the bytes it was read from, hexadecimal.")
    text_included: bool = yes_no("Whether `texts/` holds it.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    article_id: str = key("Identifier (UUID).")
    title: str = string("Title.", required=True)
    subtitle: str | None = string("Standfirst.")
    authors: str | None = values("Names of the authors; a `;` inside a name is written `,`.")
    outlet_id: str | None = string("Outlet in which it was read.", refers="outlets.outlet_id")
    outlet_seen: str | None = string("Its name.")
    outlet_original_id: str | None = string(
        "Outlet whose story it is, if it is a reprint.", refers="outlets.outlet_id"
    )
    outlet_original: str | None = string("Its name.")
    outlet_issn: str | None = string("ISSN of the outlet in which it was read.")
    outlet_issn_l: str | None = string("Linking ISSN of that outlet, which its print and its site share.")
    outlet_domains: tuple[str, ...] = values("Sites of that outlet, as domains in ASCII.")
    outlet_wikidata: str | None = string("Wikidata identifier of that outlet.")
    reprint_of_id: str | None = string(
        "The article it reprints, if that is in this dataset.", refers="articles.article_id"
    )
    independent_source_group: str | None = string("Articles that carry the same story share this value.")
    published_edtf: str | None = string("Date of publication as EDTF.")
    published_min: date | None = day("First day that date may mean.")
    published_max: date | None = day("Last day that date may mean.")
    modified_edtf: str | None = string("Date of its last change as the outlet states it, as EDTF.")
    accessed: date | None = day("Day it was read.")
    section: str | None = string("Section of the outlet.")
    language: str | None = string("Language (BCP 47).")
    url: str | None = string("Address.")
    archive_url: str | None = string("Address of an archived copy.")
    n_texts: int = whole("How many texts were captured of it, also those not in this dataset.", required=True)
    snapshot_sha256: tuple[str, ...] = values("SHA-256 of its captured texts in `snapshots.csv`.")
    citation: str = string("The article in APA style.", required=True)
    reference_id: str = key("Its `id` in `references.json`.")
    n_claims: int = whole("Number of its claims in this release.", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    actor_id: str = key("Identifier (UUID).")
    name: str = string("Name; of an anonymous actor the words alone.", required=True)
    kind: str = code("Kind of actor.", "actor_kind", required=True)
    naming: str | None = level("How texts name the actor.", *NAMINGS)
    label: str | None = string(
        "What an anonymous actor is called outside its article: words, number among those whom the article "
        "calls alike, outlet, date."
    )
    aliases: str | None = values("Other names; a `;` inside a name is written `,`. See `actor_names.csv`.")
    affiliation: str | None = string(
        "What the actor belongs to, as the articles describe it. See `affiliations.csv`."
    )
    only_in_article_id: str | None = string(
        "The one article that an anonymous actor exists in: nobody may be taken for the same elsewhere.",
        refers="articles.article_id",
    )
    anonymity_reason: str | None = string("Reason that the text gives for the anonymity.")
    anonymous_number: str | None = level(
        "Whether the words that stand for the unnamed mean one or several; empty if not said.", *HOW_MANY
    )
    resolved_to_id: str | None = string(
        "Who the anonymous actor turned out to be, as an analyst says; the attribution stays the article's.",
        refers="actors.actor_id",
    )
    resolution_reason: str | None = string("Why the analyst says so.")
    resolution_evidence: str | None = string("On what evidence.")
    merged_ids: tuple[str, ...] = values("Identifiers of actors that were found to be this one.")
    wikidata: str | None = string("Wikidata identifier.")
    identifiers: str | None = values(
        "Other identifiers, each as `register:entry`; `;` and `%` in them, and `:` in a register, are "
        "written `%3B`, `%25` and `%3A`."
    )
    mention_ids: tuple[str, ...] = values(
        "Annotations where texts name the actor.", refers="annotations.annotation_id"
    )
    reason_ids: tuple[str, ...] = values(
        "Annotations of the reason for the anonymity.", refers="annotations.annotation_id"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorNameRow:
    actor_id: str = key("The actor.", refers="actors.actor_id")
    name: str = string("One of its names.", required=True)
    language: str | None = string("Language of the name (BCP 47).")
    script: str | None = string("Script of the name (ISO 15924).")
    merged_id: str | None = string("The merged actor the name came with; empty for the actor's own.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AffiliationRow:
    affiliation_id: str = key("Identifier (UUID).")
    actor_id: str = key("Who belongs.", refers="actors.actor_id")
    tie: str = level("How.", *TIES, required=True)
    organisation_id: str | None = string("To what, if that is in this dataset.", refers="actors.actor_id")
    organisation: str = string("To what, by name.", required=True)
    role: str | None = string("As what.")
    since_edtf: str | None = string("Since when, as EDTF.")
    since_min: date | None = day("First day that date may mean.")
    until_edtf: str | None = string("Until when, as EDTF.")
    until_max: date | None = day("Last day that date may mean.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    event_id: str = key("Identifier (UUID).")
    label: str = string("Label.", required=True)
    type: str = code("Type of event.", "event_type", required=True)
    date_edtf: str | None = string("When it happened, as EDTF.")
    date_min: date | None = day("First day that date may mean; empty where it is open.")
    date_max: date | None = day("Last day that date may mean; empty where it is open.")
    date_words: str | None = string("The words of a text that the date was read from.")
    place: str | None = string("Where it happened.")
    latitude: Decimal | None = number("Degrees north of the equator (WGS 84).")
    longitude: Decimal | None = number("Degrees east of Greenwich (WGS 84).")
    place_wikidata: str | None = string("Wikidata item of the place.")
    place_geonames: str | None = string("GeoNames number of the place.")
    note: str | None = string("What else the analyst says of it.")
    merged_ids: tuple[str, ...] = values(
        "Identifiers under which it was known before it was found to be this event."
    )
    n_participants: int = whole("Number of its rows in `event_participants.csv`.", required=True)
    mention_ids: tuple[str, ...] = values(
        "Annotations where texts speak of it.", refers="annotations.annotation_id"
    )
    slot_ids: tuple[str, ...] = values(
        "Annotations of the words that its type (`cue`), date (`time`) and place (`place`) were read from.",
        refers="annotations.annotation_id",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMentionRow:
    annotation_id: str = key("The words that mention it.", refers="annotations.annotation_id")
    event_id: str = key("The event.", refers="events.event_id")
    factuality: str = level("As what these words tell it.", *FACTUALITIES, required=True)
    factuality_words: str | None = string("Words of the same text that show it; empty where none were named.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventParticipantRow:
    participant_id: str = key("Identifier.")
    event_id: str = key("The event.", refers="events.event_id")
    actor_id: str = key("Who took part.", refers="actors.actor_id")
    actor: str = string("Name of the actor; of an anonymous one the label.", required=True)
    role: str = level("What they did in it.", *PARTICIPANT_ROLES, required=True)
    part: str | None = string("Their part in words, where the role says too little.")
    basis: str = level(
        "Whether the text says that they took part, or the analyst.",
        *("textual", "interpretive", "inferential"),
        required=True,
    )
    mention_id: str | None = string(
        "Annotation that names the actor there, if its article is in this dataset.",
        refers="annotations.annotation_id",
    )
