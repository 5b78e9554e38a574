"""In which words changes of the project, its members, its articles and how they came in are told."""

from sources.models import (
    Acceptance,
    Article,
    Block,
    ColumnMapping,
    Intake,
    Invitation,
    LikelyReprint,
    Membership,
    Project,
)

from .history_of_records import other_of
from .history_words import EVERYWHERE, Names, Row, Told


def _stretch(row: Row, names: Names) -> str:
    role = names.said("sources_block", "role", row).lower()
    return f"{row['position'] + 1} ({role})"


TOLD_OF_PROJECTS = (
    Told(
        Project,
        "project",
        {
            "name": "name",
            "slug": "address",
            "description": "description",
            "is_public": "readable by everybody",
            "archived_at": "archived",
        },
        EVERYWHERE | {"created_by_id", "created_at"},
    ),
    Told(
        Membership,
        "membership",
        {"user_id": "who", "role": "role"},
        EVERYWHERE | {"created_at"},
        lambda row, names: names.said("sources_membership", "user_id", row),
        frozenset({"user_id"}),
    ),
    Told(
        Invitation,
        "invitation",
        {
            "role": "role",
            "email": "for",
            "uses_most": "how many may come in",
            "token_prefix": "begins with",
            "mailed_at": "mailed",
            "expires_at": "holds until",
            "made_by_id": "made by",
            "revoked_by_id": "revoked by",
            "revoked_at": "revoked",
        },
        EVERYWHERE | {"token_sha256", "mailed_sha256", "made_at"},
    ),
    Told(
        Acceptance,
        "accepted invitation",
        {"user_id": "who"},
        EVERYWHERE | {"invitation_id", "at"},
        lambda row, names: names.said("sources_acceptance", "user_id", row),
        frozenset({"user_id"}),
    ),
)
TOLD_OF_ARTICLES = (
    Told(
        Article,
        "article",
        {
            "title": "title",
            "subtitle": "subtitle",
            "authors": "authors",
            "publication_id": "outlet",
            "original_publication_id": "outlet it was taken from",
            "reprint_of_id": "reprint of",
            "published": "published",
            "modified": "updated",
            "url": "address",
            "archive_url": "archived at",
            "accessed": "accessed",
            "section": "section",
            "language": "language",
        },
        EVERYWHERE | {"published_min", "published_max", "added_by_id", "created_at"},
        lambda row, names: str(row["title"]),
        frozenset({"title"}),
        came="took it in",
    ),
    Told(
        Block,
        "part",
        {
            "role": "kind of part",
            "masked": "masked",
            "reason": "reason",
            "repeats_id": "repeats another part",
            "start": "from character",
            "end": "to character",
            "position": "place in the text",
        },
        EVERYWHERE | {"snapshot_id", "snapshot_length"},
        _stretch,
        frozenset({"role"}),
        frozenset({"position", "start", "end"}),
    ),
    Told(
        LikelyReprint,
        "likely reprint",
        {
            "article_id": "article",
            "original_id": "original",
            "kind": "what it is taken for",
            "state": "decision",
            "similarity": "share of the wording in common",
            "decided_by_id": "decided by",
            "decided_at": "decided on",
        },
        EVERYWHERE | {"found_by", "at"},
        other_of("article_id", "original_id", Article),
        frozenset({"article_id", "original_id"}),
    ),
)
TOLD_OF_INTAKES = (
    Told(
        Intake,
        "intake",
        {
            "name": "name",
            "method": "how",
            "state": "state",
            "expected": "articles expected",
            "started_at": "begun",
            "finished_at": "finished",
        },
        EVERYWHERE | {"by_id", "options", "created_at"},
        lambda row, names: str(row["name"]),
        frozenset({"name"}),
    ),
    Told(
        ColumnMapping,
        "meaning of the columns",
        {"names": "columns"},
        EVERYWHERE | {"key", "meaning", "by_id", "at"},
        lambda row, names: ", ".join(row["names"]),
        frozenset({"names"}),
    ),
)
