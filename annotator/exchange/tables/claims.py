"""claims.csv: one row a claim."""

# ruff: noqa: RUF009  (the calls declare columns)

from dataclasses import dataclass
from datetime import date, datetime

from .columns import code, day, key, level, moment, string, values, whole, yes_no

QUOTE_JOINER = " […] "
QUOTATION_TYPES = ("direct", "indirect", "mixed", "free_indirect", "reported")
POLARITIES = ("asserted", "denied", "declined", "questioned")
VOICES = ("attributed", "own", "agentless", "unknown")
STATUSES = ("draft", "submitted", "accepted", "rejected", "disputed")
NAMINGS = ("named", "by_office", "unnamed", "anonymous", "collective")
ACTS = ("says", "thinks", "wants", "decides", "shows")
BASES = ("textual", "interpretive", "inferential")
CONFIDENCES = ("certain", "probable", "possible")
ASSESSMENTS = ("confirmed", "plausible", "open", "doubtful", "false")
FRAGMENT_STATES = ("unique", "ambiguous", "not_found", "no_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    claim_id: str = key("Identifier of the claim (UUID).")
    quote: str = string(
        "The words of the claim exactly as the text has them; stretches joined by ` […] `.", required=True
    )
    quote_printed: str | None = string("The quote with each run of white space written as one space.")
    quote_bare: str | None = string(
        "The quote as printed, without an editor's `[insertions]` and signs of omission in quotation marks, "
        "the reporter's gloss, and what breaks into a direct quotation to name its speaker."
    )
    paraphrase: str | None = string("The claim in the annotator's words.")
    claim_type: str = code("Type of claim.", "claim_type", required=True)
    quotation_type: str = level("How the text renders the words.", *QUOTATION_TYPES, required=True)
    voice: str = level(
        "Whose claim it is: `attributed` to a speaker, the article's `own`, `agentless` (it is feared) "
        "or `unknown`.",
        *VOICES,
        required=True,
    )
    polarity: str = level("What the speaker does with it.", *POLARITIES, required=True)
    polarity_basis: str | None = level(
        "What that judgement rests on: `textual` unless the analyst says otherwise.", *BASES
    )
    polarity_confidence: str | None = level("How sure the analyst is of it.", *CONFIDENCES)
    negated: bool | None = yes_no(
        "Whether what is claimed is that something is not so; a denial is a `polarity`."
    )
    translated: bool | None = yes_no("Whether the quoted words are a translation; empty if not coded.")
    basis: str | None = level(
        "What the coding of the claim rests on: `textual` unless the analyst says otherwise.", *BASES
    )
    certainty: str | None = string("How sure the speaker is, in the words of the text; empty if not coded.")
    hedge: str | None = string("Words by which the speaker takes something back; several joined by ` […] `.")
    reporters_hedge: str | None = string("Words by which the reporter keeps a distance (allegedly).")
    assessment: str | None = level("What the analyst thinks of the claim; empty if not coded.", *ASSESSMENTS)
    assessment_reason: str | None = string("What that rests on.")
    review_status: str = level("Where the claim stands in review.", *STATUSES, required=True)
    speaker_id: str | None = string(
        "The innermost speaker, if there is exactly one; all of them are in `claim_speakers.csv`.",
        refers="actors.actor_id",
    )
    speaker: str | None = values(
        "Names of the innermost speakers, labels of the anonymous; a `;` inside a name is written `,`."
    )
    speaker_kind: str | None = code("Kind of the speaker, if there is exactly one.", "actor_kind")
    speaker_naming: str | None = level("How the text names the speaker, if there is exactly one.", *NAMINGS)
    n_speakers: int = whole("Number of innermost speakers.", required=True)
    role_at_time: str | None = string("Role of the one speaker at the time, as the text gives it.")
    cue: str | None = string("Words that mark the innermost attribution; stretches joined by ` […] `.")
    cue_types: tuple[str, ...] = values(
        "What those words do (doubt, grant, deny), where somebody said so.", codebook="cue_type"
    )
    act: str | None = level("What the speaker is said to do.", *ACTS)
    speaker_quotation_type: str | None = level(
        "How that speaker's own words are rendered; empty where a claim around this one is quoted too and "
        "nobody said whose words they are.",
        *QUOTATION_TYPES,
    )
    addressee_id: str | None = string(
        "Whom the innermost speakers speak to, if that is exactly one actor; for every link, all of them "
        "are in `addressees.csv`.",
        refers="actors.actor_id",
    )
    addressee: str | None = values(
        "Whom the innermost speakers speak to: names, or words that only describe somebody; a `;` inside "
        "is written `,`."
    )
    addressee_mention_id: str | None = string(
        "Annotation where the text names that one actor.", refers="annotations.annotation_id"
    )
    target_ids: tuple[str, ...] = values(
        "Whom it blames, accuses or credits, of those who are actors; all are in `targets.csv`.",
        refers="actors.actor_id",
    )
    targets: str | None = values("Their names, or the words that describe them; a `;` inside is written `,`.")
    chain: str | None = string("Innermost first, in words: `said by A, relayed by B, published in C`.")
    topics: tuple[str, ...] = values("Topic keys of the codebook.", codebook="topic")
    event_ids: tuple[str, ...] = values("Events the claim is about.", refers="events.event_id")
    sentence_ids: tuple[str, ...] = values("Sentences that hold the claim.", refers="sentences.sentence_id")
    sentences: str = string(
        "Those sentences as the text has them, with the space between neighbours; ` […] ` where "
        "sentences are left out.",
        required=True,
    )
    article_id: str = key("The article.", refers="articles.article_id")
    title: str = string("Title of the article.", required=True)
    outlet_seen: str | None = string("Outlet in which the article was read.")
    outlet_original: str | None = string("Outlet whose story it is, if it is a reprint.")
    independent_source_group: str | None = string(
        "Articles that carry the same story share this value: count it instead of articles."
    )
    published_edtf: str | None = string("Date of publication as EDTF.")
    published_min: date | None = day("First day that date may mean.")
    published_max: date | None = day("Last day that date may mean.")
    said_on_edtf: str | None = string("When it was said, as EDTF; empty if not coded.")
    said_on_min: date | None = day("First day that date may mean; empty where it is open.")
    said_on_max: date | None = day("Last day that date may mean; empty where it is open.")
    said_on_basis: str | None = level("What that date rests on; empty without a date.", *BASES)
    said_on_confidence: str | None = level("How sure the analyst is of it.", *CONFIDENCES)
    period_edtf: str | None = string("The time of which it speaks, as EDTF; empty if not coded.")
    period_min: date | None = day("First day of that time; empty where it is open.")
    period_max: date | None = day("Last day of that time; empty where it is open.")
    period_basis: str | None = level("What that rests on; empty without a time.", *BASES)
    period_confidence: str | None = level("How sure the analyst is of it.", *CONFIDENCES)
    language: str | None = string("Language of the article (BCP 47).")
    url: str | None = string("Address of the article.")
    fragment_url: str | None = string("Address that opens the page at the quote (text fragment).")
    fragment_state: str = level(
        "What that address finds in the stored text.", *FRAGMENT_STATES, required=True
    )
    extent: str = string(
        "Stretches as `start-end;start-end`: Unicode code points in the snapshot's string, end exclusive.",
        required=True,
    )
    first_start: int = whole("Start of the first stretch.", required=True)
    last_end: int = whole("End of the last stretch.", required=True)
    prefix: str | None = string("Text just before the first stretch.")
    suffix: str | None = string("Text just after the last stretch.")
    snapshot_id: str = key("The captured text it stands in.", refers="snapshots.snapshot_id")
    text_number: int = whole("Number of that text among those of its article, from 1.", required=True)
    snapshot_sha256: str = string("SHA-256 of the snapshot's text as UTF-8, hexadecimal.", required=True)
    snapshot_length: int = whole("Length of that text in code points.", required=True)
    citation: str = string(
        "The article in APA style and the sentence numbers, with the number of the text where several were "
        "captured of it.",
        required=True,
    )
    reference_id: str = key("`id` of the article in `references.json`.")
    permalink: str | None = string("Permanent page of the claim.")
    inside_claim_id: str | None = string(
        "The claim this one lies inside of, if it is in this dataset.", refers="claims.claim_id"
    )
    refers_to_claim_ids: tuple[str, ...] = values(
        "Claims of this dataset that this one speaks about (a denial, a reply).", refers="claims.claim_id"
    )
    annotation_id: str = key("The annotation that anchors the claim.", refers="annotations.annotation_id")
    time_ids: tuple[str, ...] = values("Annotations of when it was said.", refers="annotations.annotation_id")
    period_ids: tuple[str, ...] = values(
        "Annotations of the time of which it speaks.", refers="annotations.annotation_id"
    )
    hedge_ids: tuple[str, ...] = values("Annotations of hedges.", refers="annotations.annotation_id")
    gloss_ids: tuple[str, ...] = values(
        "Annotations of what the reporter added within the quote.", refers="annotations.annotation_id"
    )
    marks_ids: tuple[str, ...] = values(
        "Annotations that say what quotation marks within the quote do.", refers="annotations.annotation_id"
    )
    target_words_ids: tuple[str, ...] = values(
        "Annotations of words that describe whom it is directed at.", refers="annotations.annotation_id"
    )
    annotator: str | None = string("Who made the claim.")
    coded_at: datetime = moment("When the claim was last coded.", required=True)
    reviewer: str | None = string("Who decided last; empty if nobody has.")
    codebook_version: str | None = string("Codebook version it was coded under.")
    said_again: bool = yes_no(
        "Whether it stands in a pull quote or a repeated title and its words are claimed elsewhere in the "
        "text too: leave it out to count it once.",
        required=True,
    )
    release_version: str = string("Number of this release.", required=True)
