"""In which words changes of the codebook, releases, discussions and acts on many claims are told."""

from annotator import models

from .history_words import EVERYWHERE, Names, Row, Told, annotation_words


def _release(row: Row, names: Names) -> str:
    return f"{row['number']}: {row['title']}"


def _said(row: Row, names: Names) -> str:
    return "; ".join(f"{name}: {words}" for name, words in row["said"])


TOLD_OF_WORK = (
    Told(
        models.ActorMention,
        "mention",
        {"actor_id": "speaker"},
        EVERYWHERE | {"annotation_id"},
        annotation_words,
        frozenset({"actor_id"}),
    ),
    Told(
        models.WatchTerm,
        "watch term",
        {
            "words": "words",
            "is_pattern": "a pattern",
            "whole_words": "whole words only",
            "case_sensitive": "as written, capitals too",
            "note": "note",
        },
        EVERYWHERE | {"created_by_id", "created_at"},
        lambda row, names: str(row["words"]),
        frozenset({"words"}),
    ),
    Told(
        models.Release,
        "release",
        {
            "number": "number",
            "title": "title",
            "notes": "notes",
            "licence": "licence",
            "state": "state",
            "file_name": "file",
            "size": "size in bytes",
            "sha256": "SHA-256",
            "ready_at": "ready",
            "downloaded_at": "downloaded",
            "downloaded_by_id": "downloaded by",
        },
        EVERYWHERE | {"filter", "problems", "counts", "created_by_id", "created_at"},
        _release,
        frozenset({"number", "title"}),
    ),
    Told(
        models.Batch,
        "act on many claims",
        {"said": "what was asked for"},
        EVERYWHERE | {"deed", "act", "by_id", "at"},
        _said,
        frozenset({"said"}),
    ),
    Told(
        models.BatchRow,
        "",
        {
            "batch_id": "act",
            "version_before": "version before",
            "version": "version after",
            "version_undone": "version when taken back",
            "undone_by_id": "taken back by",
            "undone_at": "taken back",
        },
        (EVERYWHERE - {"version"}) | {"claim_id", "review", "first_change", "last_change", "was", "became"},
        named=frozenset({"batch_id"}),
    ),
    Told(
        models.ToldApart,
        "",
        {"one_id": "one", "other_id": "other"},
        EVERYWHERE | {"by_id", "at"},
        lambda row, names: f"“{names.of(models.Claim, row['other_id'])}”",
        frozenset({"one_id", "other_id"}),
    ),
    Told(
        models.Discussion,
        "discussion",
        {"state": "state", "turned_by_id": "resolved or opened by", "turned_at": "resolved or opened on"},
        EVERYWHERE | {"claim_id", "actor_id", "event_id", "article_id", "opened_by_id", "opened_at"},
        ordered=frozenset({"state"}),
    ),
    Told(
        models.Comment,
        "comment",
        {"text": "words", "edited_at": "rewritten", "withdrawn_at": "withdrawn"},
        EVERYWHERE | {"discussion_id", "author_id", "at"},
    ),
    Told(
        models.CommentMention,
        "",
        {"user_id": "who"},
        EVERYWHERE | {"comment_id"},
        lambda row, names: names.said("annotator_commentmention", "user_id", row),
        frozenset({"user_id"}),
    ),
)
