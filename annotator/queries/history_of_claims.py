"""In which words changes of claims are told, and of all that is said of them."""

from annotator import models
from annotator.models import Decision, LinkRole

from .history_words import EVERYWHERE, KINDS, Names, Row, Told, annotation_words, column, supporting
from .relations import inverse


def link_in_words(row: Row) -> str:
    """Which link of which chain: "speaker", "relayed by", "speaker of chain 2"."""
    words = "speaker" if not row["position"] else LinkRole(row["role"]).label.lower()
    return f"{words} of chain {row['chain']}" if row["chain"] > 1 else words


def _link(row: Row, names: Names) -> str:
    return names.of(models.Attribution, row["attribution_id"])


def _party(row: Row, names: Names) -> str:
    return row["words"] or names.of(models.Actor, row["actor_id"])


def _relation(row: Row, names: Names) -> str:
    kind = names.of(models.Code, row["kind_id"])
    out = row["claim_id"] == names.subject
    words = kind.lower() if out else inverse(names.code_key(row["kind_id"]), kind)
    return f"{words} “{names.of(models.Claim, row['other_id'] if out else row['claim_id'])}”"


def _decision(row: Row, names: Names) -> str:
    return Decision(row["decision"]).label.lower()


TOLD_OF_CLAIMS = (
    Told(
        models.Claim,
        "claim",
        {
            "type_id": "type",
            "paraphrase": "in short",
            "quotation_type": "quotation",
            "polarity": "polarity",
            "polarity_basis": "basis of the polarity",
            "polarity_confidence": "confidence in the polarity",
            "negated": "negated",
            "translated": "translated",
            "certainty": "certainty",
            "assessment": "the analyst’s view",
            "assessment_reason": "reason of the analyst’s view",
            "voice": "voice",
            "basis": "basis",
            "inside_id": "lies in",
            "said_on": "said on",
            "said_on_basis": "basis of the date",
            "said_on_confidence": "confidence in the date",
            "period": "speaks of",
            "period_basis": "basis of the time it speaks of",
            "period_confidence": "confidence in the time it speaks of",
            "status": "status",
            "codebook_version": "codebook version",
            "withdrawn_at": "withdrawn",
        },
        EVERYWHERE | {"annotation_id", "said_on_min", "said_on_max", "period_min", "period_max"},
        verbs={"withdrawn_at": ("withdrew it", "brought it back")},
        came="marked it",
    ),
    Told(
        models.Annotation,
        lambda row, names: KINDS.get(row["kind"], ""),
        {
            "quotes": "words",
            "extent": "characters",
            "snapshot_id": "text",
            "author_id": "marked by",
            "origin": "origin",
            "origin_detail": "origin in detail",
        },
        EVERYWHERE
        | {"snapshot_length", "kind", "prefix", "suffix", "sentence_id"}
        | {"created_at", "updated_at"},
        ordered=frozenset({"snapshot_id"}),
    ),
    Told(
        models.ClaimTopic,
        "topic",
        {"topic_id": "topic", "claim_id": "claim"},
        EVERYWHERE,
        column(models.ClaimTopic, "topic_id"),
        frozenset({"topic_id", "claim_id"}),
    ),
    Told(
        models.Position,
        "position",
        {"concept_id": "concept", "stand": "stand", "claim_id": "claim"},
        EVERYWHERE,
        lambda row, names: (
            f"{names.said('annotator_position', 'stand', row).lower()} "
            f"“{names.of(models.Code, row['concept_id'])}”"
        ),
        frozenset({"concept_id", "stand", "claim_id"}),
        place=("concept_id",),
    ),
    Told(
        models.Quantity,
        "number",
        {
            "what": "what it counts",
            "low": "at least",
            "high": "at most",
            "qualifier": "bounds",
            "unit": "unit",
            "words": "words of the number",
            "event_id": "event",
            "claim_id": "claim",
        },
        EVERYWHERE,
        lambda row, names: row["words"],
        frozenset({"words", "claim_id"}),
        place=("what",),
    ),
    Told(
        models.Attribution,
        "link",
        {
            "role": "part of the link",
            "act": "act",
            "quotation_type": "quotation of the link",
            "basis": "basis of the link",
            "occasion": "occasion",
            "repeated": "told repeatedly",
            "said_on": "told on",
            "said_on_basis": "basis of the date of the link",
            "said_on_confidence": "confidence in the date of the link",
            "chain": "chain",
            "position": "place in the chain",
            "claim_id": "claim",
        },
        EVERYWHERE | {"said_on_min", "said_on_max"},
        lambda row, names: link_in_words(row),
        frozenset({"chain", "position", "claim_id", "role"}),
    ),
    Told(
        models.AttributionSource,
        _link,
        {
            "actor_id": "who it is",
            "position": "place in the link",
            "mention_id": "read from",
            "role_at_time": "role at the time",
            "jointly": "jointly",
            "basis": "basis of who it is",
            "confidence": "confidence in who it is",
            "attribution_id": "link",
        },
        EVERYWHERE,
        column(models.AttributionSource, "actor_id"),
        frozenset({"actor_id", "attribution_id"}),
        frozenset({"position"}),
        ("attribution_id", "position"),
    ),
    Told(
        models.Party,
        lambda row, names: "addressee" if row["attribution_id"] else "directed at",
        {
            "actor_id": "who it is",
            "position": "place in the list",
            "mention_id": "read from",
            "words": "in words",
            "attribution_id": "link",
            "claim_id": "claim",
        },
        EVERYWHERE,
        _party,
        frozenset({"actor_id", "words", "attribution_id", "claim_id"}),
        frozenset({"position"}),
        ("attribution_id", "claim_id", "position"),
    ),
    Told(
        models.SupportingSpan,
        supporting,
        {
            "cue_type_id": "type of the cue",
            "whose": "whose hedge",
            "use": "what the marks do",
            "link_id": "link",
            "source_id": "speaker",
            "party_id": "addressee or target",
            "actor_id": "actor",
            "claim_id": "claim",
            "event_id": "event",
        },
        EVERYWHERE | {"annotation_id"},
        annotation_words,
        frozenset({"link_id", "source_id", "party_id", "actor_id", "claim_id", "event_id"}),
        came="marked",
    ),
    Told(
        models.ClaimRelation,
        "relation",
        {
            "claim_id": "claim",
            "other_id": "other claim",
            "kind_id": "kind",
            "basis": "basis",
            "note": "note",
        },
        EVERYWHERE | {"author_id", "created_at"},
        _relation,
        frozenset({"claim_id", "other_id", "kind_id"}),
    ),
    Told(
        models.Review,
        "",
        {
            "decision": "decision",
            "reason": "reason",
            "claim_version": "on version",
            "reviewer_id": "reviewer",
            "claim_id": "claim",
        },
        EVERYWHERE | {"at"},
        _decision,
        frozenset({"decision", "claim_version", "reviewer_id", "claim_id"}),
        came="decided",
    ),
    Told(
        models.Carrying,
        "mention placed on other words",
        {"state": "placed"},
        EVERYWHERE
        | {"annotation_key", "unit", "old_snapshot_id", "new_snapshot_id", "extent", "quotes", "found"}
        | {"proposed", "settled_in"}
        | {"score", "reason", "print_only", "places", "placed", "version_placed", "same_words", "taken_off"}
        | {"made_at", "by_id", "decided_at"},
    ),
)
